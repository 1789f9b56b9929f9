"""Take all of the computer's memory.

Each process of a student's has a limit. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
hoard = []

def squares(n):
    while True:
        hoard.append(bytearray(1 << 26))
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


EXPECTED = Expected()
