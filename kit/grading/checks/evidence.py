"""Whose journal a check looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from kit.journal import FILE_NAME, Event, Journal
from kit.settings import session_from_environment

_bound: ContextVar[tuple[Event, ...] | None] = ContextVar("kit_evidence", default=None)


@contextmanager
def bound_to(events: Iterable[Event]) -> Iterator[None]:
    """Let every check inside the block look at these events."""
    token = _bound.set(tuple(events))
    try:
        yield
    finally:
        _bound.reset(token)


def evidence() -> tuple[Event, ...]:
    """Return the events to look at.

    When a grader has bound a submission, that one. When the cell is run by hand, the journal beside the notebook, or
    else the one of this kernel's session.
    """
    bound = _bound.get()
    if bound is not None:
        return bound
    here = Path.cwd()
    folder = here if (here / FILE_NAME).is_file() else session_from_environment(here.name).work
    return Journal(folder).read().events
