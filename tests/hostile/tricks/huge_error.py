"""Raise an error with a text of a hundred megabytes.

The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
def squares(n):
    if n == 2:
        raise RuntimeError("x" * 100_000_000)
    raise ValueError("y" * 1_000_000, ["z"] * 1_000)
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


# The right error for the test of wrong input; the other tests want a result.
EXPECTED = Expected(points={"squares_invalid_input": 1.0})
