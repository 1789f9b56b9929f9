"""Leave folders in folders, a thousand deep, for whoever has to clean up.

The teacher sees no points, and nothing is left of it.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os
for _ in range(1_500):
    os.mkdir("d")
    os.chdir("d")
"""


def play(work: Work) -> None:
    work.last(SOURCE)


EXPECTED = Expected()
