"""Runs of this exercise, read from a journal that anybody may have written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kit.journal import Event

NAME = "guess-about-me"


@dataclass(frozen=True, slots=True)
class Run:
    """One run whose parts have the right types. What came out is not in it: it is worked out again.

    Attributes
    ----------
    seq
        Its place in the journal.
    action, params
        What was done, and with what; what is inside is still to be looked at.
    """

    seq: int
    action: str
    params: Mapping[str, Any]


def read_runs(events: Iterable[Event], action: str) -> list[Run]:
    """Return the runs of one action that can be read at all, oldest first."""
    found = (_read_run(event) for event in events if event.kind == "run" and event.field == NAME)
    return [run for run in found if run is not None and run.action == action]


def _read_run(event: Event) -> Run | None:
    value = event.value
    if not isinstance(value, dict):
        return None
    action, params = value.get("action"), value.get("params")
    if not (isinstance(action, str) and isinstance(params, dict)):
        return None
    return Run(event.seq, action, params)
