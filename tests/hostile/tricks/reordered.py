"""Put the tests in front of the answers, and a rescue in between.

The teacher sees no points, and that the cells are back in order.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.notebook.cells = work.tests + [cell for cell in work.cells if cell not in work.tests]
    work.before("correct_squares", "squares = None")


EXPECTED = Expected(notes=("Cells had been moved",))
