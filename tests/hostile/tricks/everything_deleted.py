"""Hand in a notebook without a single cell.

The teacher sees no points, and that all cells were put back.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.notebook.cells = []


EXPECTED = Expected(notes=("The cell squares was missing and was put back",))
