"""Hand in a file without a single byte.

The teacher is told that it is not a notebook.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.write_bytes(b"")
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb is not a notebook")
