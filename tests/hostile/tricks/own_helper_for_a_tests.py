"""Let a test fail before it makes its helper, and have a helper of that name.

The next test uses the helper. The teacher looks at that test in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"


def play(work: Work) -> None:
    work.answer("first_of", "def first_of(values):\n    return 0\ndef same(a, b):\n    return True")


EXPECTED = Expected(person=frozenset({"test_last_of"}), notes=("did not get that far",))
