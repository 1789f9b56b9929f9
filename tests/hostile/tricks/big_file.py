"""Fill the disk with one file.

A file can't have more than some megabytes. The teacher sees no points, and the folder is gone afterwards.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os
with open("big", "wb") as file:
    for _ in range(200):
        file.write(b"x" * (1 << 20))
        file.flush()
print("LOO" + "T", os.path.getsize("big"))
"""


def play(work: Work) -> None:
    work.first(SOURCE)


EXPECTED = Expected()
