"""Split the answer, so that a right one and a wrong one bear the same name.

That happens to honest students, too: JupyterLab copies the metadata when a cell is split. Both parts run, and the last
one counts. Here the last one is wrong, so the teacher sees no points, and that the cell was there twice.
"""

import copy

from tests.hostile.trick import Expected, Work

RIGHT = "def squares(n):\n    if n < 1:\n        raise ValueError(n)\n    return [i * i for i in range(1, n + 1)]"


def play(work: Work) -> None:
    wrong = work.cell("squares")
    right = copy.deepcopy(wrong)
    right.source = RIGHT
    work.cells.insert(work.cells.index(wrong), right)


EXPECTED = Expected(notes=("The cell squares was there 2 times",))
