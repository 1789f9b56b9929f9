"""A teacher's five steps, each one call to nbgrader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import capture_log, temp_attrs

from kit.errors import GradingError
from kit.grading.archive import unpack
from kit.grading.course import gradebook, open_api, require_gradebook
from kit.grading.releasing import kept_if_this_fails, require_lesson, require_source
from kit.grading.report import Collected
from kit.grading.roster import read_roster
from kit.settings import Course


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
    require_released(course, lesson)
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
    require_released(course, lesson)
    roster = read_roster(course.roster) if course.roster.exists() else ()
    unpacked = unpack(course, lesson, file, roster)
    collected = collect(course, lesson)
    return Collected(collected.students, (*unpacked.refused, *collected.refused))


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


def require_released(course: Course, lesson: str) -> None:
    """Make sure that a lesson is there and was handed out.

    Raises
    ------
    LessonNotFound, LessonError, GradingError
        If it isn't.
    """
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


def heed_ctrl_c(result: dict[str, Any]) -> dict[str, Any]:
    """Stop when a person said so: nbgrader takes Ctrl-C for one more error, and goes on with the next student."""
    if not result["success"] and "KeyboardInterrupt" in (result.get("error") or "").splitlines():
        raise KeyboardInterrupt
    return result


def _must(result: dict[str, Any], trouble: str) -> None:
    if not heed_ctrl_c(result)["success"]:
        raise GradingError(f"{trouble}: {_last_words(result)}", mend="See .kit/logs/nbgrader.log.")


def _last_words(result: dict[str, Any]) -> str:
    lines: Sequence[str] = (result.get("error") or result.get("log") or "").strip().splitlines()
    told = [line.split(": ", 1)[-1] for line in lines if "traceback" not in line.lower()]
    return told[-1].rstrip(".") + "." if told else "no reason given."
