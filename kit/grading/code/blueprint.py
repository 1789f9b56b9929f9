"""An assignment as the teacher made it: what nbgrader keeps of its cells, and what the notebooks bring along."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files, is_grade, is_solution

from kit.errors import GradingError
from kit.grading.code.repair import Original
from kit.grading.code.running.teacher import Lead, read_lead
from kit.grading.rebuild import grading_of

_SCHEMA = 3  # of nbgrader's metadata
_LANGUAGE = "python"


@dataclass(frozen=True, slots=True)
class NotebookPlan:
    """One notebook of an assignment.

    Attributes
    ----------
    originals
        The cells that nbgrader knows of, in the teacher's order.
    kernelspec
        The notebook's metadata of its kernel.
    lead
        Who provides which name.
    """

    originals: tuple[Original, ...]
    kernelspec: dict[str, Any]
    lead: Lead


@dataclass(frozen=True, slots=True)
class Blueprint:
    """An assignment as the teacher made it.

    Attributes
    ----------
    notebooks
        Its notebooks by name.
    files
        What students got beside the notebooks: name and where it is.
    folder
        The teacher's folder, which tests may import modules from.
    """

    notebooks: Mapping[str, NotebookPlan]
    files: Mapping[str, Path]
    folder: Path


def read_blueprint(coursedir: CourseDirectory, assignment: str) -> Blueprint:
    """Return an assignment as the teacher made it.

    Raises
    ------
    GradingError
        If the gradebook has no such assignment, its student version was not made, or it is not in Python.
    """
    source = Path(coursedir.format_path(coursedir.source_directory, ".", assignment))
    release = Path(coursedir.format_path(coursedir.release_directory, ".", assignment))
    stamps = tuple(
        (file, file.stat().st_mtime_ns) for folder in (source, release) for file in _files(coursedir, folder)
    )
    return _read(coursedir.db_url, coursedir.course_id, assignment, source, release, stamps)


def _files(coursedir: CourseDirectory, folder: Path) -> list[Path]:
    return sorted(map(Path, find_all_files(str(folder), coursedir.ignore))) if folder.is_dir() else []


# The stamps are there so that what is kept is forgotten when the teacher makes the assignment anew.
@lru_cache(maxsize=4)
def _read(
    db_url: str, course_id: str, assignment: str, source: Path, release: Path, stamps: tuple[tuple[Path, int], ...]
) -> Blueprint:
    folders = [folder for folder in (release, source) if folder.is_dir()]
    with Gradebook(db_url, course_id) as book:
        try:
            rows = book.find_assignment(assignment).notebooks
        except MissingEntry:
            rows = []
        notebooks = {
            row.name: _plan(row, [folder / f"{row.name}.ipynb" for folder in folders], release) for row in rows
        }
    if not notebooks:
        mend = f"Run `nbgrader generate_assignment {assignment}` in the course's folder first."
        raise GradingError(f"The gradebook has no notebooks of the assignment `{assignment}`.", mend=mend)
    # As students got it: in the teacher's own folder there may be files that give answers away.
    given = next(iter(folders), source)
    files = {str(file.relative_to(given)): file for file, _ in stamps if given in file.parents}
    beside = {name: file for name, file in files.items() if file.suffix != ".ipynb"}
    return Blueprint(notebooks, beside, source)


def _plan(row: Any, files: Iterable[Path], release: Path) -> NotebookPlan:
    kernelspec = json.loads(row.kernelspec or "{}") or {}
    if str(kernelspec.get("language", _LANGUAGE)).lower() != _LANGUAGE:
        raise GradingError(
            f"The notebook `{row.name}` is written in {kernelspec['language']}; only Python can be graded safely.",
            mend="Grade this assignment by hand, or give it a Python kernel.",
        )
    notebooks = {file.parent: nbformat.read(file, as_version=4) for file in files if file.is_file()}
    written = list(notebooks.values())
    order = {name: place for place, name in enumerate(_names(written))}
    students_version = notebooks[release].cells if release in notebooks else []
    shown = {str(grading_of(cell).get("grade_id")): str(cell.source) for cell in students_version}
    originals = sorted(_originals(row, shown), key=lambda original: order.get(original.name, len(order)))
    return NotebookPlan(tuple(originals), kernelspec, _lead(written, originals))


def _originals(row: Any, shown: Mapping[str, str]) -> Iterable[Original]:
    points = {cell.name: cell.max_score for cell in (*row.grade_cells, *row.task_cells)}
    graded, answers, tasks = (
        {cell.name for cell in cells} for cells in (row.grade_cells, row.solution_cells, row.task_cells)
    )
    for cell in row.source_cells:
        about: dict[str, Any] = {
            "schema_version": _SCHEMA,
            "grade_id": cell.name,
            "grade": cell.name in graded,
            "solution": cell.name in answers,
            "task": cell.name in tasks,
            "locked": bool(cell.locked),
            "checksum": cell.checksum,
            "cell_type": cell.cell_type,
        }
        if cell.name in points:
            about["points"] = points[cell.name]
        yield Original(cell.name, cell.cell_type, cell.source or "", about, shown.get(cell.name))


def _names(notebooks: Iterable[NotebookNode]) -> Iterable[str]:
    for notebook in notebooks:
        names = [grading_of(cell).get("grade_id") for cell in notebook.cells]
        if any(names):
            return [name for name in names if isinstance(name, str)]
    return []


def _lead(written: Iterable[NotebookNode], originals: Iterable[Original]) -> Lead:
    code = [cell for notebook in written for cell in notebook.cells if cell.cell_type == "code"]
    given = dict.fromkeys(cell.source for cell in code if not is_solution(cell) and not is_grade(cell))
    answers = dict.fromkeys(cell.source for cell in code if is_solution(cell))
    stubs = [original.source for original in originals if original.kind == "code" and original.about["solution"]]
    return read_lead(given, [*answers, *stubs], [original.source for original in originals if original.is_test])
