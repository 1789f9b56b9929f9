"""Checks on the scam filter: counts and verdicts are worked out again from the teacher's own copy of the messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kit.experiments.scam_filter import (
    FEWEST_RULES,
    FEWEST_WORDS,
    GOALS,
    LONGEST_MESSAGE,
    SEED,
    SIZES,
    WANTS,
    Scores,
    Taught,
    find_real_detail,
    judge,
    load,
    locked_rules,
    machine_to_fool,
    read_rules,
    read_words,
    score_rules,
    score_taught,
)
from kit.grading.checks.evidence import data_folder, evidence
from kit.grading.checks.numbers import shares_said
from kit.grading.checks.points import Points
from kit.journal import Event, fold

EXERCISE = "scam-filter"
LESSON = "told-or-taught"
MOST_RUNS = 400
TOLERANCE = 0.02
NEAR_MISS = 3
_A_OF_B = re.compile(r"(\d{1,4})\s*(?:/|of|out\s+of)\s*(\d{1,4})", re.I)


def bet_before_teaching(points: float, field: str) -> Points:
    """Give points for a prediction that was locked before the machine was taught. Whether it came true does not matter.

    Parameters
    ----------
    points
        The points for it.
    field
        The prediction's id.
    """
    first_lesson = min((event.seq for event, _ in _runs("learn")), default=None)
    locked = min((event.seq for event in evidence() if _is_prediction(event, field)), default=None)
    if locked is None:
        return Points(0, "No prediction was locked.")
    if first_lesson is not None and first_lesson < locked:
        return Points(0, "The prediction was locked after the machine had been taught.")
    return Points(points, "The prediction was locked before the machine was taught.")


def rules_tested(points: float, lesson: str = LESSON) -> Points:
    """Give points for rules: one part for trying three or more on the pile, two for the test on new messages.

    Parameters
    ----------
    points
        The points for all of it.
    lesson
        Whose messages they are.
    """
    pile = _load(data_folder(lesson))
    tried = any(_follows(value, pile.known, FEWEST_RULES) for _, value in _runs("try"))
    tested = any(_follows(value, pile.new, FEWEST_RULES) for _, value in _runs("test"))
    said = {
        (True, True): "The rules were tried on the pile and tested on new messages.",
        (True, False): "The rules were tried on the pile, and not tested on new messages.",
        (False, True): "The rules were tested on new messages.",
        (False, False): "No rules were tried yet.",
    }
    return Points.share(points, tried + 2 * tested, 3, said[tried, tested])


def sizes_taught(points: float, minimum: int = 3, lesson: str = LESSON) -> Points:
    """Give points for teaching the machine with different numbers of examples, with the right labels.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many numbers of examples.
    lesson
        Whose messages they are.
    """
    sizes = _taught(lesson, wrong=False)
    return Points.share(points, len(sizes), minimum, f"{len(sizes)} of {minimum} numbers of examples were tried.")


def taught_wrong(points: float, lesson: str = LESSON) -> Points:
    """Give points for teaching the machine with wrong labels once, to see what it does.

    Parameters
    ----------
    points
        The points for it.
    lesson
        Whose messages they are.
    """
    if _taught(lesson, wrong=True):
        return Points(points, "The machine was taught with wrong labels.")
    return Points(0, "The machine was not taught with wrong labels yet.")


def rate_read_off(points: float, field: str, what: Literal["precision", "recall"], lesson: str = LESSON) -> Points:
    """Give points for a number that the student read off the test of the own rules.

    ``12 of 16``, ``12/16``, ``75%``, ``0.75`` and ``75`` are the same. A near miss gets half of the points.

    Parameters
    ----------
    points
        The points for all of it.
    field
        Where the student wrote the number.
    what
        ``precision`` (of the flagged messages, how many were scams) or ``recall`` (of the scams, how many it flagged).
    lesson
        Whose messages they are.
    """
    answer = fold(evidence()).answers.get(field)
    if not isinstance(answer, str) or not answer.strip():
        return Points(0, "There is no answer yet.")
    rules = locked_rules(evidence())
    if rules is None:
        return Points(0, "There is no test that the number could come from.")
    scores = score_rules(_load(data_folder(lesson)).new, rules)
    true = scores.precision if what == "precision" else scores.recall
    said = _shares(answer)
    if true is None:  # rules that flag nothing have no precision, and saying so is right
        right = not said or said == {0.0}
        return Points(points if right else 0, "The rules flagged nothing, so there is no such number.")
    off = min((abs(one - true) for one in said), default=1.0)
    if off <= TOLERANCE:
        return Points(points, "The number is right.")
    if off <= NEAR_MISS * TOLERANCE:
        return Points(points / 2, "The number is close.")
    return Points(0, "The number is not the one that the test shows.")


def machines_fooled(points: float, lesson: str = LESSON) -> Points:
    """Give points for messages that fool: a scam past each machine, and a harmless one that each calls a scam.

    What a message is, its writer says. What the machines say is worked out again.

    Parameters
    ----------
    points
        The points for all four.
    lesson
        Whose messages the machine is taught with.
    """
    rules = locked_rules(evidence())
    if rules is None:
        return Points(0, "There are no tested rules to fool yet.")
    machine = _machine(data_folder(lesson))
    done: set[str] = set()
    for text, is_scam in dict.fromkeys(crafted for _, value in _runs("fool") if (crafted := _crafted(value))):
        done |= judge(machine, rules, text).goals(is_scam)
    return Points.share(
        points, len(done), len(GOALS), f"{len(done)} of {len(GOALS)} ways to fool a machine were found."
    )


def _runs(action: str) -> Iterator[tuple[Event, dict[str, Any]]]:
    """Yield the runs of one action whose parts have the right types, not more than any page would record."""
    runs = (event for event in evidence() if event.kind == "run" and event.field == EXERCISE)
    for event, _ in zip(runs, range(MOST_RUNS), strict=False):
        value = event.value
        if isinstance(value, dict) and value.get("action") == action and isinstance(value.get("params"), dict):
            yield event, value


def _follows(value: dict[str, Any], messages: tuple[Any, ...], fewest: int) -> bool:
    rules = read_rules(value["params"])
    if rules is None or len(rules.phrases) < fewest:
        return False
    return _has_scores(value.get("result"), score_rules(messages, rules))


def _taught(lesson: str, wrong: bool) -> set[int]:
    """Return the numbers of examples with which the machine was taught; what is recorded must follow."""
    folder = data_folder(lesson)
    found: set[int] = set()
    for _, value in _runs("learn"):
        params = value["params"]
        size = params.get("examples")
        if type(size) is not int or size not in SIZES or size in found:
            continue
        is_this = params.get("wrong_labels") is wrong and params.get("seed") == SEED
        if is_this and _has_scores(value.get("result"), _lesson_scores(folder, size, wrong)):
            found.add(size)
    return found


def _has_scores(result: Any, scores: Scores) -> bool:
    return isinstance(result, dict) and all(
        type(result.get(name)) is int and result[name] == count for name, count in scores.to_result().items()
    )


def _crafted(value: dict[str, Any]) -> tuple[str, bool] | None:
    """Return a made-up message and whether its writer calls it a scam; ``None`` if the page would have refused it."""
    text, says, wants = (value["params"].get(name) for name in ("text", "says", "wants"))
    if not isinstance(text, str) or len(text) > LONGEST_MESSAGE or says not in ("scam", "fine"):
        return None
    if (says == "scam" and wants not in WANTS) or len(read_words(text)) < FEWEST_WORDS or find_real_detail(text):
        return None
    return text, says == "scam"


# A class makes the same lessons again and again, and there are only ten.
_load = cache(load)


@cache
def _machine(folder: Path) -> Taught:
    return machine_to_fool(_load(folder))


@cache
def _lesson_scores(folder: Path, size: int, wrong: bool) -> Scores:
    return score_taught(_load(folder), size, wrong)[1]


def _shares(answer: str) -> set[float]:
    found = _A_OF_B.search(answer)
    if found and int(found[2]):
        return {int(found[1]) / int(found[2])}
    return shares_said(answer)


def _is_prediction(event: Event, field: str) -> bool:
    value = event.value
    if event.kind != "prediction" or event.field != field or not isinstance(value, dict):
        return False
    bet = value.get("bet")
    return isinstance(bet, str) and bool(bet.strip())
