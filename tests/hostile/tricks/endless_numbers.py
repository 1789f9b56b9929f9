"""Return data that takes a test forever to look at.

A range of a million million numbers, a decimal number with a thousand million digits, a not-a-number: each is a few
letters on the way, and the test's own `sorted`, `sum` or `round` would never end. The teacher looks at those in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"
SOURCE = """
import decimal, fractions

def evens(n):
    return range(0, 10 ** 13, 2)

def mean(values):
    return decimal.Decimal("1E+999999999")
"""


def play(work: Work) -> None:
    work.answer("evens", SOURCE)
    work.answer("mean", "")


EXPECTED = Expected(person=frozenset({"test_evens", "test_mean"}), notes=("very many",))
