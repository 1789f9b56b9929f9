"""Numbers out of places where anybody may have written anything."""

from __future__ import annotations

import math
import re
from typing import Any

_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)\s*%?")


def number(value: Any) -> float | None:
    """Return a finite number, or ``None`` for everything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def number_said(answer: Any) -> float | None:
    """Return the first number in an answer, such as 12 in ``12 pieces``; ``None`` if there is none."""
    if (plain := number(answer)) is not None:
        return plain
    found = _first(answer)
    return None if found is None else float(found.rstrip("% ").strip().replace(",", "."))


def shares_said(answer: Any) -> set[float]:
    """Return what the first number in an answer may mean as a share: ``0.42``, ``42 %`` and ``42`` are the same."""
    value = number_said(answer)
    if value is None:
        return set()
    is_percent = (_first(answer) or "").endswith("%")
    return {value / 100} if is_percent else {value, value / 100}


def _first(answer: Any) -> str | None:
    found = _NUMBER.search(answer) if isinstance(answer, str) else None
    return found.group() if found else None
