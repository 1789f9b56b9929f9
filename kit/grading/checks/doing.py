"""Checks that something was done, and in the right order."""

from __future__ import annotations

from collections import defaultdict

from kit.grading.checks.evidence import evidence
from kit.grading.checks.points import Points
from kit.grading.checks.runs import counted_rolls, read_runs

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


def _bet_on(value: object) -> str | None:
    if not isinstance(value, dict):
        return None
    prompt, bet = value.get("prompt"), value.get("bet")
    return prompt if isinstance(prompt, str) and isinstance(bet, str) and bet.strip() else None


def _is_verdict(value: object) -> bool:
    return isinstance(value, str) and value in VERDICTS
