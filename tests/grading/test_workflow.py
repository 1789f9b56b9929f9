"""A teacher's five steps on a class that behaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig

import pytest

from kit.errors import GradingError, LessonError, LessonNotFound, NotebookInvalid
from kit.grading import collect, feedback, grade, release
from kit.grading.course import gradebook
from kit.grading.releasing import kept_if_this_fails

from .conftest import code, source_notebook


def score_by_hand(room, student, name, points, comment):
    with gradebook(room.course) as book:
        grade_row = book.find_grade(name, room.lesson, room.lesson, student)
        grade_row.manual_score, grade_row.needs_manual_grade = points, False
        book.find_comment(name, room.lesson, room.lesson, student).manual_comment = comment
        book.db.commit()


def test_an_honest_student_gets_the_points_and_waits_for_a_person(room):
    room.play("kim-01")
    room.submit("kim-01")
    assert collect(room.course, room.lesson).students == ("kim-01",)
    [outcome] = grade(room.course, room.lesson).outcomes
    assert outcome.refused == ""
    assert (outcome.machine, outcome.machine_max, outcome.manual_max) == (9, 9, 17)
    assert outcome.waiting == 5  # the code answer was left as it was
    assert outcome.needs_hand_grading


def test_half_of_the_work_gets_half_of_the_points(room):
    journal = room.play("kim-01")
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join(lines[:3]))  # one bet, one look
    room.place("kim-01")
    [outcome] = grade(room.course, room.lesson).outcomes
    assert outcome.machine == 2 + 2  # one of two bets; one picture, which can be worked out again


def test_progress_is_told_for_each_student(room):
    for student in ("kim-01", "lee-02"):
        room.place(student)
    seen: list[tuple[int, int, str]] = []
    grade(room.course, room.lesson, lambda *call: seen.append(call))
    assert seen == [(0, 2, "kim-01"), (1, 2, "lee-02"), (2, 2, "")]


def test_the_newest_submission_is_taken_and_the_earlier_one_is_kept(room):
    room.play("kim-01", words="First try.")
    room.submit("kim-01")
    collect(room.course, room.lesson)
    grade(room.course, room.lesson)
    room.play("kim-01", words="Second try.")
    room.submit("kim-01")
    assert collect(room.course, room.lesson).students == ("kim-01",)
    assert collect(room.course, room.lesson).students == ()
    grade(room.course, room.lesson)
    assert any("Second try" in cell.source for cell in room.graded("kim-01").cells)
    assert len(list((room.course.private / "earlier" / "kim-01" / room.lesson).iterdir())) == 1
    assert len(list(room.course.inbox("kim-01", room.lesson).iterdir())) == 2


def test_a_broken_newest_submission_is_named_and_the_one_before_is_used(room):
    room.play("kim-01")
    room.submit("kim-01")
    (room.submit("kim-01") / f"{room.lesson}.ipynb").write_text("{")
    collected = collect(room.course, room.lesson)
    assert collected.students == ("kim-01",)
    assert collected.refused == (("kim-01", f"{room.lesson}.ipynb is not a notebook: its JSON is broken."),)


def test_work_with_a_journal_only_is_graded(room):
    room.play("kim-01")
    folder = room.place("kim-01")
    (folder / f"{room.lesson}.ipynb").unlink()
    [outcome] = grade(room.course, room.lesson).outcomes
    assert (outcome.refused, outcome.machine) == ("", 9)


def test_grading_again_keeps_what_a_person_gave(room):
    room.play("kim-01")
    room.place("kim-01")
    grade(room.course, room.lesson)
    score_by_hand(room, "kim-01", "why-wrong", 3, "Well seen.")
    [outcome] = grade(room.course, room.lesson).outcomes
    assert outcome.unchanged
    assert outcome.waiting == 4
    [outcome] = grade(room.course, room.lesson, again=True).outcomes
    assert not outcome.unchanged
    with gradebook(room.course) as book:
        assert book.find_grade("why-wrong", room.lesson, room.lesson, "kim-01").manual_score == 3
        assert book.find_comment("why-wrong", room.lesson, room.lesson, "kim-01").comment == "Well seen."


def test_feedback_has_words_scores_comments_and_rubric_and_is_given_back(room):
    room.play("kim-01", words="It <b>guesses</b>, & that's $all$.")
    room.place("kim-01")  # by hand: no submission secret, no timestamp
    grade(room.course, room.lesson)
    score_by_hand(room, "kim-01", "why-wrong", 3, "Well seen, **Kim**. <script>alert(1)</script>")
    assert feedback(room.course, room.lesson).students == ("kim-01",)
    page = (room.course.outbox("kim-01", room.lesson) / f"{room.lesson}.html").read_text()
    assert "It &lt;b&gt;guesses&lt;/b&gt;, &amp; that's $all$." in page
    assert "3 of 4" in page
    assert "<strong>Kim</strong>" in page
    assert "Weighs two reasons." in page
    assert "not graded yet" in page
    assert "only you see this" not in page
    assert "<script" not in page
    assert 'lang="en"' in page


def test_a_teachers_own_try_is_not_handed_out(room):
    tried = room.course.step("source") / room.lesson / ".kit-work" / room.lesson
    tried.mkdir(parents=True)
    (tried / "journal.jsonl").write_text("{}")
    release(room.course, room.lesson)
    assert [file.name for file in room.course.released(room.lesson).rglob("*")] == [f"{room.lesson}.ipynb"]


def test_steps_in_the_wrong_order_are_said_in_words(room):
    with pytest.raises(LessonNotFound):
        release(room.course, "no-such-lesson")
    for step in (collect, grade, feedback):
        with pytest.raises(LessonNotFound):
            step(room.course, "no-such-lesson")
    with pytest.raises(GradingError):
        feedback(room.course, room.lesson)
    shutil.rmtree(room.course.released(room.lesson))
    with pytest.raises(GradingError, match="not released"):
        grade(room.course, room.lesson)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("notebooks/lessons/{0}/lesson.yml", LessonError),
        ("assignments/source/{0}/{0}.ipynb", NotebookInvalid),
        ("gradebook.db", GradingError),
    ],
)
def test_a_release_that_fails_leaves_what_was_released(room, name, error):
    before = (room.course.released(room.lesson) / f"{room.lesson}.ipynb").read_bytes()
    (room.course.root / name.format(room.lesson)).write_text('{"broken": [')
    with pytest.raises(error):
        release(room.course, room.lesson)
    assert (room.course.released(room.lesson) / f"{room.lesson}.ipynb").read_bytes() == before


def break_off(folder):
    """Remove the folder, as nbgrader does when it can't go on, and stop."""
    shutil.rmtree(folder)
    raise KeyboardInterrupt


def test_a_release_that_is_broken_off_leaves_what_was_released(tmp_path):
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "lesson.ipynb").write_text("as it was")
    with pytest.raises(KeyboardInterrupt), kept_if_this_fails(folder):
        break_off(folder)
    assert [file.name for file in tmp_path.iterdir()] == ["lesson"]
    assert (folder / "lesson.ipynb").read_text() == "as it was"


def test_nothing_is_graded_with_a_broken_lesson_or_gradebook(room):
    room.place("kim-01")
    (room.course.lessons / room.lesson / "lesson.yml").write_text("title: [")
    with pytest.raises(LessonError, match="not valid YAML"):
        grade(room.course, room.lesson)
    shutil.rmtree(room.course.lessons)
    room.course.gradebook.rename(room.course.root / "kept.db")
    for step in (grade, feedback):
        with pytest.raises(GradingError, match="isn't there"):
            step(room.course, room.lesson)
    assert not room.course.gradebook.exists()
    room.course.gradebook.write_text("not a database")
    with pytest.raises(GradingError, match="can't be used"):
        grade(room.course, room.lesson)


def test_the_grader_reads_what_is_not_scored_too(room, make_course):
    notebook = source_notebook()
    notebook.cells.insert(1, code('lesson.respond("first-idea", "What do you think?")'))
    notebook.cells.insert(2, code('lesson.predict("surer", label="Which is surer?")'))
    course = make_course(notebook)
    release(course, room.lesson)
    other = type(room)(course)
    journal = other.play("kim-01")
    journal.append("answer", "first-idea", "My <b>first</b> idea.")
    for bet in ("True.", "Changed my mind."):
        journal.append("prediction", "surer", {"bet": bet})
    other.place("kim-01")
    grade(course, room.lesson)
    shown = "\n".join(cell.source for cell in other.graded("kim-01").cells if cell.cell_type == "markdown")
    assert "What do you think" in shown
    assert "My &#60;b&#62;first&#60;&#47;b&#62; idea." in shown
    assert "<p>True.</p>" in shown
    assert "Changed my mind" not in shown
    assert shown.count("Because it predicts words.") == 1


def test_a_lesson_with_submissions_can_be_released_again(room):
    room.place("kim-01")
    grade(room.course, room.lesson)
    assert release(room.course, room.lesson) == room.course.released(room.lesson)


def test_nbgraders_command_grades_the_same(room):
    room.play("kim-01")
    room.place("kim-01")
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", room.lesson],
        cwd=room.course.root,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
    )
    [outcome] = grade(room.course, room.lesson).outcomes
    assert outcome.unchanged
    assert outcome.machine == 9
