"""One student's points on one lesson, as the gradebook has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbgrader.api import Gradebook, MissingEntry


@dataclass(frozen=True, slots=True)
class Score:
    """Points by who gave them.

    Attributes
    ----------
    machine, machine_max
        From checks, as given or as a person changed them.
    manual, manual_max
        From people; what waits for one counts nothing yet.
    waiting
        How many answers wait for a person.
    penalty
        Points off for being late.
    seconds_late
        How late, if there is a due date.
    """

    machine: float
    machine_max: float
    manual: float
    manual_max: float
    waiting: int
    penalty: float
    seconds_late: float

    @property
    def total(self) -> float:
        """All points, never below nothing."""
        return round(max(0.0, self.machine + self.manual - self.penalty), 2)

    @property
    def maximum(self) -> float:
        """All points that could be had."""
        return self.machine_max + self.manual_max


def read_score(book: Gradebook, lesson: str, student: str) -> Score | None:
    """Return a student's points; ``None`` if nothing was graded."""
    try:
        submission = book.find_submission(lesson, student)
    except MissingEntry:
        return None
    pairs = [
        (grade, grade.name in _answered(notebook)) for notebook in submission.notebooks for grade in notebook.grades
    ]
    machine = [grade for grade, by_hand in pairs if not by_hand]
    manual = [grade for grade, by_hand in pairs if by_hand]
    return Score(
        machine=_sum(grade.score for grade in machine),
        machine_max=_sum(grade.max_score for grade in machine),
        manual=_sum(grade.score for grade in manual),
        manual_max=_sum(grade.max_score for grade in manual),
        waiting=sum(bool(grade.needs_manual_grade) for grade, _ in pairs),
        penalty=float(submission.late_submission_penalty or 0),
        seconds_late=float(submission.total_seconds_late or 0),
    )


def _answered(notebook: Any) -> set[str]:
    """Return the cells that students answer in: nbgrader keeps a comment for each of these."""
    return {comment.name for comment in notebook.comments}


def _sum(values: Any) -> float:
    return round(sum(float(value or 0) for value in values), 2)
