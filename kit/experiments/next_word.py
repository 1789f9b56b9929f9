"""The next-word machine: temperature, dice, where a bet stands, and what a run showed. Unsafe words are hidden here."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from kit.ai.screens.output import HIDDEN_TOKEN, OutputScreen, hidden_notice
from kit.experiments.label import Label

if TYPE_CHECKING:
    from kit.journal import Event
    from kit.lessons import Lesson

TOP = 10
CLOSE = 3


class Likely(Protocol):
    """A token and the natural logarithm of its probability."""

    @property
    def token(self) -> str:
        """The token as the model has it."""

    @property
    def logprob(self) -> float:
        """Its logarithm of probability, at temperature 1."""


def probabilities(logprobs: Sequence[float], temperature: float, log_z: float) -> list[float]:
    """Return the probability of each token at a temperature, and last that of any other token.

    Parameters
    ----------
    logprobs
        Of the tokens shown, the most likely first, at temperature 1.
    temperature
        Above 0.
    log_z
        The logarithm of the sum of ``exp(logprob / temperature)`` over all tokens.
    """
    shown = [math.exp(logprob / temperature - log_z) for logprob in logprobs]
    return [*shown, max(0.0, 1 - sum(shown))]


def roll(weights: Sequence[float], rolls: int, seed: int) -> list[int]:
    """Return how often each outcome came up. The same seed gives the same rolls on every computer."""
    drawn = random.Random(seed).choices(range(len(weights)), weights=weights, k=rolls)  # noqa: S311 - a dice, not a lock
    return [drawn.count(outcome) for outcome in range(len(weights))]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a bet stands among all tokens.

    Attributes
    ----------
    place
        From 1; ``None`` when no token begins the student's word.
    logprob
        Of that token.
    match
        ``exact`` when the token is the word; ``partial`` when it's only the word's beginning.
    """

    place: int | None = None
    logprob: float | None = None
    match: Literal["exact", "partial"] | None = None

    def to_result(self) -> dict[str, Any]:
        """Return what the journal keeps. A rank beyond the ten shown is kept as ``bet_place``."""
        rank = self.place if self.place is not None and self.place <= TOP else None
        probability = None if self.logprob is None else math.exp(self.logprob)
        standing = {"bet_place": self.place, "bet_match": self.match}
        return {"bet_rank": rank, "bet_probability": probability, **standing}


def find_bet(bet: str, tokens: Sequence[Likely]) -> Standing:
    """Return where a bet's first word stands.

    Capital letters and the space before a word don't count. A token that is only the beginning of the word, at least
    two letters long, counts as partial, and only if no token is the whole word.
    """
    word = first_word(bet)
    if not word:
        return Standing()
    partial = Standing()
    longest = 1
    for place, likely in enumerate(tokens, 1):
        start = likely.token.strip().casefold()
        if start == word:
            return Standing(place, likely.logprob, "exact")
        if len(start) > longest and word.startswith(start) and likely.token[:1] in " ▁Ġ":
            partial, longest = Standing(place, likely.logprob, "partial"), len(start)
    return partial


def first_word(bet: str) -> str:
    """Return the bet's first word in small letters, without marks around it."""
    words = bet.casefold().split()
    return words[0].strip("“”\"'.,;:!?()") if words else ""


def show_token(token: str) -> dict[str, Any]:
    """Return how a token is drawn: with spaces and line ends made visible, and whether it's a piece of a word."""
    text = token.strip(" ")
    shown = text.replace("\n", "⏎").replace("\t", "⇥") or "▁"
    # A token without a space before it is glued to the word before.
    piece = bool(text) and not token.startswith(" ") and (text[0].isalpha() or text[0] == "'")
    return {"shown": shown, "space": token.startswith(" ") and bool(text), "piece": piece}


def praise(standing: Standing, whole: int | None) -> str:
    """Return a friendly sentence about a bet.

    Parameters
    ----------
    standing
        Where it stands.
    whole
        How many tokens the machine knows; ``None`` if the service shows only some of them.
    """
    place = standing.place
    if place is None:
        return _NOWHERE if whole else _UNSEEN
    if place == 1:
        return "Bull's-eye! You and the machine picked the same word."
    if place <= CLOSE:
        return f"So close! Your word is number {place} on the machine's list."
    if place <= TOP:
        return f"Your word made the top ten: it is number {place}."
    total = f" out of {whole:,}" if whole else ""
    return f"Surprise! Your word is only number {place:,}{total}. That doesn't make it a bad word."


_NOWHERE = "Surprise! The machine has no single piece for your word. It would have to spell it from smaller bits."
_UNSEEN = "Your word isn't among those that this service shows. It may be just below."


def describe(event: Event, lesson: Lesson) -> Label:
    """Return what a run showed, in a line that a student recognizes."""
    value = event.value
    about = _quote(value["prompt"], lesson)
    temperature = value["params"].get("temperature", 1)
    match value["action"]:
        case "reveal":
            return Label(f"Top ten: first “{_first_name(value)}”, {percent(first_bar(value))}", about)
        case "temperature":
            return Label(f"Temperature {temperature:g}: “{_first_name(value)}” at {percent(first_bar(value))}", about)
        case "roll":
            counts = value["result"]["counts"]
            winner = max(range(len(counts) - 1), key=lambda index: counts[index])
            name = _name(value["result"]["tokens"][winner])
            return Label(f"{sum(counts)} rolls at temperature {temperature:g}: “{name}” {counts[winner]} times", about)
        case _:
            return Label(f"The machine finished: “{' '.join(safe_text(value['result']['text']).split())}”", about)


def first_bar(value: Mapping[str, Any]) -> float:
    """Return the probability of the likeliest word in a recorded picture."""
    result = value["result"]
    logprobs = [item["logprob"] for item in result["tokens"]]
    return probabilities(logprobs, value["params"].get("temperature", 1), result["log_z"])[0]


def percent(probability: float) -> str:
    """Return a probability in words; one that is nearly nothing or nearly all doesn't become nothing or all."""
    if 0 < probability < 0.01:  # noqa: PLR2004
        return "under 1%"
    return "over 99%" if 0.995 < probability < 1 else f"{probability:.0%}"  # noqa: PLR2004


def is_safe(token: str) -> bool:
    """Tell whether students may see a token."""
    return token != HIDDEN_TOKEN and not _screen().hides(token)


def safe_text(text: str) -> str:
    """Return a model's text up to the first thing that students should not read."""
    hit = _screen().find(text)
    return text if hit is None else text[: hit.end] + hidden_notice(hit.kind)


def _first_name(value: Mapping[str, Any]) -> str:
    return _name(value["result"]["tokens"][0])


def _name(item: Mapping[str, Any]) -> str:
    shown: str = show_token(item["token"])["shown"]
    return shown if is_safe(item["token"]) else "hidden word"


def _quote(prompt_id: str, lesson: Lesson) -> str:
    # A lesson may be revised after a student has played with a sentence that is gone now.
    found = next((prompt for prompt in lesson.prompts if prompt.id == prompt_id), None)
    return f"“{_shorten(found.text)}”" if found else "an earlier sentence"


def _shorten(text: str, longest: int = 44) -> str:
    return text if len(text) <= longest else "…" + text[-longest:].partition(" ")[2]


@cache
def _screen() -> OutputScreen:
    # The gateway screens too. Twice, because a recorded run may have been made before a word was on the list.
    return OutputScreen()
