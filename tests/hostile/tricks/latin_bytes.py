"""Hand in a notebook with bytes that are no UTF-8.

The teacher is told that it is broken.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.write_bytes(work.file.read_bytes().replace(b"Part", b"P\xe4rt"))
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb is not a notebook: its JSON is broken")
