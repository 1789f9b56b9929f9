"""What a machine may honestly give points for: things done, in what order, and numbers that can be worked out again.

A lesson's locked test cell calls one of these as its last line. Each looks only at the student's journal, gives part of
the points for part of the work, and says why in words. No check runs anything that a student wrote.
"""

from kit.grading.checks.evidence import bound_to
from kit.grading.checks.next_word import (
    bets_before_runs,
    completions_judged,
    number_recomputed,
    pictures_recomputed,
    rolls_made,
    temperatures_tried,
)
from kit.grading.checks.points import Points
from kit.grading.checks.writing import claim_linked, closed_choice, sources_logged

__all__ = [
    "Points",
    "bets_before_runs",
    "bound_to",
    "claim_linked",
    "closed_choice",
    "completions_judged",
    "number_recomputed",
    "pictures_recomputed",
    "rolls_made",
    "sources_logged",
    "temperatures_tried",
]
