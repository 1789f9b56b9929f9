"""Hand in more notebooks than were asked for, some with odd names.

They are not run. The teacher sees no points.
"""

import shutil

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for name in ("extra", "problem1 (1)", "problem[1]", "Problem1", "-x", "header", "problem1.ipynb"):
        shutil.copy(work.file, work.folder / f"{name}.ipynb")


EXPECTED = Expected()
