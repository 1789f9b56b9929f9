"""Copy a test cell, and let the copy check nothing.

Two cells of one name: a grader may look at the one and give points for the other. The teacher sees no points, and that
the cell was there twice.
"""

import copy

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        double = copy.deepcopy(cell)
        double.source = "1"
        work.cells.append(double)


EXPECTED = Expected(notes=("The cell correct_squares was there 2 times",))
