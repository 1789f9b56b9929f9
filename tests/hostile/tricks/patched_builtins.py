"""Patch what the tests are made of.

`len`, `sum`, `sorted`, `isinstance`, `AssertionError` and comparison helpers are only names, and a student's code can
give them other meanings. The teacher sees no points: only the student's own process has got the other meanings.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import builtins, operator, unittest

class Quiet(BaseException):
    def __new__(cls, *a):
        return ValueError("n < 1")

for name in ("len", "sum", "sorted", "isinstance", "all", "any", "abs", "min", "max", "set", "list"):
    setattr(builtins, name, lambda *a, **k: True)
builtins.AssertionError = ValueError
operator.eq = lambda *a: True
unittest.TestCase.assertEqual = lambda *a: None
"""


def play(work: Work) -> None:
    work.before("correct_squares", SOURCE)


# With ValueError in its place, a broken call of the student's own can look like the error that is asked for.
EXPECTED = Expected()
