"""Declare a test cell to be an answer, and rewrite it.

Answers are the student's to write, so a test that is `solution: true` would keep the student's text. The teacher sees
no points, and that the cell had been changed.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        cell.metadata.nbgrader.update({"locked": False, "solution": True})
        cell.source = "pass"


EXPECTED = Expected(notes=("The text of the locked cell correct_squares had been changed",))
