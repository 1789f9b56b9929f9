"""Close the line to the grader, and write garbage to it.

The process is taken for one that has ended. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os

def squares(n):
    for number in range(3, 64):
        try:
            os.write(number, bytes(range(256)) * 9)
            os.write(number, b"\\x00\\x00\\x00\\x05half")
            if n > 1:
                os.close(number)
        except OSError:
            pass
    return [n]
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


EXPECTED = Expected()
