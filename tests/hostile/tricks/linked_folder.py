"""Hand in a link to another student's folder.

The teacher is told that it is not a plain folder, and nothing is run.
"""

import shutil

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    shutil.rmtree(work.folder)
    work.folder.symlink_to(work.folder.parents[1] / "honest-right" / "ps1")
    work.notebook = None


EXPECTED = Expected(refused="It is not a plain folder")
