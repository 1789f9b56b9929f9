"""Crash Python itself.

The teacher sees no points, and the cells say that the student's code crashed Python.
"""

from tests.hostile.trick import Expected, Work

SOURCE = "import ctypes\ndef squares(n):\n    ctypes.string_at(0)"


def play(work: Work) -> None:
    work.answer("squares", SOURCE)
    work.last("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")


EXPECTED = Expected()
