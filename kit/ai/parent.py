"""A child process that never outlives its parent, not even one that was killed with -9."""

from __future__ import annotations

import os
import threading
import time

__all__ = ["die_with_parent"]

_LOOK_EVERY = 0.5  # seconds


def die_with_parent(parent: int) -> None:
    """Arrange that this process ends when ``parent`` ends.

    A thread looks whether the parent is still there. Linux could send a signal instead (``PR_SET_PDEATHSIG``), but it
    would also send it when only the *thread* that started us ends, and a supervisor starts children in threads.

    Parameters
    ----------
    parent
        The parent's process id, taken as early as can be (``os.getppid()`` at start).
    """
    threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while _alive(parent):
        time.sleep(_LOOK_EVERY)
    os._exit(0)


def _alive(parent: int) -> bool:
    if os.name == "nt":
        import psutil

        return bool(psutil.pid_exists(parent))
    return os.getppid() == parent
