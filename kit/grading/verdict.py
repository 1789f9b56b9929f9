"""Decide the points of a locked test cell, from the teacher's own source and the student's journal."""

from __future__ import annotations

import ast
import contextlib
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.grading.checks import Points, bound_to
from kit.journal import Event


@dataclass(frozen=True, slots=True)
class Verdict:
    """The points for one test cell.

    Attributes
    ----------
    points
        Between nothing and all of them.
    note
        Why, in one sentence.
    """

    points: float
    note: str


def decide(source: str, maximum: float, events: Sequence[Event], content: Path | None = None) -> Verdict:
    """Return the verdict of one test cell.

    Parameters
    ----------
    source
        The teacher's test cell. Nothing that a student wrote ever gets here.
    maximum
        The cell's points.
    events
        The student's journal.
    content
        The course that has the lesson's data.
    """
    try:
        with bound_to(events, content), contextlib.redirect_stdout(io.StringIO()):
            found = _evaluate(source)
    except Exception as error:  # whatever a check trips over, the other cells are still graded
        return Verdict(0.0, f"This check could not be done, so it gives no points yet: {type(error).__name__}.")
    points = _to_points(found)
    if points is None:
        return Verdict(0.0, "This check did not end in a number, so it gives no points yet.")
    because = found.because if isinstance(found, Points) else ""
    points = round(min(max(points, 0.0), maximum), 2)
    return Verdict(points, because or f"{points:g} of {maximum:g} points.")


def _evaluate(source: str) -> Any:
    """Run all of a cell and return the value of its last line, as a notebook would."""
    body = ast.parse(source).body
    namespace: dict[str, Any] = {"__name__": "kit_test_cell"}
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    # The teacher's own source, from the gradebook: this is what "trusted" means.
    exec(compile(ast.Module(body, []), "<test cell>", "exec"), namespace)  # noqa: S102
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "<test cell>", "eval"), namespace)  # noqa: S307


def _to_points(found: Any) -> float | None:
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not math.isfinite(found):
        return None
    return float(found)
