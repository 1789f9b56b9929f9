"""Return more than can be carried.

Too much text, and lists in lists in lists: nobody compares that. The teacher sees no points, and looks in person at the
tests that got something nested too deeply.
"""

from tests.hostile.trick import Expected, Work

DEEP = """
def sum_of_squares(n):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
"""


def play(work: Work) -> None:
    work.answer("squares", "def squares(n):\n    return {1: 'x' * 60_000_000, 10: 7**1_000_000}.get(n)")
    work.answer("sum_of_squares", DEEP)


EXPECTED = Expected(
    person=frozenset({"correct_sum_of_squares", "sum_of_squares_uses_squares"}),
    notes=("nested too deeply",),
)
