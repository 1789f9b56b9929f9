"""Hand in a second name of somebody else's file.

No system lets a student do so with a file that can't be written to; where it is done, it is a copy like any other, and
the other file stays as it is. Whoever copies right answers gets their points: that is for people to find.
"""

import os

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    os.link(work.canaries[0], work.folder / "linked.txt")


EXPECTED = Expected()
