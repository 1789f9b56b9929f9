"""What the page of the scam filter needs to draw its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kit.experiments.scam_filter import (
    GOALS,
    Message,
    Push,
    Rules,
    Taught,
    Verdicts,
    WordWeight,
    judge,
    outcome,
    score_rules,
)

if TYPE_CHECKING:
    from kit.journal import Event

WORDS_SHOWN = 6


def draw_rules(rules: Rules, messages: Sequence[Message]) -> dict[str, Any]:
    """Return the rules as the machine reads them, what each of them hits, and how they do together."""
    params = rules.to_params()
    return {
        "rules": [{"says": " ".join(phrase), **_hits(phrase, messages)} for phrase in rules.phrases],
        "unless": params["unless"],
        **score_rules(messages, rules).to_result(),
    }


def _hits(phrase: tuple[str, ...], messages: Sequence[Message]) -> dict[str, int]:
    only = Rules((phrase,))
    hit = [message.is_scam for message in messages if only.hits(message.words)]
    return {"scams": sum(hit), "fine": len(hit) - sum(hit)}


def draw_pile(messages: Iterable[Message], rules: Rules) -> list[dict[str, Any]]:
    """Return each message with how the rules did on it."""
    return [
        {
            "text": message.text,
            "scam": message.is_scam,
            "outcome": outcome(message, rules.flags(message.words)),
            "hits": [" ".join(phrase) for phrase in rules.hits(message.words)],
        }
        for message in messages
    ]


def draw_machine(machine: Taught) -> dict[str, Any]:
    """Return the words that a taught machine leans on most."""
    scam, fine = machine.leans_on(WORDS_SHOWN)
    return {
        "toward_scam": [_weight(one) for one in sorted(scam, key=_force)],
        "toward_fine": [_weight(one) for one in sorted(fine, key=_force)],
        "words": len(machine.weights),
    }


def _force(one: WordWeight) -> float:
    return -abs(one.weight)


def _weight(one: WordWeight) -> dict[str, Any]:
    return {"word": one.word, "weight": round(one.weight, 3), "in_scams": one.in_scams, "in_fine": one.in_fine}


def draw_word(machine: Taught, word: str) -> dict[str, Any]:
    """Return one word's weight; there is none for a word that the machine has never seen."""
    found = machine.weights.get(word)
    return {"word": word, "weight": None, "in_scams": 0, "in_fine": 0} if found is None else _weight(found)


def draw_verdicts(verdicts: Verdicts, is_scam: bool) -> dict[str, Any]:
    """Return what both machines say, and why."""
    return {
        **verdicts.to_result(),
        "hits": [" ".join(phrase) for phrase in verdicts.hits],
        "excused": verdicts.excused,
        "start": round(verdicts.start, 3),
        "pushes": [_push(one) for one in verdicts.pushes],
        "fooled": sorted(verdicts.goals(is_scam)),
    }


def _push(one: Push) -> dict[str, Any]:
    return {"word": one.word, "weight": None if one.weight is None else round(one.weight, 3)}


def draw_board(runs: Iterable[Event], rules: Rules | None, machine: Taught) -> dict[str, Any]:
    """Return every message made so far, and for each way to fool a machine the first one that did."""
    goals: dict[str, str | None] = dict.fromkeys(GOALS)
    made = []
    for run in runs:
        params, result = run.value["params"], run.value["result"]
        made.append({"id": run.id, "time": run.time, **params, "told": result["told"], "taught": result["taught"]})
        if rules is not None:
            for goal in judge(machine, rules, params["text"]).goals(params["says"] == "scam"):
                goals[goal] = goals[goal] or params["text"]
    return {"made": made, "goals": goals}
