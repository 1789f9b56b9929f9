"""Hand in a notebook that is a link to somebody else's.

The teacher is told that there is a link, and nothing is run.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.unlink()
    work.file.symlink_to(work.folder.parents[1] / "honest-right" / "ps1" / work.file.name)
    work.notebook = None


EXPECTED = Expected(refused="is a link or something else that is not a file")
