"""Slows down guessing of PINs and class codes."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Throttle:
    """Allows a few failures in a while, for each key.

    Parameters
    ----------
    limit, seconds
        So many failures within so many seconds; then the key has to wait until the oldest is that old.
    clock
        For tests.
    """

    limit: int = 6
    seconds: float = 300
    clock: Callable[[], float] = time.monotonic
    _failures: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def fail(self, key: str, times: int = 1) -> None:
        """Count one failure, or one that weighs as much as several."""
        self._failures[key].extend([self.clock()] * times)

    def clear(self, key: str) -> None:
        """Forget a key's failures, after it succeeded."""
        self._failures.pop(key, None)

    def wait(self, key: str) -> float:
        """Return how many seconds a key still has to wait; 0 when it may try."""
        recent = self._failures.get(key)
        if recent is None:
            return 0
        while recent and recent[0] <= self.clock() - self.seconds:
            recent.popleft()
        if not recent:
            del self._failures[key]
        return recent[0] + self.seconds - self.clock() if len(recent) >= self.limit else 0
