"""Hand in a link to the solutions.

Whoever copies what was handed in would follow it. The teacher is told that there is a link, and nothing is run.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    (work.folder / "data.txt").symlink_to(work.canaries[0])


EXPECTED = Expected(refused="is a link or something else that is not a file")
