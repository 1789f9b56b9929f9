"""Print and show more than anybody can read.

The teacher sees no points, and outputs that were cut off.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
from IPython.display import HTML, display
import sys

print("x" * 30_000_000)
for _ in range(20_000):
    print("x" * 1000)
    print("y" * 1000, file=sys.stderr)
for _ in range(30):
    display(HTML("z" * 3_000_000))
for _ in range(5_000):
    display({"text/plain": "a"}, raw=True)
"""


def play(work: Work) -> None:
    work.first(SOURCE)
    work.before("correct_squares", "class Loud:\n    def __repr__(self):\n        return 'r' * 50_000_000\nLoud()")


EXPECTED = Expected()
