"""Checks that numbers can be worked out again from what was recorded, without the model."""

from __future__ import annotations

import re
from typing import Literal

from kit.grading.checks.evidence import evidence
from kit.grading.checks.points import Points
from kit.grading.checks.runs import Run, number, picture, read_runs, rolled_again
from kit.journal import fold

What = Literal["top-probability", "bet-probability", "sum-of-shown", "rest-probability", "top-share"]

MAX_PICTURES = 400
NEAR_MISS = 3
_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)\s*%?")


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
    said = _probabilities_said(fold(events).answers.get(field))
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


def _probabilities_said(answer: object) -> set[float]:
    """Return what the first number in an answer may mean as a probability."""
    if (plain := number(answer)) is not None:
        return {plain, plain / 100}
    found = _NUMBER.search(answer) if isinstance(answer, str) else None
    if found is None:
        return set()
    value = float(found.group().rstrip("% ").strip().replace(",", "."))
    return {value / 100} if found.group().endswith("%") else {value, value / 100}
