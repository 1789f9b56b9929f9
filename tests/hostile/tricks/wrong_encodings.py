"""Hand in a notebook in UTF-16.

The teacher is told that it is broken, or sees no points if it can be read.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.write_bytes(work.file.read_text().encode("utf-16"))
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb is not a notebook")
