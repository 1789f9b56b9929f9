"""How often one student may ask, and how many questions at once."""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kit.ai.refusals import TooMany

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Limits"]

_MINUTE = 60.0
_AT_ONCE = 3
_MOST_STUDENTS = 2000  # a pass is signed, so this many can only be a whole school


class Limits:
    """Counts of the last minute, in memory. One event loop uses them, so there are no locks."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._recent: dict[str, deque[float]] = {}
        self._open: dict[str, int] = {}

    def take(self, student: str) -> None:
        """Count one request.

        Raises
        ------
        TooMany
        """
        now = self._clock()
        if len(self._recent) > _MOST_STUDENTS:
            self._forget(now)
        recent = self._recent.setdefault(student, deque())
        while recent and recent[0] <= now - _MINUTE:
            recent.popleft()
        if len(recent) >= self._per_minute:
            raise TooMany("That was a lot of questions in one minute.")
        recent.append(now)

    @contextmanager
    def one_of_few(self, student: str) -> Iterator[None]:
        """Hold one of the few places a student has for questions that are being answered.

        Raises
        ------
        TooMany
        """
        if self._open.get(student, 0) >= _AT_ONCE:
            raise TooMany("Your last questions are still being answered.", mend="Wait for the answers first.")
        self._open[student] = self._open.get(student, 0) + 1
        try:
            yield
        finally:
            self._open[student] -= 1
            if not self._open[student]:
                del self._open[student]

    def _forget(self, now: float) -> None:
        self._recent = {name: times for name, times in self._recent.items() if times and times[-1] > now - _MINUTE}
