"""Ties the life of a child process to its parent's, even when the parent is killed without a word."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec a child may only make the one plain call.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(signum: int = signal.SIGTERM) -> Callable[[], None] | None:
    """Return what a child should call before it becomes its program, or ``None`` where there is no such thing.

    For ``subprocess.Popen(preexec_fn=...)``. Linux sends the signal when the *thread* that started the child ends, so
    children are started from the main thread.
    """
    if _LIBC is None:
        return None
    libc, parent = _LIBC, os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)
        if os.getppid() != parent:  # the parent was gone before we could ask
            os._exit(1)

    return ask
