"""Give outputs and attachments a shape that no program expects.

The teacher is told that it is not a notebook.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.cell("squares").update({"outputs": [5], "attachments": [1]})


EXPECTED = Expected(refused="problem1.ipynb is not a notebook")
