"""Turn the test cells into Markdown, and the answer too.

Text is not run. The teacher sees no points, and that the settings of the cells had been changed.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]


EXPECTED = Expected(notes=("The settings of the cell correct_squares had been changed",))
