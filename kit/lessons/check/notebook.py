"""A notebook as the rules see it: cells with their tags, their grading marks, and the one call that they make."""

from __future__ import annotations

import ast
import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import NotebookInvalid
from kit.lessons.files import shown_path

GRADING, TEACHER, EXTENSION = "kit:grading", "kit:teacher", "kit:code-extension"


@dataclass(frozen=True, slots=True)
class Call:
    """A call such as ``lesson.respond("my-question", ...)``, with those of its arguments that are plain values."""

    owner: str
    method: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def field(self) -> str:
        """The first argument, if it is a text: the id of what the student fills in."""
        first = self.arguments[0] if self.arguments else ""
        return first if isinstance(first, str) else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a notebook.

    Attributes
    ----------
    grade
        nbgrader's marks on it; empty for a plain cell.
    raw
        The cell as it stands in the file.
    """

    id: str
    kind: str
    source: str
    tags: frozenset[str]
    grade: dict[str, Any]
    raw: dict[str, Any]

    @property
    def is_shown(self) -> bool:
        """Whether a student of the core lesson sees it."""
        return not self.tags & {GRADING, TEACHER, EXTENSION}

    @property
    def is_manual(self) -> bool:
        """Whether a person scores it."""
        return bool(self.grade.get("grade") and self.grade.get("solution"))

    @property
    def is_test(self) -> bool:
        """Whether it is a locked test cell."""
        return bool(self.grade.get("grade") and not self.grade.get("solution"))

    @property
    def grade_id(self) -> str:
        """nbgrader's name for it; empty for a plain cell."""
        return str(self.grade.get("grade_id", ""))

    def statements(self) -> list[ast.stmt] | None:
        """Return the code's statements; ``None`` if it isn't Python."""
        try:
            return ast.parse(self.source).body
        except SyntaxError:
            return None

    def last_call(self) -> Call | None:
        """Return the call that the cell ends with."""
        statements = self.statements()
        last = statements[-1] if statements else None
        if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
            return _read_call(last.value)
        return None


@dataclass(frozen=True, slots=True)
class LessonNotebook:
    """A notebook file that could be read."""

    file: str
    cells: tuple[Cell, ...]
    metadata: dict[str, Any]

    def shown(self, kind: str | None = None) -> list[Cell]:
        """Return the cells that a student of the core lesson sees."""
        return [cell for cell in self.cells if cell.is_shown and kind in {None, cell.kind}]

    def calls(self, owner: str = "lesson") -> list[tuple[Cell, Call]]:
        """Return each cell whose last line is a call on ``owner``, with that call."""
        code = ((cell, cell.last_call()) for cell in self.cells if cell.kind == "code")
        return [(cell, call) for cell, call in code if call is not None and call.owner == owner]


def read_notebook(file: Path, root: Path | None = None) -> LessonNotebook:
    """Read a notebook.

    Raises
    ------
    NotebookInvalid
        If the file isn't there or isn't a notebook.
    """
    from nbformat import ValidationError

    shown = shown_path(file, root)
    try:
        found = _parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotebookInvalid(f"The notebook {shown} isn't there.") from None
    # nbformat shows a file that isn't a notebook by any of these, from a bad byte to a list in place of a mapping.
    except (OSError, ValueError, AttributeError, TypeError, KeyError, RecursionError, ValidationError):
        raise NotebookInvalid(f"The file {shown} is not a notebook.") from None
    return LessonNotebook(shown, tuple(_cell(cell) for cell in found.cells), dict(found.metadata))


def _parse(text: str) -> Any:
    import nbformat

    with warnings.catch_warnings():
        # nbformat warns about missing and double ids, and makes up new ones; the rules want to see those in the file.
        warnings.simplefilter("ignore")
        found: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(found)
    for cell, written in zip(found.cells, json.loads(text)["cells"], strict=True):
        cell.id = written.get("id", "")
    return found


def _cell(raw: Any) -> Cell:
    metadata = raw.metadata
    return Cell(
        id=raw.get("id", ""),
        kind=raw.cell_type,
        source=raw.source,
        tags=frozenset(metadata.get("tags", ())),
        grade=dict(metadata.get("nbgrader", {})),
        raw=dict(raw),
    )


def _read_call(node: ast.Call) -> Call | None:
    function = node.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        owner, method = function.value.id, function.attr
    elif isinstance(function, ast.Name):
        owner, method = "", function.id
    else:
        return None
    named = {keyword.arg: _plain(keyword.value) for keyword in node.keywords if keyword.arg}
    return Call(owner, method, tuple(_plain(argument) for argument in node.args), named)


def _plain(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
