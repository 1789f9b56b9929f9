"""What a machine may honestly give points for: things done, in what order, and numbers that can be worked out again.

A lesson's locked test cell calls one of these as its last line. Each looks only at the student's journal, gives part of
the points for part of the work, and says why in words. No check runs anything that a student wrote.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from kit.grading.checks.scam_filter import (
    bet_before_teaching,
    machines_fooled,
    rate_read_off,
    rules_tested,
    sizes_taught,
    taught_wrong,
)
from kit.grading.checks.token_explorer import (
    cuts_bet_on,
    finds_collected,
    kinds_cut,
    languages_bet_on,
    limits_tried,
    pieces_counted,
    ratio_recomputed,
)
from kit.grading.checks.writing import claim_linked, closed_choice, sources_logged

if TYPE_CHECKING:
    from kit.grading.checks.guess_about_me import (
        crowd_reached,
        guesser_tried,
        messages_made_safe,
        people_looked_for,
        predicted_before_counting,
        smallest_crowd_counted,
    )
    from kit.grading.checks.lateral_reading import (
        answer_cited,
        claims_judged,
        errors_found,
        guess_before_looking,
        independent_sources,
        sites_looked_up,
    )

__all__ = [
    "Points",
    "answer_cited",
    "bet_before_teaching",
    "bets_before_runs",
    "bound_to",
    "claim_linked",
    "claims_judged",
    "closed_choice",
    "completions_judged",
    "crowd_reached",
    "cuts_bet_on",
    "errors_found",
    "finds_collected",
    "guess_before_looking",
    "guesser_tried",
    "independent_sources",
    "kinds_cut",
    "languages_bet_on",
    "limits_tried",
    "machines_fooled",
    "messages_made_safe",
    "number_recomputed",
    "people_looked_for",
    "pictures_recomputed",
    "pieces_counted",
    "predicted_before_counting",
    "rate_read_off",
    "ratio_recomputed",
    "rolls_made",
    "rules_tested",
    "sites_looked_up",
    "sizes_taught",
    "smallest_crowd_counted",
    "sources_logged",
    "taught_wrong",
    "temperatures_tried",
]

# These two read lessons' data with pydantic, which takes longer to import than most checks take to run. A test cell
# that needs neither of them shouldn't wait for it.
_WITH_DATA = {
    "guess_about_me": (
        "crowd_reached",
        "guesser_tried",
        "messages_made_safe",
        "people_looked_for",
        "predicted_before_counting",
        "smallest_crowd_counted",
    ),
    "lateral_reading": (
        "answer_cited",
        "claims_judged",
        "errors_found",
        "guess_before_looking",
        "independent_sources",
        "sites_looked_up",
    ),
}


def __getattr__(name: str) -> Any:
    for module, names in _WITH_DATA.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
