"""Leave out the notebook that would fail.

The teacher is told that it is missing, and it gives no points.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.rename(work.folder / "problem2.ipynb")
    work.notebook = None


EXPECTED = Expected(notes=("The notebook problem1.ipynb is missing, so it gives no points",))
