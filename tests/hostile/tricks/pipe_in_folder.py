"""Hand in a pipe that nobody writes to.

Whoever opens it waits forever. The teacher is told that it is not a file, and nothing is run.
"""

import os

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    os.mkfifo(work.folder / "words.csv")


EXPECTED = Expected(refused="is a link or something else that is not a file")
