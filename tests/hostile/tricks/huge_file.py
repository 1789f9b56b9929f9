"""Hand in a file of a hundred megabytes.

The teacher is told that it is too big, and nothing is run.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    with (work.folder / "data.bin").open("wb") as file:
        file.truncate(100_000_000)


EXPECTED = Expected(refused="is too big (100 MB)")
