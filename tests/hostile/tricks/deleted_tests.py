"""Delete the test cells.

What is not there can't fail. The teacher sees no points, and that the cells were put back.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    tests = work.tests
    work.notebook.cells = [cell for cell in work.cells if cell not in tests]


EXPECTED = Expected(notes=("The cell correct_squares was missing and was put back",))
