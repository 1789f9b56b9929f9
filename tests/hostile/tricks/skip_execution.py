"""Tag the test cells so that they are not run.

nbgrader obeys the tag `skip-execution`, and a test that was not run shows no error: full points. The teacher sees no
points, and that the settings of the cells had been changed.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        cell.metadata["tags"] = ["skip-execution", "raises-exception"]


EXPECTED = Expected(notes=("The settings of the cell correct_squares had been changed",))
