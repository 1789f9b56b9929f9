"""Tries to forge a grade, or to harm the grader. Each gets no point it did not earn, and is graded all the same."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest

from kit.grading import grade
from kit.grading.course import open_api
from kit.settings import Course

from .conftest import Class

MACHINE = {"bets", "rolls", "pictures", "right-pick"}


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def skip_execution(notebook):
    for name in MACHINE:
        cell_of(notebook, name).metadata["tags"] = ["skip-execution"]


def drop_asserts(notebook):
    source = "get_ipython().ast_transformers.append(__import__('ast').NodeTransformer())\nraise SystemExit"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(source))


def not_graded(notebook):
    for name in MACHINE:
        cell_of(notebook, name).metadata.nbgrader["grade"] = False


def unlock_and_rewrite(notebook):
    for name in MACHINE:
        cell = cell_of(notebook, name)
        cell.metadata.nbgrader.update({"locked": False, "solution": True, "points": 1000})
        cell.source = "4.0"


def delete_tests(notebook):
    notebook.cells = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") not in MACHINE
    ]


def delete_everything(notebook):
    notebook.cells = []


def duplicate_with_points(notebook):
    for name in MACHINE:
        copy = nbformat.from_dict(json.loads(json.dumps(cell_of(notebook, name))))
        copy.source, copy.id = "1000", f"copy-{name}"
        notebook.cells.append(copy)


def forged_outputs(notebook):
    for name in MACHINE:
        cell = cell_of(notebook, name)
        cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "4.0"}, execution_count=1)]


def shadow_checks(notebook):
    notebook.cells.insert(0, nbformat.v4.new_code_cell("import sys; sys.modules['kit.grading.checks'] = None"))


def read_source(notebook):
    notebook.cells.insert(0, nbformat.v4.new_code_cell("print(open('../../../source/small-lesson.ipynb').read())"))


def another_kernel(notebook):
    notebook.metadata["kernelspec"] = {"name": "evil", "display_name": "evil", "language": "bash"}


def junk_metadata(notebook):
    for cell in notebook.cells:
        cell.metadata["nbgrader"] = {"grade_id": ["a", {}], "schema_version": "x", "grade": "yes", "points": "many"}


TRICKS = [
    skip_execution,
    drop_asserts,
    not_graded,
    unlock_and_rewrite,
    delete_tests,
    delete_everything,
    duplicate_with_points,
    forged_outputs,
    shadow_checks,
    read_source,
    another_kernel,
    junk_metadata,
]


@pytest.fixture(scope="module")
def tricked(released_course, tmp_path_factory):
    """Grade, in one go, a class where each trick was tried with an empty journal and with an honest one."""
    room = Class(Course(Path(shutil.copytree(released_course, tmp_path_factory.mktemp("class") / "course"))))
    for trick in TRICKS:
        for student in (f"idle-{trick.__name__}", f"honest-{trick.__name__}"):
            if student.startswith("honest"):
                room.play(student)
            notebook = room.notebook()
            trick(notebook)
            room.place(student, notebook)
    return {outcome.student: outcome for outcome in grade(room.course, room.lesson).outcomes}


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_a_tampered_notebook_earns_nothing_and_is_graded(tricked, trick):
    outcome = tricked[f"idle-{trick.__name__}"]
    assert outcome.refused == ""
    assert (outcome.machine, outcome.machine_max) == (0, 9)
    assert outcome.manual_max == 17


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_a_tampered_notebook_keeps_the_points_that_were_earned(tricked, trick):
    assert tricked[f"honest-{trick.__name__}"].machine == 9


def test_nbgraders_own_autograde_gives_the_same_verdict(room):
    room.play("kim-01")
    room.place("kim-01")
    notebook = room.notebook()
    skip_execution(notebook)
    forged_outputs(notebook)
    room.place("lee-02", notebook)
    with open_api(room.course) as api:
        for student in ("kim-01", "lee-02"):
            assert api.autograde(room.lesson, student)["success"]
    scores = {one.student: one.machine for one in grade(room.course, room.lesson).outcomes}
    assert scores == {"kim-01": 9, "lee-02": 0}
    assert all(one.unchanged for one in grade(room.course, room.lesson).outcomes)


def test_no_kernel_is_started_and_no_student_code_runs(room, tmp_path):
    trap = tmp_path / "trap"
    notebook = room.notebook()
    cell_of(notebook, "my-code").source = f"open({str(trap)!r}, 'w')"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source += f"\nopen({str(trap)!r}, 'w')"
    room.place("kim-01", notebook)
    [outcome] = grade(room.course, room.lesson).outcomes
    assert not trap.exists()
    assert outcome.refused == ""
    assert str(trap) in cell_of(room.graded("kim-01"), "my-code").source


def test_files_that_a_browser_would_run_do_not_reach_the_formgrader(room):
    folder = room.place("kim-01")
    (folder / "evil.HTML").write_text("<script>alert(1)</script>")
    (folder / "deep").mkdir()
    (folder / "deep" / "evil.svg").write_text("<svg onload=alert(1)>")
    grade(room.course, room.lesson)
    graded = room.course.step("autograded") / "kim-01" / room.lesson
    assert sorted(file.name for file in graded.rglob("*") if file.is_file()) == [f"{room.lesson}.ipynb"]
    assert (folder / "evil.HTML").exists()


def break_json(folder, lesson):
    (folder / f"{lesson}.ipynb").write_text('{"cells": [')


def wrong_shape(folder, lesson):
    (folder / f"{lesson}.ipynb").write_text('{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": 3}]}')


def deep_json(folder, lesson):
    (folder / f"{lesson}.ipynb").write_text("[" * 100_000)


def not_text(folder, lesson):
    (folder / f"{lesson}.ipynb").write_bytes(b"\xff\xfe\x00")


def broken_journal(folder, lesson):
    (folder / "journal.jsonl").write_text("not a line\nneither this\n")


def journal_of_nan(folder, lesson):
    line = {"seq": 1, "time": "x", "kind": "answer", "field": "a", "value": float("nan"), "prev": "", "digest": ""}
    (folder / "journal.jsonl").write_text(json.dumps(line) + "\n")


def link_to_the_gradebook(folder, lesson):
    (folder / "journal.jsonl").symlink_to(folder.parents[3] / "gradebook.db")


def link_to_a_folder(folder, lesson):
    (folder / "home").symlink_to("/")


def pipe(folder, lesson):
    os.mkfifo(folder / "pipe")


def giant(folder, lesson):
    with (folder / "journal.jsonl").open("wb") as file:
        file.truncate(25_000_000)


HARMS = [
    break_json,
    wrong_shape,
    deep_json,
    not_text,
    broken_journal,
    link_to_the_gradebook,
    link_to_a_folder,
    pipe,
    giant,
]


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_submissions_that_cannot_be_used_are_named_left_alone_and_the_others_are_graded(room):
    room.play("lee-02")
    room.place("lee-02")
    folders = {harm.__name__: room.place(harm.__name__) for harm in HARMS}
    for harm in HARMS:
        harm(folders[harm.__name__], room.lesson)
    before = {name: names_in(folder) for name, folder in folders.items()}
    outcomes = {outcome.student: outcome for outcome in grade(room.course, room.lesson).outcomes}
    lee = outcomes.pop("lee-02")
    assert (lee.refused, lee.machine) == ("", 9)
    assert {name for name, outcome in outcomes.items() if outcome.refused} == set(folders)
    assert {name: names_in(folder) for name, folder in folders.items()} == before


@pytest.mark.parametrize("harm", [break_json, link_to_the_gradebook], ids=lambda harm: harm.__name__)
def test_nbgraders_own_autograde_refuses_it_too(room, harm):
    harm(room.place("kim-01"), room.lesson)
    with open_api(room.course) as api:
        result = api.autograde(room.lesson, "kim-01")
    assert not result["success"]
    assert not (room.course.step("autograded") / "kim-01" / room.lesson).exists()


def test_a_journal_with_a_number_that_is_none_is_named(room):
    folder = room.place("kim-01")
    journal_of_nan(folder, room.lesson)
    [outcome] = grade(room.course, room.lesson).outcomes
    assert "journal can't be read" in outcome.refused


def test_an_edited_journal_keeps_its_points_and_is_reported_without_blame(room):
    journal = room.play("kim-01").path
    journal.write_bytes(journal.read_bytes().replace(b"Because it predicts words.", b"Because it always knows it"))
    room.place("kim-01")
    [outcome] = grade(room.course, room.lesson).outcomes
    assert outcome.machine == 9
    assert "not as the page wrote it" in outcome.notes[0]
    assert "1 line changed" in outcome.notes[0]
    assert "talk with the student" in outcome.notes[0]
    assert "not as the page wrote it" in room.graded("kim-01").cells[0].source
