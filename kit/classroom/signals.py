"""Ctrl-C and other ways of saying *enough*, for a command that has programs to end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_ALREADY = b"\nIt is ending already, which can take ten seconds. Nothing more to press.\n"
_STANDARD_ERROR = 2


@contextmanager
def one_orderly_end(end: Callable[[], None]) -> Iterator[None]:
    """Turn Ctrl-C, an ended terminal and a polite kill into one orderly end; say once that more of them change nothing.

    Nothing is raised in the middle of something else: ``end`` makes a note, and whoever waits looks at it. So pressing
    twice, as people do when nothing happens at once, can't cut the ending short and leave programs behind.

    Parameters
    ----------
    end
        Notes that it is enough. Called from a signal handler, so it must not wait for anything.
    """
    heard = told = False

    def handle(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the shape of a signal handler
        nonlocal heard, told
        end()
        if heard and not told:
            told = True
            # Not printed: a signal may come in the middle of a print. And the terminal may be what has gone.
            with suppress(OSError):
                os.write(_STANDARD_ERROR, _ALREADY)
        heard = True

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
