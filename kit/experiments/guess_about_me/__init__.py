"""What can be found out about somebody from data without a name: a made-up school's survey, and five things to do.

``survey`` and ``crowd``: how rows are rounded, and how large a crowd each of them hides in. ``finding``: one row found
again by three facts. ``guesser``: naive Bayes. ``redaction``: a message blacked out. ``notices``: what a notice says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.experiments.guess_about_me.crowd import describe_setting, read_setting
from kit.experiments.guess_about_me.finding import Character, load_characters
from kit.experiments.guess_about_me.notices import Notices, load_notices
from kit.experiments.guess_about_me.redaction import Draft, load_drafts
from kit.experiments.guess_about_me.runs import NAME
from kit.experiments.guess_about_me.survey import Survey, load_survey
from kit.experiments.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kit.journal import Event
    from kit.lessons import Lesson

__all__ = ["ENOUGH_FACTS", "NAME", "TARGET_LABELS", "Data", "describe", "load"]

TARGET_LABELS = {"little_sibling": "a little brother or sister at home", "grade": "the grade"}
ENOUGH_FACTS = 3
LONGEST = 160
"""What somebody wrote into a journal by hand is not shown at any length."""


@dataclass(frozen=True, slots=True)
class Data:
    """All that a lesson with this exercise has of its own."""

    survey: Survey
    characters: dict[str, Character]
    drafts: dict[str, Draft]
    notices: Notices


def load(folder: Path) -> Data:
    """Read a lesson's data.

    Raises
    ------
    LessonError
        Naming the file that is missing or broken.
    """
    survey = load_survey(folder)
    return Data(survey, load_characters(folder, survey), load_drafts(folder), load_notices(folder))


def describe(event: Event, lesson: Lesson) -> Label | None:  # noqa: ARG001 - what every experiment is given
    """Return what one recorded run showed; ``None`` for one that shows nothing yet."""
    value = event.value
    text = _DESCRIBE[value["action"]](value["params"], value["result"])
    return Label(text[:LONGEST], value["about"][:LONGEST]) if text else None


def _find(params: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    # On the way to three facts there is a run for each tap; what they led to says it all.
    clues = len(params["clues"])
    if clues < ENOUGH_FACTS and result["left"] != 1:
        return ""
    return f"{_count(clues, 'fact')}: {result['left']:d} of {result['of']:d} left"


def _crowd(params: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    setting = read_setting(params["setting"])
    if setting is None:
        return ""
    answered = f"{_count(len(result['answered']), 'question')} answered"
    found = f"smallest crowd {result['smallest']:d}, {result['alone']:d} alone, {answered}"
    return f"{describe_setting(setting)}: {found}"


def _guess(params: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    chances = result["chances"]
    first = max(chances, key=lambda answer: chances[answer])
    likes = ", ".join(params["likes"].values()) or "no likes"
    return f"{likes}: “{first}” at {chances[first]:.0%}"


def _test(_: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    return f"{result['right']:d} of {result['total']:d} right; always saying the same: {result['baseline']:d}"


def _redact(params: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    kept = result["needed"] - result["missing"]
    hidden = _count(len(params["hidden"]), "word")
    return f"{hidden} hidden: {result['given_away']:d} given away, {kept:d} of {result['needed']:d} needed things kept"


def _notice(params: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    return f"{len(result['right'])} of {len(params['marks'])} answers found; reads like grade {result['grade']:.0f}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


_DESCRIBE: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "find": _find,
    "crowd": _crowd,
    "guess": _guess,
    "test": _test,
    "redact": _redact,
    "notice": _notice,
}
