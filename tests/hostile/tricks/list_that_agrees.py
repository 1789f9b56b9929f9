"""Return a list and a number of the student's own kinds, which agree with everything.

A subclass of `list` or `int` is one, for `isinstance`, but brings its own `__eq__`. The teacher looks at these tests in
person.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
class Agreeable(list):
    def __eq__(self, other):
        return True
    __hash__ = None

class Number(int):
    def __eq__(self, other):
        return True
    __hash__ = int.__hash__

def squares(n):
    return Agreeable([n])
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)
    work.answer("sum_of_squares", "def sum_of_squares(n):\n    return Number(0)")


EXPECTED = Expected(
    person=frozenset(
        {"correct_squares", "squares_invalid_input", "correct_sum_of_squares", "sum_of_squares_uses_squares"}
    ),
    notes=("gave an object of its own, which is not data",),
)
