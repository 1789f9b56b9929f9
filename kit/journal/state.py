"""What a student's page looks like now: the fold of all events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kit.journal.events import Event


@dataclass(slots=True)
class State:
    """The latest word on everything.

    Attributes
    ----------
    answers
        Field id to what was last written or chosen there (kinds ``answer`` and ``choice``).
    predictions
        Every prediction, in order. A prediction is never replaced: the first one for a thing is the one that counts.
    runs
        Every run of an exercise, in order.
    sources
        Source id to its fields; a source whose last value is ``None`` was removed.
    citations
        Source id to its last citation.
    claims, statements
        Field id to the last claim, or AI-use statement.
    submissions
        Every submission, in order.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    predictions: list[Event] = field(default_factory=list)
    runs: list[Event] = field(default_factory=list)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    citations: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    statements: dict[str, Any] = field(default_factory=dict)
    submissions: list[Event] = field(default_factory=list)


def fold(events: Iterable[Event]) -> State:
    """Return the state that the events lead to."""
    state = State()
    for event in events:
        _apply(state, event)
    return state


def _apply(state: State, event: Event) -> None:
    if event.kind in _LISTS:
        getattr(state, _LISTS[event.kind]).append(event)
    elif event.kind in _LATEST:
        getattr(state, _LATEST[event.kind])[event.field] = event.value
        if event.kind == "source" and event.value is None:
            del state.sources[event.field]


# Where each kind of event ends up; `open` and `ai` leave no trace in the state.
_LISTS = {"prediction": "predictions", "run": "runs", "submit": "submissions"}
_LATEST = {
    "answer": "answers",
    "choice": "answers",
    "source": "sources",
    "citation": "citations",
    "claim": "claims",
    "statement": "statements",
}
