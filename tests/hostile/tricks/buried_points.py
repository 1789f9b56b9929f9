"""Bury the part of the points that a test gave under pictures.

A test whose last value is lost would count in full. Such values are never cut off. The teacher sees the half point that
the code deserves.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"
SOURCE = """
from IPython.display import HTML, display

def half(x):
    for _ in range(120):
        display(HTML("<p>x"))
    for _ in range(3):
        display(HTML("x" * 3_000_000))
    print("x" * 2_000_000)
    return 2
"""


def play(work: Work) -> None:
    work.answer("partial", SOURCE)


EXPECTED = Expected(points={"test_partial": 0.5})
