"""How the next-word machine's runs are drawn on the page, and said in words. Unsafe words are hidden here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kit.ai.screens.output import HIDDEN_TOKEN, OutputScreen, hidden_notice
from kit.widgets.bars import TOP, Standing, praise, probabilities, show_token

if TYPE_CHECKING:
    from kit.ai.client import Distribution
    from kit.journal import Event
    from kit.lessons import Lesson

TEMPERATURES = tuple(step / 10 for step in range(1, 21))
"""The places of the slider."""


def describe_run(event: Event, lesson: Lesson) -> str:
    """Return what a run showed, in a line that a student recognizes."""
    value = event.value
    prompt = _quote(value["prompt"], lesson)
    temperature = value["params"].get("temperature", 1)
    match value["action"]:
        case "reveal":
            best = value["result"]["tokens"][0]
            return f"Top ten for {prompt}: first “{_name(best)}”, {_percent(_first_bar(value))}"
        case "temperature":
            best = value["result"]["tokens"][0]
            return f"Temperature {temperature:g} for {prompt}: “{_name(best)}” at {_percent(_first_bar(value))}"
        case "roll":
            counts = value["result"]["counts"]
            winner = max(range(len(counts) - 1), key=lambda index: counts[index])
            name = _name(value["result"]["tokens"][winner])
            return f"{sum(counts)} rolls at temperature {temperature:g} for {prompt}: “{name}” {counts[winner]} times"
        case _:
            text = " ".join(_safe(value["result"]["text"]).split())
            return f"The machine finished {prompt}: “{text}”"


def draw_table(distribution: Distribution, standing: Standing) -> dict[str, Any]:
    """Return what the page needs to move the bars by itself."""
    whole = len(distribution.tokens) if distribution.whole_vocabulary else None
    return {
        "tokens": [_view_token(item.token, item.logprob) for item in distribution.top(TOP)],
        "log_z": [distribution.log_z(temperature) for temperature in TEMPERATURES],
        "whole": whole,
        "exact": distribution.exact,
        "bet": {"place": standing.place, "logprob": standing.logprob, "match": standing.match},
        "praise": praise(standing, whole),
        "model": {"name": distribution.model.name, "provider": distribution.model.provider},
    }


def _view_token(token: str, logprob: float) -> dict[str, Any]:
    if not _is_safe(token):
        return {"shown": "hidden word", "space": False, "piece": False, "hidden": True, "logprob": logprob}
    return {**show_token(token), "hidden": False, "logprob": logprob}


def draw_run(event: Event | None) -> dict[str, Any] | None:
    """Return what the page needs to draw a run that is in the journal, if there is one."""
    if event is None:
        return None
    value = event.value
    result = value["result"]
    standing = {"place": result.get("bet_place") or result.get("bet_rank"), "match": result.get("bet_match")}
    return {
        "tokens": [_view_token(item["token"], item["logprob"]) for item in result["tokens"]],
        "log_z": result["log_z"],
        "temperature": value["params"]["temperature"],
        "counts": result.get("counts"),
        "bet": {**standing, "probability": result.get("bet_probability")},
        "model": value["model"],
    }


def draw_completion(event: Event) -> dict[str, Any]:
    """Return the sentence as the machine finished it, and how sure it was on average."""
    result = event.value["result"]
    return {"text": _safe(result["text"]), "sure": result["mean_probability"], "model": event.value["model"]}


def _first_bar(value: Mapping[str, Any]) -> float:
    result = value["result"]
    logprobs = [item["logprob"] for item in result["tokens"]]
    return probabilities(logprobs, value["params"].get("temperature", 1), result["log_z"])[0]


def _name(item: Mapping[str, Any]) -> str:
    shown: str = show_token(item["token"])["shown"]
    return shown if _is_safe(item["token"]) else "hidden word"


def _percent(probability: float) -> str:
    return "under 1%" if 0 < probability < 0.01 else f"{probability:.0%}"  # noqa: PLR2004


def _quote(prompt_id: str, lesson: Lesson) -> str:
    # A lesson may be revised after a student has played with a sentence that is gone now.
    found = next((prompt for prompt in lesson.prompts if prompt.id == prompt_id), None)
    return f"“{_shorten(found.text)}”" if found else "an earlier sentence"


def _shorten(text: str, longest: int = 44) -> str:
    return text if len(text) <= longest else "…" + text[-longest:].partition(" ")[2]


def _is_safe(token: str) -> bool:
    return token != HIDDEN_TOKEN and not _screen().hides(token)


def _safe(text: str) -> str:
    hit = _screen().find(text)
    return text if hit is None else text[: hit.end] + hidden_notice(hit.kind)


@cache
def _screen() -> OutputScreen:
    # The gateway screens too. Twice, because a recorded run may have been made before a word was on the list.
    return OutputScreen()
