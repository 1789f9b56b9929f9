"""Checks on the token explorer: bets before cuts, kinds of text tried, and numbers that follow from the pieces."""

from __future__ import annotations

from itertools import islice

from kit.experiments.token_explorer import (
    BASE,
    NAME,
    Cut,
    budget_result,
    is_language_bet,
    load,
    read_bet,
    read_budget,
    read_cut,
    read_find,
)
from kit.grading.checks.evidence import data_folder, evidence
from kit.grading.checks.numbers import number_said
from kit.grading.checks.points import Points
from kit.journal import Event, fold

MOST_RUNS = 400
"""A page writes no more runs than that; what stands behind them was written by hand."""
MOST_LANGUAGES = 40
MOST_LIMITS = 200


def cuts_bet_on(points: float, minimum: int) -> Points:
    """Give points for texts that were bet on first and cut afterwards. Whether the bet was right does not matter.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many different texts.
    """
    first_cut = _first_cuts()
    made = {bet.text for bet in map(read_bet, evidence()) if bet is not None and bet.seq < first_cut.get(bet.text, 0)}
    return Points.share(points, len(made), minimum, f"{len(made)} of {minimum} bets came before the machine's cut.")


def kinds_cut(points: float, slug: str, minimum: int = 4) -> Points:
    """Give points for cutting texts of different groups of the bank; texts of one's own are a group, too.

    Parameters
    ----------
    points
        The points for all of it.
    slug
        The lesson that has the bank.
    minimum
        How many groups.
    """
    data = load(data_folder(slug))
    kinds = {data.group_of(text) for text in _first_cuts()}
    return Points.share(points, len(kinds), minimum, f"{len(kinds)} of {minimum} kinds of text were cut.")


def pieces_counted(points: float, field: str, text: str) -> Points:
    """Give points for the number of a text's pieces, counted again in the student's own cut.

    Parameters
    ----------
    points
        The points for it.
    field
        Where the student wrote the number.
    text
        The text it is about.
    """
    said = number_said(fold(evidence()).answers.get(field))
    counts = {len(cut.pieces) for _, cut in _cuts() if cut.text == text}
    if said is None:
        return Points(0, "There is no number in the answer yet.")
    if not counts:
        return Points(0, "There is no cut that the number could come from.")
    if said in counts:
        return Points(points, "The number of pieces is right.")
    return Points(0, "The number is not the one that the cut shows.")


def languages_bet_on(points: float) -> Points:
    """Give points for a bet on the languages that was made before the first of them was cut.

    Parameters
    ----------
    points
        The points for it.
    """
    bet = next((event.seq for event in evidence() if is_language_bet(event)), None)
    seen = next((event.seq for event, cut in _cuts() if cut.language), None)
    if bet is None:
        return Points(0, "There is no bet on the languages yet.")
    if seen is None:
        return Points(0, "The languages were not cut yet.")
    return Points(points, "The bet came first.") if bet < seen else Points(0, "The languages were cut before the bet.")


def ratio_recomputed(points: float, field: str, language: str, base: str = BASE, tolerance: float = 0.1) -> Points:
    """Give points for how many times as many pieces one language needs, worked out again from the student's own cuts.

    A near miss (three times the tolerance) gets half of the points.

    Parameters
    ----------
    points
        The points for all of it.
    field
        Where the student wrote the number.
    language, base
        Codes of the two languages.
    tolerance
        How far off is still right.
    """
    said = number_said(fold(evidence()).answers.get(field))
    cuts = [cut for _, cut in _cuts()]
    above, below = ({len(cut.pieces) for cut in cuts if cut.language == code} for code in (language, base))
    if said is None:
        return Points(0, "There is no number in the answer yet.")
    if not above or not below:
        return Points(0, "There are no cuts that the number could come from.")
    off = min(abs(said - one / other) for one in above for other in below)
    if off <= tolerance:
        return Points(points, "The number is right.")
    if off <= 3 * tolerance:
        return Points(points / 2, "The number is close.")
    return Points(0, "The number is not the one that the cuts show.")


def limits_tried(points: float, minimum: int = 3) -> Points:
    """Give points for different limits, each with a result that follows from the cuts before it.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many limits.
    """
    tried = _limits_that_follow()
    return Points.share(points, len(tried), minimum, f"{len(tried)} of {minimum} limits were tried.")


def finds_collected(points: float, page: str, minimum: int = 5) -> Points:
    """Give points for finds in a guide: each with words, and with a cut of its own that is in the journal.

    Parameters
    ----------
    points
        The points for all of it.
    page
        The id of the page that the finds are for.
    minimum
        How many finds.
    """
    claims = fold(evidence()).claims
    known = {event.id for event, _ in _cuts()}
    finds = [read_find(claim) for name, claim in claims.items() if name.startswith(f"{page}-find-")]
    whole = {run for run, note in finds if note.strip() and run in known}
    return Points.share(points, len(whole), minimum, f"{len(whole)} of {minimum} finds have a cut and a note.")


def _runs() -> list[Event]:
    # Only runs are counted: somebody who writes for days saves thousands of drafts, and none of them may cost a point.
    runs = (event for event in evidence() if event.kind == "run" and event.field == NAME)
    return list(islice(runs, MOST_RUNS))


def _cuts() -> list[tuple[Event, Cut]]:
    return [(event, cut) for event in _runs() if (cut := read_cut(event)) is not None]


def _first_cuts() -> dict[str, int]:
    """Return where in the journal each text was cut first; messages in languages are no texts of the bank."""
    first: dict[str, int] = {}
    for event, cut in _cuts():
        if not cut.language:
            first.setdefault(cut.text, event.seq)
    return first


def _limits_that_follow() -> set[int]:
    messages: dict[str, Cut] = {}
    tried: set[int] = set()
    left = MOST_LIMITS
    for event in _runs():
        cut = read_cut(event)
        if cut is not None and cut.language and (cut.language in messages or len(messages) < MOST_LANGUAGES):
            messages[cut.language] = cut
        budget = read_budget(event)
        if budget is None or budget in tried or not messages or not left:
            continue
        left -= 1
        if event.value.get("result") == budget_result(messages, budget):
            tried.add(budget)
    return tried
