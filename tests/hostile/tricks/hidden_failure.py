"""Bury the failure of a test under pictures.

nbgrader looks for an error among the outputs of a test, and outputs are cut off when there are too many of them. Errors
never are. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
from IPython.display import HTML, display

def squares(n):
    for _ in range(300):
        display(HTML("<p>x"))
    print("x" * 2_000_000)
    return [n]

def sum_of_squares(n):
    for _ in range(9):
        display(HTML("x" * 3_000_000))
    print("x" * 2_000_000)
    return -1
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)
    work.answer("sum_of_squares", "from_above = sum_of_squares")


EXPECTED = Expected()
