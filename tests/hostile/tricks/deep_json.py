"""Hand in JSON that is nested a hundred thousand times.

The teacher is told that it is broken.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.write_text("[" * 100_000 + "]" * 100_000)
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb is not a notebook: its JSON is broken")
