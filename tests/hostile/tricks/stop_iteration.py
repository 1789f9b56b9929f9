"""Raise the error that ends a loop.

`all(map(f, numbers))` takes a `StopIteration` from `f` for the end of the numbers, and all of none are right. The
teacher looks at that test in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"


def play(work: Work) -> None:
    work.answer("is_even", "def is_even(x):\n    raise StopIteration")


EXPECTED = Expected(person=frozenset({"test_is_even"}), notes=("the error that ends a loop",))
