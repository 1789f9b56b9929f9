"""How the next-word machine's runs are drawn on the page. Unsafe words never get there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.experiments.next_word import TOP, Standing, is_safe, praise, safe_text, show_token

if TYPE_CHECKING:
    from kit.ai.client import Distribution
    from kit.journal import Event

TEMPERATURES = tuple(step / 10 for step in range(1, 21))
"""The places of the slider."""


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
    if not is_safe(token):
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
    return {"text": safe_text(result["text"]), "sure": result["mean_probability"], "model": event.value["model"]}
