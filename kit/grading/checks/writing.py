"""Checks on what was chosen, logged and linked. What was *said* is for people to judge."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kit.grading.checks.evidence import evidence
from kit.grading.checks.points import Points
from kit.journal import fold

NAMES = ("title", "authors")
LATERAL = ("who", "evidence", "others")
"""The three lateral-reading questions, as a source in the journal has them."""


def closed_choice(points: float, field: str, answer: str | Collection[str]) -> Points:
    """Give points for the right option of a closed question.

    Parameters
    ----------
    points
        The points for it.
    field
        The question's id.
    answer
        The id of the right option, or several that are all right.
    """
    picked = fold(event for event in evidence() if event.kind == "choice").answers.get(field)
    right = {answer} if isinstance(answer, str) else set(answer)
    if picked is None:
        return Points(0, "Nothing was picked yet.")
    if isinstance(picked, (str, int)) and str(picked) in right:
        return Points(points, "The right answer was picked.")
    return Points(0, "Another answer was picked.")


def sources_logged(points: float, minimum: int = 2) -> Points:
    """Give points for sources with all three lateral-reading questions answered; half for one that is begun.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many sources are needed.
    """
    filled = [_filled(source) for source in fold(evidence()).sources.values()]
    whole = sum(all(parts) for parts in filled)
    begun = sum(any(parts) and not all(parts) for parts in filled)
    done = min(minimum, whole) + 0.5 * min(begun, max(0, minimum - whole))
    return Points.share(points, done, minimum, f"{whole} of {minimum} sources were logged in full, {begun} in part.")


def claim_linked(points: float, field: str, minimum: int = 2) -> Points:
    """Give points for a claim that names evidence which really is in the journal.

    Parameters
    ----------
    points
        The points for all of it.
    field
        The claim's id.
    minimum
        How many runs or sources it must link to.
    """
    events = evidence()
    state = fold(events)
    claim = state.claims.get(field)
    if not isinstance(claim, dict) or not _words(claim.get("claim")):
        return Points(0, "There is no claim yet.")
    linked = claim.get("evidence")
    # What the page offers as evidence. An answer, or that a page was opened, is an event too, and proves nothing.
    known = {event.id for event in state.runs} | set(state.sources)
    found = {item for item in linked if isinstance(item, str) and item in known} if isinstance(linked, list) else set()
    return Points.share(
        points, len(found), minimum, f"The claim links to {len(found)} of {minimum} pieces of evidence."
    )


def _filled(source: Any) -> list[bool]:
    """Tell for a source's name and each of the three questions whether there are words."""
    if not isinstance(source, dict):
        return [False]
    return [any(_words(source.get(name)) for name in NAMES), *(_words(source.get(name)) for name in LATERAL)]


def _words(value: Any) -> bool:
    """Tell whether there are words in a text, or in a list of texts such as the authors of a source."""
    texts = value if isinstance(value, list) else [value]
    return any(isinstance(text, str) and text.strip() for text in texts)
