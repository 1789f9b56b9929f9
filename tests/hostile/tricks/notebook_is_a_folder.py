"""Hand in a folder named like the notebook.

The teacher is told that there is no notebook.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.unlink()
    work.file.mkdir()
    (work.file / "x.ipynb").write_text("{}")
    work.notebook = None


EXPECTED = Expected(refused="There is neither a notebook nor a journal in it")
