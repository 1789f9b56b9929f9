"""Grade a class: any course of nbgrader's, the kit's own lessons and courses with code."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from kit.errors import GradingError, SubmissionInvalid
from kit.grading.course import gradebooks_kept_open, open_api, open_gradebook
from kit.grading.report import Outcome, Report
from kit.grading.roads import Road, road_for
from kit.grading.scores import read_score
from kit.grading.submissions import submitted_students
from kit.grading.workflow import heed_ctrl_c
from kit.settings import Course

_AHEAD = 6  # submissions whose code is run while nbgrader is busy with the first of them

Progress = Callable[[int, int, str], None]
"""Called with how many are done, how many there are, and whose turn it is."""


def grade(
    course: Course,
    assignment: str,
    progress: Progress | None = None,
    *,
    again: bool = False,
    students: Sequence[str] = (),
) -> Report:
    """Grade all that was collected, and all that was put into ``submitted`` by hand.

    In the kit's lessons no code of a student runs. In other courses it runs behind fences, and the teacher's tests run
    where it can't reach. Scores and comments that people gave stay. One submission that can't be used never stops the
    others. Interrupted anywhere and called again, it goes on where it was.

    Parameters
    ----------
    course
        A folder with an ``nbgrader_config.py``.
    assignment
        A lesson's slug, or nbgrader's name of an assignment.
    progress
        Told before each student, and once at the end.
    again
        Also grade what has not changed since it was graded.
    students
        Only these; all if there are none.

    Raises
    ------
    LessonNotFound
        If a course of the kit has no such lesson.
    SandboxMissing
        If there is code to run and this computer can't fence it in. Then nothing was run.
    GradingError
        If it is not released, or one of the students has handed nothing in.
    """
    started = time.monotonic()
    tell = progress or _tell_nobody
    with open_api(course) as api, gradebooks_kept_open():
        road = road_for(course, api, assignment)
        chosen = _choose(submitted_students(api.coursedir, assignment), students)
        outcomes = {student: _look_at(api, road, student, again=again) for student in chosen}
        waiting = [student for student, outcome in outcomes.items() if outcome is None]
        for place, student in enumerate(waiting):
            tell(len(chosen) - len(waiting) + place, len(chosen), student)
            road.foresee(waiting[place : place + _AHEAD])
            outcomes[student] = _grade_one(api, assignment, student)
        with open_gradebook(api.coursedir) as book:
            final = tuple(_with_scores(book, road, outcome) for outcome in outcomes.values() if outcome)
    tell(len(chosen), len(chosen), "")
    return Report(assignment, final, time.monotonic() - started)


def _tell_nobody(_done: int, _all: int, _student: str) -> None:
    """Do nothing."""


def _choose(handed_in: Sequence[str], wanted: Sequence[str]) -> Sequence[str]:
    for student in wanted:
        if student not in handed_in:
            mend = "Check the name; the folder `submitted` has who handed in."
            raise GradingError(f"There is no submission of {student!r}.", mend=mend)
    return [student for student in handed_in if student in wanted] if wanted else handed_in


def _look_at(api: NbGraderAPI, road: Road, student: str, *, again: bool) -> Outcome | None:
    """Return what is to be said of a submission that need not be graded, or can't be; ``None`` if it has to be."""
    try:
        road.make_ready(student)
        unchanged = not again and road.is_graded(student)
    except (SubmissionInvalid, OSError) as error:
        return Outcome(student, refused=getattr(error, "message", "Its files can't be read."))
    except Exception:  # whatever it is that this one brings, the others are graded
        api.log.exception("The submission of %r", student)
        return Outcome(student, refused="Its files can't be worked with; see .kit/logs/nbgrader.log.")
    return Outcome(student, unchanged=True) if unchanged else None


def _grade_one(api: NbGraderAPI, assignment: str, student: str) -> Outcome:
    if heed_ctrl_c(api.autograde(assignment, student, force=True, create=True))["success"]:
        return Outcome(student)
    return Outcome(student, refused="nbgrader could not grade it; see .kit/logs/nbgrader.log.")


def _with_scores(book: Gradebook, road: Road, outcome: Outcome) -> Outcome:
    if outcome.refused:
        return outcome
    score = read_score(book, road.assignment, outcome.student)
    if score is None:
        return replace(outcome, refused="nbgrader has no record of it.")
    return replace(
        outcome,
        machine=score.machine,
        machine_max=score.machine_max,
        manual_max=score.manual_max,
        total=score.total,
        maximum=score.maximum,
        waiting=score.waiting,
        notes=road.notes(outcome.student),
    )
