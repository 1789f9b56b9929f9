"""Hand in a notebook of very many cells.

The teacher is told that there are far too many, and nothing is run.
"""

import nbformat

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.notebook.cells += [nbformat.v4.new_code_cell("1") for _ in range(30_000)]


EXPECTED = Expected(refused="far too many cells")
