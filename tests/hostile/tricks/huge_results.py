"""Return more than can be carried.

Too much text, too many items, lists in lists in lists, a number with a million digits: nobody compares that. The
teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value

def squares(n):
    return {1: "x" * 200_000_000, 2: [0] * 5_000_000, 10: 7 ** 2_000_000}.get(n) or deep()

def sum_of_squares(n):
    around = []
    around.append(around)
    return {1: around, 2: {n: around}}.get(n, -(10 ** 1_000_000))
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


EXPECTED = Expected()
