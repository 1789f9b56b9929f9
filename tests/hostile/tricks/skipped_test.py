"""Raise the error with which test tools skip a test.

The teacher sees no points: an error is an error.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import unittest

class Skipped(BaseException):
    pass

def squares(n):
    raise unittest.SkipTest("not today") if n % 2 else Skipped("not today")
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


EXPECTED = Expected()
