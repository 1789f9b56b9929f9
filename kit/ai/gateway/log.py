"""The gateway's log: when, which lesson, what came of it, how much. No text, no student, no address."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

__all__ = ["log_request"]


def log_request(lesson: str, outcome: str, tokens: int, started: float) -> None:
    """Write one line to stderr.

    Parameters
    ----------
    lesson
        The slug.
    outcome
        ``answered``, ``masked``, ``help``, ``refused`` or ``unavailable``.
    tokens
        Pieces of text that came, or the most that were asked for.
    started
        From ``time.perf_counter()``.
    """
    line = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "lesson": lesson,
        "outcome": outcome,
        "tokens": tokens,
        "ms": round(1000 * (time.perf_counter() - started)),
    }
    print(json.dumps(line), file=sys.stderr, flush=True)
