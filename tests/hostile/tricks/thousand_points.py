"""Give a test cell a thousand points, and end it with that number.

The points of a cell are in its metadata, and the value of a test's last line is taken for points. The teacher sees
no points, and that both the cell's settings and its text had been changed.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        cell.metadata.nbgrader["points"] = 1000
        cell.source = "1000"


EXPECTED = Expected(
    notes=("The settings of the cell correct_squares", "The text of the locked cell correct_squares had been changed")
)
