"""What grading tells the teacher."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one student's submission went.

    Attributes
    ----------
    student
        The pseudonym.
    machine, machine_max
        Points that the checks gave, and could give.
    manual_max
        Points that people give.
    total, maximum
        Points as they stand, of people too and less what being late costs, and all that could be had.
    waiting
        How many answers wait for a person.
    notes
        Repairs, and whether the journal is not intact.
    refused
        Why the submission could not be graded; empty if it was.
    unchanged
        It had been graded before and nothing has changed, so it was left alone.
    """

    student: str
    machine: float = 0.0
    machine_max: float = 0.0
    manual_max: float = 0.0
    total: float = 0.0
    maximum: float = 0.0
    waiting: int = 0
    notes: tuple[str, ...] = ()
    refused: str = ""
    unchanged: bool = False

    @property
    def needs_hand_grading(self) -> bool:
        """Whether a person still has something to score."""
        return self.waiting > 0

    def as_data(self) -> dict[str, Any]:
        """Return it for another program: ``status`` is ``graded``, ``unchanged`` or ``refused``."""
        return {
            "student": self.student,
            "status": "refused" if self.refused else "unchanged" if self.unchanged else "graded",
            "score": self.total,
            "max_score": self.maximum,
            "needs_manual_grade": self.needs_hand_grading,
            "notes": [self.refused] if self.refused else list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """How a whole class went.

    Attributes
    ----------
    lesson
        The lesson's slug.
    outcomes
        One for each submission, by student.
    seconds
        How long it took.
    """

    lesson: str
    outcomes: tuple[Outcome, ...] = field(default_factory=tuple)
    seconds: float = 0.0

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """The submissions that could not be graded."""
        return tuple(outcome for outcome in self.outcomes if outcome.refused)


@dataclass(frozen=True, slots=True)
class Collected:
    """What was taken in.

    Attributes
    ----------
    students
        Whose new work was collected.
    refused
        Student (or the name of a file in a zip) and why it was not taken.
    """

    students: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
