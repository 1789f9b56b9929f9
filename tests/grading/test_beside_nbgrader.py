"""The kit's own lessons, graded by nbgrader as it comes: what a machine gives is the same."""

from __future__ import annotations

import shutil
from pathlib import Path

from kit.grading import grade
from tests.grading.code.example_course import gradebook_rows, nbgrader

from .conftest import LESSON, Class

PLAIN = """
c = get_config()
c.CourseDirectory.directory_structure = "assignments/{nbgrader_step}/{student_id}/{assignment_id}"
"""


def machine_rows(course: Path) -> list[tuple[object, ...]]:
    """Return the rows of cells that a machine gives points for: people's cells hold words that only the kit brings."""
    names = {"bets", "rolls", "pictures", "right-pick"}
    return [row for row in gradebook_rows(course) if row[0] == "grade" and row[3] in names]


def test_the_rows_of_machine_points_equal_nbgraders_own(room: Class, tmp_path: Path) -> None:
    room.play("kim-01")
    for student in ("kim-01", "blank-02"):
        room.place(student)
    stock = tmp_path / "stock"
    shutil.copytree(room.course.root, stock)
    (stock / "nbgrader_config.py").write_text(PLAIN)
    grade(room.course, LESSON)
    nbgrader(stock, "autograde", LESSON)
    rows = machine_rows(room.course.root)
    assert rows == machine_rows(stock)
    assert {row[4] for row in rows if row[1] == "kim-01"} == {1, 2, 4}
    assert {row[4] for row in rows if row[1] == "blank-02"} == {0}
