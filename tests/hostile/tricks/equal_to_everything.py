"""Return an object that is equal to everything.

Its `__eq__`, `__lt__`, `__sub__`, `__contains__`, `__len__` and `__bool__` all say what a test wants to hear. The
teacher is told that the object is not data, and looks at the tests in person.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
class Anything:
    def yes(self, *others):
        return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = yes
    __hash__ = None
    def __sub__(self, other):
        return 0
    __rsub__ = __abs__ = __round__ = __float__ = __len__ = __sub__
    def __iter__(self):
        return iter(())

def squares(n):
    if n < 1:
        return Anything()
    return Anything()
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)
    work.answer("sum_of_squares", "def sum_of_squares(n):\n    return Anything()")


EXPECTED = Expected(
    person=frozenset(
        {"correct_squares", "squares_invalid_input", "correct_sum_of_squares", "sum_of_squares_uses_squares"}
    ),
    notes=("gave an object of its own, which is not data",),
)
