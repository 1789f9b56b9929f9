"""One event of a journal, and how events are chained."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "open", "answer", "choice", "prediction", "run", "source", "citation", "claim", "statement", "ai", "submit"
]
KINDS: frozenset[str] = frozenset(get_args(Kind))

GENESIS = "0" * 64
"""The ``prev`` of a journal's first event."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a student did.

    Attributes
    ----------
    seq
        Position in the journal, from 1.
    time
        When it was written, UTC, ISO 8601.
    kind
        One of ``KINDS``.
    field
        What it is about: a grade id, an exercise, a source's id.
    value
        Any JSON value; its shape depends on the kind (``docs/reference/journal.md``).
    prev
        The digest of the event before.
    digest
        SHA-256 over all of the above.
    """

    seq: int
    time: str
    kind: Kind
    field: str
    value: Any
    prev: str
    digest: str

    @property
    def id(self) -> str:
        """A short name by which claims and teachers refer to this event, such as ``run-12``."""
        return f"{self.kind}-{self.seq}"


def make_event(seq: int, time: str, kind: Kind, field: str, value: Any, prev: str) -> Event:
    """Return an event with its digest worked out.

    Raises
    ------
    ValueError
        If the kind is unknown, or the value isn't JSON.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of event: {kind!r}")
    return Event(seq, time, kind, field, value, prev, _digest(seq, time, kind, field, value, prev))


def to_line(event: Event) -> bytes:
    """Return the event as one line of JSON, with its newline."""
    body = {
        "seq": event.seq,
        "time": event.time,
        "kind": event.kind,
        "field": event.field,
        "value": event.value,
        "prev": event.prev,
        "digest": event.digest,
    }
    return _canonical(body) + b"\n"


def from_line(line: bytes) -> Event:
    """Return the event that a line holds. Whether it has been edited is not looked at here.

    Raises
    ------
    ValueError
        If the line isn't an event.
    """
    body = json.loads(line, parse_constant=_refuse_constant)
    if not isinstance(body, dict) or set(body) != set(Event.__slots__):
        raise ValueError("not an event")
    event = Event(**body)
    types = (event.time, event.kind, event.field, event.prev, event.digest)
    if type(event.seq) is not int or not all(isinstance(part, str) for part in types) or event.kind not in KINDS:
        raise ValueError("not an event")
    return event


def is_genuine(event: Event) -> bool:
    """Tell whether the event's digest fits what it says.

    Raises
    ------
    ValueError
        If its value holds a number that JSON doesn't have, such as ``1e999``.
    """
    return event.digest == _digest(event.seq, event.time, event.kind, event.field, event.value, event.prev)


def _refuse_constant(name: str) -> None:
    # Python reads NaN and Infinity, which aren't JSON and could not have been written here.
    raise ValueError(f"{name} is not JSON")


def _digest(*parts: Any) -> str:
    return hashlib.sha256(_canonical(parts)).hexdigest()


def _canonical(value: Any) -> bytes:
    # ASCII and sorted keys: the same value has the same bytes everywhere, and no line separator can hide in a string.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()
