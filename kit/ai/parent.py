"""A child process that never outlives its parent, not even one that was killed with -9."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

__all__ = ["die_with_parent"]

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY = 1.0  # seconds, where the kernel can't tell us


def die_with_parent(parent: int) -> None:
    """Arrange that this process ends when ``parent`` ends.

    Linux does it for us. Elsewhere a thread looks whether we were given to another parent.

    Parameters
    ----------
    parent
        The parent's process id, taken as early as can be (``os.getppid()`` at start).
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # The watch also covers a parent that ended before the call above.
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
