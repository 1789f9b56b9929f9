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


def ask_to_die_with(parent: int, signum: int) -> None:
    """Ask the system to send this process a signal when its parent ends. Does nothing where there is no such thing.

    Parameters
    ----------
    parent
        The parent's number, taken before it could have ended.
    signum
        The signal. Linux sends it when the *thread* that started this process ends.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)
    if os.getppid() != parent:  # the parent was gone before we could ask
        os._exit(1)


def die_with_parent(signum: int = signal.SIGTERM) -> Callable[[], None] | None:
    """Return what a child should call before it becomes its program, or ``None`` where there is no such thing.

    For ``subprocess.Popen(preexec_fn=...)``. Linux sends the signal when the *thread* that started the child ends, so
    children are started from the main thread.
    """
    if _LIBC is None:
        return None
    parent = os.getpid()
    return lambda: ask_to_die_with(parent, signum)
