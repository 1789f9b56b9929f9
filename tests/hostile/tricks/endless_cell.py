"""Never end, in a cell of one's own.

The cell is stopped after its time, and the next cells run. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.before("correct_squares", "while True:\n    pass")


EXPECTED = Expected()
