"""Say in the metadata that the test cells are not graded.

With `grade: false`, nbgrader leaves a whole submission without points, and some gradebooks show "not graded yet"
forever. The teacher sees no points, and that the settings had been changed.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        cell.metadata.nbgrader["grade"] = False


EXPECTED = Expected(notes=("The settings of the cell correct_squares had been changed",))
