"""Say when it was handed in, and say it badly.

nbgrader reads `timestamp.txt`. The teacher is told that the time can't be read.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    (work.folder / "timestamp.txt").write_text("yesterday; DROP TABLE grade\x00" * 50)


EXPECTED = Expected(refused="Its timestamp.txt holds no time")
