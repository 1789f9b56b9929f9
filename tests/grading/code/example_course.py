"""A course as `nbgrader quickstart` makes it, with submissions that students of different skill might hand in."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat

BIN = Path(sys.executable).parent
GUARD = "\nfrom kit.grading.code import guard\nguard(c)\n"

RIGHT = {
    "squares": (
        "def squares(n):\n    if n < 1:\n        raise ValueError('n')\n    return [i ** 2 for i in range(1, n + 1)]"
    ),
    "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))",
    "sum_of_squares_equation": r"$\sum_{i=1}^n i^2$",
    "sum_of_squares_application": "def pyramid(n):\n    return sum_of_squares(n)\npyramid(3)",
}
WRONG = {**RIGHT, "squares": "def squares(n):\n    return [i ** 2 for i in range(n)]"}
ALMOST = {**RIGHT, "sum_of_squares": "def sum_of_squares(n):\n    return sum(i * i for i in range(1, n + 1))"}
BROKEN = {"squares": "def squares(n:\n    return", "sum_of_squares": "1 / 0"}


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run the ``nbgrader`` command as a teacher would, and return what it says."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]])}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def quickstart(folder: Path) -> Path:
    """Make nbgrader's example course and its students' version."""
    nbgrader(folder, "quickstart", "course")
    nbgrader(folder / "course", "generate_assignment", "ps1")
    return folder / "course"


def copy_of(course: Path, target: Path) -> Path:
    """Return a copy of a course to do things to."""
    shutil.copytree(course, target)
    return target


def hand_in(
    course: Path, student: str, answers: Mapping[str, str], change: Callable[[Any], None] = lambda notebook: None
) -> Path:
    """Put a student's work into ``submitted``: the released notebooks with answers in them."""
    folder = course / "submitted" / student / "ps1"
    shutil.copytree(course / "release" / "ps1", folder)
    file = folder / "problem1.ipynb"
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    change(notebook)
    nbformat.write(notebook, file)
    return folder


def gradebook_rows(course: Path) -> list[tuple[Any, ...]]:
    """Return all that the gradebook says of grades and comments, in an order that does not depend on time."""
    rows = []
    with sqlite3.connect(course / "gradebook.db") as book:
        for kind, columns in _COLUMNS.items():
            found = book.execute(_ROWS.format(kind=kind, columns=columns))
            rows += [(kind, *row) for row in found]
    book.close()
    return sorted(rows, key=str)


_COLUMNS = {
    "grade": "cell.auto_score, cell.manual_score, cell.extra_credit, cell.needs_manual_grade",
    "comment": "cell.auto_comment, cell.manual_comment, null, null",
}
_ROWS = """
    select submitted_assignment.student_id, notebook.name, base_cell.name, {columns} from {kind} as cell
    join submitted_notebook on cell.notebook_id = submitted_notebook.id
    join notebook on submitted_notebook.notebook_id = notebook.id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    join base_cell on cell.cell_id = base_cell.id
"""
