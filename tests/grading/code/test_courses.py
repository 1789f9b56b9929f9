"""Courses in which students write code: the one that nbgrader makes as an example, graded by `kit grade`."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from kit.errors import GradingError
from kit.grading import grade
from kit.settings import Course
from tests.grading.code.example_course import (
    ALMOST,
    BIN,
    BROKEN,
    GUARD,
    RIGHT,
    WRONG,
    copy_of,
    gradebook_rows,
    hand_in,
    nbgrader,
    quickstart,
)

CLASS = {"almost": ALMOST, "broken": BROKEN, "right": RIGHT, "wrong": WRONG}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = quickstart(tmp_path_factory.mktemp("example"))
    for student, answers in CLASS.items():
        hand_in(course, student, answers)
    return course


@pytest.fixture(scope="module")
def graded(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = copy_of(example, tmp_path_factory.mktemp("graded") / "course")
    grade(Course(course), "ps1")
    return course


@pytest.fixture
def course(example: Path, tmp_path: Path) -> Path:
    return copy_of(example, tmp_path / "course")


def kit_grade(course: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    command = [BIN / "kit", "grade", "ps1", "--course", course, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def test_the_gradebook_has_the_rows_that_nbgrader_itself_would_write(
    example: Path, graded: Path, tmp_path: Path
) -> None:
    stock = copy_of(example, tmp_path / "stock")
    nbgrader(stock, "autograde", "ps1")
    assert gradebook_rows(graded) == gradebook_rows(stock)


def test_nbgraders_own_command_takes_the_same_road_by_configuration(course: Path, graded: Path) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(GUARD)
    hand_in(course, "tagged", WRONG, tag_everything)
    nbgrader(course, "autograde", "ps1")
    rows = gradebook_rows(course)
    assert [row for row in rows if row[1] in CLASS] == gradebook_rows(graded)
    assert {row[4] for row in rows if row[1] == "tagged" and row[3] == "correct_squares" and row[0] == "grade"} == {0}


def tag_everything(notebook: Any) -> None:
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]


def test_the_command_prints_a_row_for_each_student(course: Path) -> None:
    code, rows = kit_grade(course)
    assert code == 0
    assert [row["student"] for row in rows] == sorted(CLASS)
    assert {tuple(row) for row in rows} == {("student", "status", "score", "max_score", "needs_manual_grade", "notes")}
    by_name = {row["student"]: row for row in rows}
    assert by_name["right"] == {
        "student": "right",
        "status": "graded",
        "score": 3.0,
        "max_score": 13.0,
        "needs_manual_grade": True,
        "notes": [],
    }
    assert [by_name[name]["score"] for name in ("almost", "broken", "wrong")] == [2.5, 0.0, 0.5]


def test_what_has_not_changed_is_left_alone_until_it_is_forced(course: Path) -> None:
    grade(Course(course), "ps1")
    file = course / "autograded" / "right" / "ps1" / "problem1.ipynb"
    before = file.stat().st_mtime_ns
    assert {outcome.unchanged for outcome in grade(Course(course), "ps1").outcomes} == {True}
    assert file.stat().st_mtime_ns == before
    [forced] = grade(Course(course), "ps1", again=True, students=["right"]).outcomes
    assert not forced.unchanged
    assert file.stat().st_mtime_ns != before


def test_one_student_can_be_graded_alone(course: Path) -> None:
    _, rows = kit_grade(course, "--student", "wrong")
    assert [row["student"] for row in rows] == ["wrong"]
    assert not (course / "autograded" / "right").exists()
    with pytest.raises(GradingError, match="no submission"):
        grade(Course(course), "ps1", students=["nobody"])


def test_a_missing_notebook_gives_no_points_and_is_said(course: Path) -> None:
    (course / "submitted" / "right" / "ps1" / "problem2.ipynb").unlink()
    [outcome] = grade(Course(course), "ps1", students=["right"]).outcomes
    assert outcome.total == 3
    assert "problem2.ipynb is missing" in outcome.notes[-1]


def test_one_that_can_not_be_used_stops_nobody(course: Path) -> None:
    folder = course / "submitted" / "broken" / "ps1"
    (folder / "problem1.ipynb").write_text("{")
    (course / "submitted" / "wrong" / "ps1" / "link").symlink_to(course / "source")
    code, rows = kit_grade(course)
    assert code == 1
    assert [row["status"] for row in rows] == ["graded", "refused", "graded", "refused"]
    assert "JSON is broken" in rows[1]["notes"][0]
    assert "link" in rows[3]["notes"][0]


def test_what_was_put_right_stands_in_the_notebook_and_in_the_report(course: Path) -> None:
    folder = course / "submitted" / "wrong" / "ps1"
    (folder / "page.html").write_text("<script>alert(1)</script>")
    notebook = nbformat.read(folder / "problem1.ipynb", as_version=4)
    notebook.cells = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") != "correct_squares"
    ]
    nbformat.write(notebook, folder / "problem1.ipynb")
    [outcome] = grade(Course(course), "ps1", students=["wrong"]).outcomes
    assert "The cell correct_squares was missing and was put back." in outcome.notes
    assert any("page.html was left out" in note for note in outcome.notes)
    assert not (course / "autograded" / "wrong" / "ps1" / "page.html").exists()
    graded = nbformat.read(course / "autograded" / "wrong" / "ps1" / "problem1.ipynb", as_version=4)
    assert "was missing and was put back" in graded.cells[0].source


def test_a_verdict_that_needs_a_person_waits_for_one(course: Path) -> None:
    answers = {
        **RIGHT,
        "squares": "class Yes(list):\n    def __eq__(self, x):\n        return True\ndef squares(n):\n    return Yes()",
    }
    hand_in(course, "forger", answers)
    [outcome] = grade(Course(course), "ps1", students=["forger"]).outcomes
    rows = {row[3]: row for row in gradebook_rows(course) if row[:2] == ("grade", "forger")}
    assert rows["correct_squares"][4:] == (None, None, None, 1)
    assert any(note.startswith("correct_squares: ") for note in outcome.notes)
    graded = nbformat.read(course / "autograded" / "forger" / "ps1" / "problem1.ipynb", as_version=4)
    cell = next(cell for cell in graded.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "correct_squares")
    assert "A person has to look at this test." in cell.outputs[0].data["text/plain"]


def test_points_that_a_person_gave_stay_when_it_is_graded_again(course: Path) -> None:
    grade(Course(course), "ps1")
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("update grade set manual_score = 0.25 where auto_score = 0.5")
    book.close()
    grade(Course(course), "ps1", again=True)
    assert {row[5] for row in gradebook_rows(course) if row[0] == "grade" and row[4] == 0.5} == {0.25}


def test_killed_in_the_middle_it_goes_on_where_it_was(course: Path, graded: Path) -> None:
    for number in range(4):
        hand_in(course, f"more-{number}", RIGHT)
    command = [BIN / "kit", "grade", "ps1", "--course", course]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first = course / "autograded" / "almost" / "ps1" / "problem1.ipynb"
    while not first.exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    report = grade(Course(course), "ps1")
    assert report.refused == ()
    rows = gradebook_rows(course)
    assert [row for row in rows if row[1] in CLASS] == gradebook_rows(graded)
    assert {row[4] for row in rows if row[1] == "more-3" and row[3] == "correct_squares" and row[0] == "grade"} == {1}


def test_an_assignment_that_was_not_made_is_said_with_the_mend(course: Path) -> None:
    with pytest.raises(GradingError, match="generate_assignment ps2"):
        grade(Course(course), "ps2")


def test_another_language_is_not_run(course: Path) -> None:
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("update notebook set kernelspec = ?", [json.dumps({"name": "ir", "language": "R"})])
    book.close()
    with pytest.raises(GradingError, match="only Python"):
        grade(Course(course), "ps1")


def test_pages_for_teachers_show_a_students_script_as_nothing(course: Path) -> None:
    answers = {
        **RIGHT,
        "squares": "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script><b>bold</b>'))",
        "sum_of_squares_equation": "<script>alert(2)</script> [link](javascript:alert(3)) ![near](jupyter.png)",
    }
    hand_in(course, "scripter", answers)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(GUARD)
    grade(Course(course), "ps1", students=["scripter"])
    nbgrader(course, "generate_feedback", "ps1", "--student", "scripter")
    page = (course / "feedback" / "scripter" / "ps1" / "problem1.html").read_text()
    assert "<b>bold</b>" in page
    assert "alert(1)</script>" not in page
    assert "alert(2)</script>" not in page
    assert 'href="javascript:' not in page
