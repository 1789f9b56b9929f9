"""Fill the disk below a path that is too long to look at.

Folders in folders, each with a long name: from the outside such a path can't be opened any more. The teacher sees no
points, and nothing is left of it.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os, time
for _ in range(40):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
for number in range(2_000):
    with open(f"file-{number}", "wb") as file:
        file.write(b"x" * (1 << 17))
time.sleep(1)
print("LOO" "T the whole flood went through")
"""


def play(work: Work) -> None:
    work.first(SOURCE)


EXPECTED = Expected()
