"""Hand in half a notebook.

The teacher is told that its JSON is broken.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    text = work.file.read_text()
    work.file.write_text(text[: len(text) // 2])
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb is not a notebook: its JSON is broken")
