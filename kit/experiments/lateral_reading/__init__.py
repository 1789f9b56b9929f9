"""The lateral-reading desk: a small web, a search, and what a student found with them about an answer's claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.experiments.label import Label
from kit.experiments.lateral_reading.reading import MARKS, NAME, Guess, Mark, Reading, opinions, read, replaced
from kit.experiments.lateral_reading.web import VERDICTS, Claim, Page, Site, Verdict, Web, load

if TYPE_CHECKING:
    from pathlib import Path

    from kit.journal import Event
    from kit.lessons import Lesson

__all__ = [
    "MARKS",
    "NAME",
    "OPINIONS",
    "VERDICTS",
    "VERDICT_NAMES",
    "Claim",
    "Guess",
    "Mark",
    "Page",
    "Reading",
    "Site",
    "Verdict",
    "Web",
    "describe",
    "load",
    "opinions",
    "questions",
    "read",
    "replaced",
]

VERDICT_NAMES: dict[Verdict, str] = {
    "supported": "supported",
    "contradicted": "contradicted",
    "not-found": "not found",
}


OPINIONS: dict[str, str] = {verdict: name.capitalize() for verdict, name in VERDICT_NAMES.items()}
"""What one can say about a claim; see ``opinions``."""


def describe(event: Event, lesson: Lesson) -> Label | None:  # noqa: ARG001  # every experiment has the same door
    """Return what a step at the desk showed. Opening and searching show nothing yet."""
    value = event.value
    params, result = value["params"], value["result"]
    match value["action"]:
        case "evidence" if result["picked"] is True:
            return Label(f"“{_short(result['title'])}”, {_short(result['site'])}", _about(params, result))
        case "verdict":
            return Label(f"My verdict: {VERDICT_NAMES[result['verdict']]}", _about(params, result))
        case _:
            return None


def questions(folder: Path) -> dict[str, str]:
    """Return what a class can agree on, by the keys of ``opinions``: each claim in its own words."""
    return {str(claim.id): claim.text for claim in load(folder).answer.claims}


def _about(params: dict[str, object], result: dict[str, object]) -> str:
    return f"Sentence {params['claim']}: {_short(result['about'])}"


def _short(text: object, longest: int = 90) -> str:
    words = str(text)
    return words if len(words) <= longest else words[: longest - 1] + "…"
