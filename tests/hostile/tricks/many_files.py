"""Fill the disk with many files.

Whoever leaves more files or megabytes than are bearable is ended. The teacher sees no points, and that the code used
more than it may.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import time
for number in range(1_000_000):
    with open(f"file-{number}", "wb") as file:
        file.write(b"x" * (1 << 16))
"""


def play(work: Work) -> None:
    work.first(SOURCE)


EXPECTED = Expected()
