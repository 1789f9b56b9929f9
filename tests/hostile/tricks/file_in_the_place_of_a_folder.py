"""Hand in a folder named like a file of the teacher's.

Whoever lays the teacher's file over it fails. The teacher is told so, and nothing is run.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for name in ("words.txt", "jupyter.png"):
        (work.folder / name).unlink()
        (work.folder / name).mkdir()
        (work.folder / name / "inside.txt").write_text("x")


EXPECTED = Expected(refused="has a folder where the assignment has the file")
