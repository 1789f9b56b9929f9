"""A teacher's five steps, each one call to nbgrader."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import capture_log, temp_attrs

from kit.errors import GradingError, SubmissionInvalid
from kit.grading.archive import unpack
from kit.grading.course import gradebook, open_api, require_gradebook
from kit.grading.fingerprint import fingerprint, graded_fingerprint
from kit.grading.inbox import fill_in_notebooks
from kit.grading.intake import inspect
from kit.grading.releasing import kept_if_this_fails, require_lesson, require_source
from kit.grading.report import Collected, Outcome, Report
from kit.grading.roster import read_roster
from kit.grading.scores import read_score
from kit.settings import Course

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and whose turn it is."""


def release(course: Course, lesson: str) -> Path:
    """Make the students' version of a lesson and hand it out.

    Returns
    -------
    Path
        The folder that students get.

    Raises
    ------
    LessonNotFound
        If the course has no such lesson.
    LessonError
        If the lesson's files can't be read.
    GradingError
        If nbgrader refuses, such as when cells were added after work was handed in. What was released before stays.
    """
    require_lesson(course, lesson)
    require_source(course, lesson)
    with gradebook(course):  # makes one if it is gone, and says so if it is damaged
        pass
    with open_api(course) as api, kept_if_this_fails(course.released(lesson)):
        _must(api.generate_assignment(lesson), "The students' version could not be made")
        _run(api, api.exchange.ReleaseAssignment, lesson, "The lesson could not be released")
    return course.released(lesson)


def collect(course: Course, lesson: str) -> Collected:
    """Take in the newest usable submission of every student.

    Raises
    ------
    LessonNotFound
        If the course has no such lesson.
    GradingError
        If it is not released.
    """
    _require_released(course, lesson)
    with open_api(course) as api:
        app = _run(api, api.exchange.Collect, lesson, "The submissions could not be collected")
    return Collected(tuple(app.collected), tuple(app.refused.items()))


def collect_zip(course: Course, lesson: str, file: Path) -> Collected:
    """Take in submissions from a zip file: a download of a learning platform, or one made by hand.

    Raises
    ------
    GradingError
        If the file is not a zip file.
    LessonNotFound
        If the course has no such lesson.
    GradingError
        If it is not released.
    """
    _require_released(course, lesson)
    roster = read_roster(course.roster) if course.roster.exists() else ()
    unpacked = unpack(course, lesson, file, roster)
    collected = collect(course, lesson)
    return Collected(collected.students, (*unpacked.refused, *collected.refused))


def grade(course: Course, lesson: str, progress: Progress | None = None, *, again: bool = False) -> Report:
    """Grade all that was collected, and all that was put into ``submitted`` by hand.

    No code of a student runs. Scores and comments that people gave stay. One submission that can't be used never stops
    the others.

    Parameters
    ----------
    course, lesson
        Where, and what.
    progress
        Told before each student, and once at the end.
    again
        Also grade what has not changed since it was graded.

    Raises
    ------
    LessonNotFound
        If the course has no such lesson.
    GradingError
        If it is not released.
    """
    started = time.monotonic()
    _require_released(course, lesson)
    require_gradebook(course)
    students = submitted_students(course, lesson)
    outcomes = []
    with open_api(course) as api:
        for place, student in enumerate(students):
            if progress:
                progress(place, len(students), student)
            outcomes.append(_grade_one(api, course, lesson, student, again=again))
    with gradebook(course) as book:
        outcomes = [outcome if outcome.refused else _with_scores(book, course, lesson, outcome) for outcome in outcomes]
    if progress:
        progress(len(students), len(students), "")
    return Report(lesson, tuple(outcomes), time.monotonic() - started)


def feedback(course: Course, lesson: str) -> Collected:
    """Write a feedback page for every graded submission and give it back.

    Raises
    ------
    GradingError
        If nothing has been graded yet, or a page can't be written.
    """
    require_lesson(course, lesson)
    require_gradebook(course)
    if not any(course.step("autograded").glob(f"*/{lesson}/*.ipynb")):
        raise GradingError("Nothing of this lesson is graded yet.", mend="Run `kit grade` first.")
    with open_api(course) as api:
        _must(api.generate_feedback(lesson), "The feedback could not be written")
        app = _run(api, api.exchange.ReleaseFeedback, lesson, "The feedback could not be given back")
    return Collected(tuple(app.released))


def submitted_students(course: Course, lesson: str) -> list[str]:
    """Return who has work in ``submitted``."""
    folders = course.step("submitted").glob(f"*/{lesson}")
    return sorted(folder.parent.name for folder in folders if not folder.parent.name.startswith("."))


def _grade_one(api: NbGraderAPI, course: Course, lesson: str, student: str, *, again: bool) -> Outcome:
    folder = course.step("submitted") / student / lesson
    try:
        inspect(folder)
        fill_in_notebooks(course, lesson, folder)
        unchanged = not again and _is_unchanged(course, lesson, student)
    except (SubmissionInvalid, OSError) as error:
        return Outcome(student, refused=getattr(error, "message", "Its files can't be read."))
    if not unchanged and not _heed_ctrl_c(api.autograde(lesson, student, force=True, create=True))["success"]:
        return Outcome(student, refused="nbgrader could not grade it; see .kit/logs/nbgrader.log.")
    return Outcome(student, unchanged=unchanged)


def _is_unchanged(course: Course, lesson: str, student: str) -> bool:
    notebooks = sorted((course.step("autograded") / student / lesson).glob("*.ipynb"))
    now = fingerprint(course, lesson, student)
    return bool(notebooks) and all(graded_fingerprint(notebook) == now for notebook in notebooks)


def _with_scores(book: Gradebook, course: Course, lesson: str, outcome: Outcome) -> Outcome:
    score = read_score(book, lesson, outcome.student)
    if score is None:
        return replace(outcome, refused="nbgrader has no record of it.")
    return replace(
        outcome,
        machine=score.machine,
        machine_max=score.machine_max,
        manual_max=score.manual_max,
        waiting=score.waiting,
        notes=_notes(course, lesson, outcome.student),
    )


def _notes(course: Course, lesson: str, student: str) -> tuple[str, ...]:
    notes: list[str] = []
    for file in sorted((course.step("autograded") / student / lesson).glob("*.ipynb")):
        notes += nbformat.read(file, as_version=4).metadata.get("kit", {}).get("notes", [])
    return tuple(notes)


def _require_released(course: Course, lesson: str) -> None:
    require_lesson(course, lesson)
    if not any(course.released(lesson).glob("*.ipynb")):
        raise GradingError(f"The lesson `{lesson}` is not released.", mend=f"Run `kit release {lesson}` first.")


def _run(api: NbGraderAPI, make: Callable[..., Any], lesson: str, trouble: str) -> Any:
    """Start one of the exchange's classes; nbgrader's own API does nothing here on Windows."""
    with temp_attrs(api.coursedir, assignment_id=lesson):
        app = make(coursedir=api.coursedir, authenticator=api.authenticator, parent=api)
        if hasattr(app, "update"):
            app.update = True
        _must(capture_log(app), trouble)
    return app


def _heed_ctrl_c(result: dict[str, Any]) -> dict[str, Any]:
    """Stop when a person said so: nbgrader takes Ctrl-C for one more error, and goes on with the next student."""
    if not result["success"] and "KeyboardInterrupt" in (result.get("error") or "").splitlines():
        raise KeyboardInterrupt
    return result


def _must(result: dict[str, Any], trouble: str) -> None:
    if not _heed_ctrl_c(result)["success"]:
        raise GradingError(f"{trouble}: {_last_words(result)}", mend="See .kit/logs/nbgrader.log.")


def _last_words(result: dict[str, Any]) -> str:
    lines: Sequence[str] = (result.get("error") or result.get("log") or "").strip().splitlines()
    told = [line.split(": ", 1)[-1] for line in lines if "traceback" not in line.lower()]
    return told[-1].rstrip(".") + "." if told else "no reason given."
