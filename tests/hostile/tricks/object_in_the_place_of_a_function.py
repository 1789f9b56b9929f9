"""Return an object where a function was asked for.

From the outside, everything of a student's looks as if it could be called. The teacher looks at that test in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"


def play(work: Work) -> None:
    work.answer("make_counter", "def make_counter():\n    return object()")


EXPECTED = Expected(person=frozenset({"test_make_counter"}), notes=("is not data",))
