"""Hand in test cells that already show full points.

The teacher sees no points: nothing of a submitted output is kept.
"""

import nbformat

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        points = nbformat.v4.new_output("execute_result", data={"text/plain": "1.0"}, execution_count=1)
        cell.outputs, cell.execution_count = [points], 1


EXPECTED = Expected()
