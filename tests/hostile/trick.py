"""What a trick is made of: a submission to play it on, and what is expected to come of it."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
from nbformat import NotebookNode

from tests.hostile import tricks


@dataclass(frozen=True, slots=True)
class Expected:
    """What a teacher is to get from a trick.

    Attributes
    ----------
    points
        What the code deserves, for each of the notebook's test cells; what is not named deserves nothing.
    person
        The test cells that a person has to look at. They have no points by machine.
    notes
        Pieces of text, each of which the report has to have.
    refused
        A piece of the reason, if the submission is not to be graded at all.
    """

    points: dict[str, float] = field(default_factory=dict)
    person: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where somebody listens whom no student's code may reach.

    Attributes
    ----------
    tcp, udp
        Ports of this computer.
    stream, datagram
        Paths of sockets.
    abstract
        The name of a socket without a path.
    """

    tcp: int
    udp: int
    stream: str
    datagram: str
    abstract: str


@dataclass(slots=True)
class Work:
    """A submission's folder, with one notebook of it opened.

    Attributes
    ----------
    folder
        Where it is.
    file
        The notebook.
    notebook
        What is in it; written back after the trick, unless a trick has set it to ``None``.
    canaries
        Files that no trick may reach: a teacher's secret in the home folder, and one in the course's.
    doors
        Sockets that no trick may reach.
    """

    folder: Path
    file: Path
    notebook: NotebookNode | None
    canaries: tuple[Path, ...]
    doors: Doors

    @classmethod
    def open(cls, folder: Path, name: str, canaries: tuple[Path, ...], doors: Doors) -> Work:
        file = folder / f"{name}.ipynb"
        return cls(folder, file, nbformat.read(file, as_version=4), canaries, doors)

    @property
    def cells(self) -> list[NotebookNode]:
        return self.notebook.cells

    def cell(self, name: str) -> NotebookNode:
        """Return the cell that nbgrader knows by this name."""
        return next(cell for cell in self.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)

    @property
    def tests(self) -> list[NotebookNode]:
        """The locked cells that give points."""
        found = ((cell, cell.metadata.get("nbgrader", {})) for cell in self.cells if cell.cell_type == "code")
        return [cell for cell, about in found if about.get("grade") and not about.get("solution")]

    def answer(self, name: str, source: str) -> None:
        """Write an answer."""
        self.cell(name).source = source

    def first(self, source: str) -> None:
        """Put a cell in front of all others."""
        self.cells.insert(0, nbformat.v4.new_code_cell(source))

    def last(self, source: str) -> None:
        """Put a cell behind all others."""
        self.cells.append(nbformat.v4.new_code_cell(source))

    def before(self, name: str, source: str) -> None:
        """Put a cell in front of another."""
        self.cells.insert(self.cells.index(self.cell(name)), nbformat.v4.new_code_cell(source))

    def close(self) -> None:
        """Write the notebook, however broken."""
        if self.notebook is not None:
            self.file.write_text(json.dumps(self.notebook), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Trick:
    """One file of ``tests/hostile/tricks``.

    Attributes
    ----------
    name
        The file's name, and the student's in the course.
    title
        The first line of its docstring.
    play
        Turns an ordinary wrong submission into the hostile one.
    expected
        What is to come of it.
    notebook
        Which notebook it is about.
    """

    name: str
    title: str
    play: Callable[[Work], Any]
    expected: Expected
    notebook: str

    @classmethod
    def of(cls, module: ModuleType) -> Trick:
        name = module.__name__.rpartition(".")[2]
        title = (module.__doc__ or "").strip().splitlines()[0].rstrip(".")
        return cls(name, title, module.play, module.EXPECTED, getattr(module, "NOTEBOOK", "problem1"))


def all_tricks() -> list[Trick]:
    """Return every trick, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(tricks.__path__))
    return [Trick.of(importlib.import_module(f"{tricks.__name__}.{name}")) for name in names]
