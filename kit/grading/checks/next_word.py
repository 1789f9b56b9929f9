"""Checks on the next-word machine: bets before looks, settings tried, and numbers that follow from their own record."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from kit.grading.checks.evidence import evidence
from kit.grading.checks.next_word_runs import Run, counted_rolls, picture, read_runs, rolled_again
from kit.grading.checks.numbers import shares_said
from kit.grading.checks.points import Points
from kit.journal import fold

What = Literal["top-probability", "bet-probability", "sum-of-shown", "rest-probability", "top-share"]

MAX_PICTURES = 400
NEAR_MISS = 3
VERDICTS = frozenset({"right", "wrong", "unsure"})


def bets_before_runs(points: float, minimum: int) -> Points:
    """Give points for bets that were made before the model showed its words.

    A bet counts once for each prompt, if the prompt was run afterwards. A bet that came after the first look counts for
    nothing. Whether the bet was right does not matter.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many prompts need a bet.
    """
    events = evidence()
    first_look: dict[str, int] = {}
    for run in read_runs(events):
        first_look.setdefault(run.prompt, run.seq)
    made = {
        prompt
        for event in events
        if event.kind == "prediction"
        and (prompt := _bet_on(event.value)) is not None
        and event.seq < first_look.get(prompt, 0)
    }
    return Points.share(points, len(made), minimum, f"{len(made)} of {minimum} bets came before the machine's answer.")


def temperatures_tried(points: float, prompts: int = 1, settings: int = 3) -> Points:
    """Give points for looking at a prompt at several temperatures.

    Parameters
    ----------
    points
        The points for all of it.
    prompts
        On how many prompts.
    settings
        How many different temperatures on each; the first look counts as one.
    """
    tried: dict[str, set[float]] = defaultdict(set)
    for run in read_runs(evidence()):
        if run.action in {"reveal", "temperature", "roll"} and run.temperature is not None:
            tried[run.prompt].add(round(run.temperature, 2))
    best = sorted((min(settings, len(found)) for found in tried.values()), reverse=True)[:prompts]
    wanted = prompts * settings
    return Points.share(points, sum(best), wanted, f"{sum(best)} of {wanted} temperature settings were tried.")


def rolls_made(points: float, minimum: int = 20) -> Points:
    """Give points for rolling the dice.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many rolls, over all prompts.
    """
    made = sum(counted_rolls(run) for run in read_runs(evidence()))
    return Points.share(points, made, minimum, f"{made} of at least {minimum} rolls were made.")


def completions_judged(points: float, minimum: int = 3) -> Points:
    """Give points for saying right, wrong or unsure about what the machine wrote, after it wrote it.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many prompts need a verdict.
    """
    events = evidence()
    completed: dict[str, int] = {}
    for run in read_runs(events):
        if run.action == "complete":
            completed.setdefault(f"verdict-{run.prompt}", run.seq)
    judged = {
        event.field
        for event in events
        if event.kind == "choice" and event.seq > completed.get(event.field, event.seq) and _is_verdict(event.value)
    }
    return Points.share(points, len(judged), minimum, f"{len(judged)} of {minimum} answers of the machine were judged.")


def pictures_recomputed(points: float) -> Points:
    """Give points for pictures and rolls that follow from their own record.

    A picture is worked out from its logarithms and temperature, a roll from its seed. What a page recorded always
    follows; what somebody wrote into the file by hand seldom does.

    Parameters
    ----------
    points
        The points for all of it.
    """
    shown = [run for run in read_runs(evidence()) if run.action in {"reveal", "temperature", "roll"}][:MAX_PICTURES]
    if not shown:
        return Points(0, "There is no picture yet.")
    good = sum(rolled_again(run) if run.action == "roll" else picture(run) is not None for run in shown)
    return Points.share(
        points, good, len(shown), f"{good} of {len(shown)} pictures and rolls could be worked out again."
    )


def number_recomputed(
    points: float,
    field: str,
    *,
    what: What,
    prompt: str | None = None,
    temperature: float = 1.0,
    tolerance: float = 0.02,
) -> Points:
    """Give points for a number that the student read or worked out, by working it out again.

    ``0.42``, ``42 %`` and ``42`` are all taken for the same probability. A near miss (three times the tolerance) gets
    half of the points.

    Parameters
    ----------
    points
        The points for all of it.
    field
        Where the student wrote the number.
    what
        ``top-probability`` (of the likeliest word), ``bet-probability``, ``sum-of-shown`` (all the words shown),
        ``rest-probability`` (any other word) or ``top-share`` (how often the likeliest word came up in a roll).
    prompt
        The prompt it is about; any that the student ran, if not given.
    temperature
        At which temperature; not looked at for ``top-share``.
    tolerance
        How far off is still right.
    """
    events = evidence()
    said = shares_said(fold(events).answers.get(field))
    runs = [run for run in read_runs(events) if prompt in {None, run.prompt}]
    true = [found for run in runs if (found := _quantity(run, what, temperature)) is not None]
    if not said:
        return Points(0, "There is no number in the answer yet.")
    if not true:
        return Points(0, "There is no run that the number could come from.")
    off = min(abs(one - other) for one in said for other in true)
    if off <= tolerance:
        return Points(points, "The number is right.")
    if off <= NEAR_MISS * tolerance:
        return Points(points / 2, "The number is close.")
    return Points(0, "The number is not the one that the run shows.")


def _quantity(run: Run, what: What, temperature: float) -> float | None:
    if what == "top-share":
        counts = run.result.get("counts")
        return counts[0] / sum(counts) if run.action == "roll" and rolled_again(run) and counts else None
    shown = picture(run)
    if shown is None or run.temperature is None or abs(run.temperature - temperature) > 1e-6:  # noqa: PLR2004
        return None
    if what == "top-probability":
        return max(shown.probabilities)
    if what == "sum-of-shown":
        return sum(shown.probabilities)
    if what == "rest-probability":
        return shown.rest
    rank = run.result.get("bet_rank")
    return shown.probabilities[rank - 1] if type(rank) is int and 0 < rank <= len(shown.probabilities) else None


def _bet_on(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    prompt, bet = value.get("prompt"), value.get("bet")
    return prompt if isinstance(prompt, str) and isinstance(bet, str) and bet.strip() else None


def _is_verdict(value: object) -> bool:
    return isinstance(value, str) and value in VERDICTS
