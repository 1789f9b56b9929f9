"""What a student guessed, found and marked at the checking desk, as text that a grader can read in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import LessonError
from kit.experiments import card_id
from kit.grading.plain import as_text, bullets, table

if TYPE_CHECKING:
    from kit.experiments.lateral_reading import Reading, Web
    from kit.journal import Event, State

NAME = "lateral-reading"
MOST_PAGES = 6
GUESS, CHECK, ANSWER = (card_id(NAME, {"part": part}) for part in ("guess", "check", "answer"))
TITLES = {
    GUESS: "My guess, before I looked anything up",
    CHECK: "At the checking desk",
    ANSWER: "What I kept, revised and cut",
}
_DONE = {"accept": "Kept", "revise": "Revised", "reject": "Cut"}


def desk_html(card: str, state: State, events: Iterable[Event], data: Path | None) -> str:
    """Return what was done in one part of the desk; empty for other cards, and if nothing was done.

    Parameters
    ----------
    card
        The id of the part's card.
    state, events
        The student's journal.
    data
        The folder with the small web.
    """
    show = _PARTS.get(card)
    if show is None or data is None:
        return ""
    from kit.experiments.lateral_reading import read  # pydantic takes a moment, and most lessons have no desk

    try:
        web = _load(data)
    except LessonError:  # the checks say so, too; the rest of the work can be read all the same
        return ""
    return show(web, read(events, web), state.answers)


def _guess(web: Web, reading: Reading, _answers: Mapping[str, Any]) -> str:
    guess = reading.guess
    if guess is None:
        return ""
    wrong = ", ".join(_named(web, claim) for claim in guess.wrong) or "nothing"
    return bullets([f"Sounded wrong: {wrong}", f"The most wrong: {_named(web, guess.most)}"])


def _findings(web: Web, reading: Reading, answers: Mapping[str, Any]) -> str:
    rows = [
        (_named(web, claim), _verdict(reading, claim), _pages(web, reading, claim), as_text(why))
        for claim in web.claims
        if (why := _text(answers, "why", claim)) or claim in reading.verdicts or reading.evidence.get(claim)
    ]
    header = ("Sentence", "Verdict", "Pages picked as evidence", "Why, in one line")
    return table("Verdicts, pages and reasons", header, rows) if rows else ""


def _markup(web: Web, reading: Reading, answers: Mapping[str, Any]) -> str:
    lines = []
    for claim, mark in sorted(reading.marks.items()):
        sentence = _text(answers, "sentence", claim) if mark == "revise" else ""
        cited = f" <em>(cites {_page(web, reading.cited[claim])})</em>" if claim in reading.cited else ""
        lines.append(f"{_DONE[mark]}: {_named(web, claim)}{as_text(f': {sentence}' if sentence else '')}{cited}")
    return bullets(lines) if lines else ""


def _verdict(reading: Reading, claim: int) -> str:
    from kit.experiments.lateral_reading import VERDICT_NAMES

    verdict = reading.verdicts.get(claim)
    return as_text(VERDICT_NAMES[verdict]) if verdict else "<em>(none)</em>"


def _pages(web: Web, reading: Reading, claim: int) -> str:
    picked = reading.evidence.get(claim, [])
    more = [f"<em>and {len(picked) - MOST_PAGES} more</em>"] if len(picked) > MOST_PAGES else []
    return "<br>".join([*(_page(web, page) for page in picked[:MOST_PAGES]), *more]) or "<em>(none)</em>"


def _page(web: Web, page: str) -> str:
    return as_text(f"{web.site_of(page).name}: {web.pages[page].title}")


def _named(web: Web, claim: int) -> str:
    return as_text(f"{claim} ({web.claims[claim].short})")


def _text(answers: Mapping[str, Any], what: str, claim: int) -> str:
    found = answers.get(f"{NAME}-{what}-{claim}")
    return found.strip() if isinstance(found, str) else ""


_PARTS: Mapping[str, Callable[[Web, Reading, Mapping[str, Any]], str]] = {
    GUESS: _guess,
    CHECK: _findings,
    ANSWER: _markup,
}


@cache
def _load(folder: Path) -> Web:
    from kit.experiments.lateral_reading import load

    return load(folder)
