"""Runs of the next-word machine, read from a journal that anybody may have written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kit.experiments.next_word import probabilities, roll
from kit.grading.checks.numbers import number
from kit.journal import Event

SHOWN = 10
MAX_ROLLS = 10_000
# Logarithms are written with many digits; this is far more than rounding needs and far less than an eye would see.
SLACK = 1e-3


@dataclass(frozen=True, slots=True)
class Run:
    """One run whose parts have the right types.

    Attributes
    ----------
    seq
        Its place in the journal.
    prompt, action
        Which prompt, and what was done with it.
    params, result
        As in ``docs/reference/journal.md``; what is inside is still to be looked at.
    """

    seq: int
    prompt: str
    action: str
    params: dict[str, Any]
    result: dict[str, Any]

    @property
    def temperature(self) -> float | None:
        """The temperature, if it is one."""
        found = number(self.params.get("temperature"))
        return found if found is not None and found >= 0 else None


@dataclass(frozen=True, slots=True)
class Picture:
    """The probabilities of the words shown, worked out from what was recorded."""

    tokens: tuple[str, ...]
    probabilities: tuple[float, ...]

    @property
    def rest(self) -> float:
        """The probability of any other word."""
        return max(0.0, 1.0 - sum(self.probabilities))


def read_runs(events: Iterable[Event]) -> list[Run]:
    """Return the runs that can be read at all."""
    return [run for event in events if event.kind == "run" and (run := _read_run(event)) is not None]


def _read_run(event: Event) -> Run | None:
    value = event.value
    if not isinstance(value, dict):
        return None
    prompt, action = value.get("prompt"), value.get("action")
    params, result = value.get("params"), value.get("result")
    if not (isinstance(prompt, str) and isinstance(action, str)):
        return None
    if not (isinstance(params, dict) and isinstance(result, dict)):
        return None
    return Run(event.seq, prompt, action, params, result)


def picture(run: Run) -> Picture | None:
    """Work the probabilities out again; ``None`` if the record does not hold together."""
    temperature, log_z = run.temperature, number(run.result.get("log_z"))
    pairs = _tokens(run.result.get("tokens"))
    if temperature is None or not pairs:
        return None
    words = tuple(token for token, _ in pairs)
    if temperature == 0:  # always the likeliest word
        return Picture(words, (1.0, *(0.0 for _ in pairs[1:])))
    if log_z is None:
        return None
    if any(logprob / temperature - log_z > SLACK for _, logprob in pairs):
        return None
    shown = probabilities([logprob for _, logprob in pairs], temperature, log_z)[:-1]
    return Picture(words, tuple(shown)) if sum(shown) <= 1 + SLACK else None


def rolled_again(run: Run) -> bool:
    """Tell whether the recorded seed gives the recorded counts."""
    shown, counts = picture(run), run.result.get("counts")
    rolls, seed = run.params.get("rolls"), run.params.get("seed")
    if shown is None or type(rolls) is not int or type(seed) is not int or not 0 < rolls <= MAX_ROLLS:
        return False
    # Not a secret: the seed stands in the journal so that anybody can roll the same dice.
    return bool(counts == roll([*shown.probabilities, shown.rest], rolls, seed))


def counted_rolls(run: Run) -> int:
    """Return how many rolls a run of the dice holds, going by its counts."""
    counts = run.result.get("counts")
    if run.action != "roll" or not isinstance(counts, list) or len(counts) > SHOWN + 1:
        return 0
    if not all(type(count) is int and 0 <= count <= MAX_ROLLS for count in counts):
        return 0
    return min(sum(counts), MAX_ROLLS)


def _tokens(found: Any) -> list[tuple[str, float]]:
    if not isinstance(found, list) or not 0 < len(found) <= SHOWN:
        return []
    pairs = [
        (token["token"], logprob)
        for token in found
        if isinstance(token, dict)
        and isinstance(token.get("token"), str)
        and (logprob := number(token.get("logprob"))) is not None
    ]
    return pairs if len(pairs) == len(found) else []
