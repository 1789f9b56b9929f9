"""Change the teacher's helper that the tests compare with.

The cell is locked, and the tests take the helper from the teacher's notebook, never from the student's. The teacher
sees no points, and that the locked cell had been changed.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"


def play(work: Work) -> None:
    work.answer("helpers", "def close(a, b):\n    return True")
    work.before("test_double", "def close(a, b):\n    return True")


EXPECTED = Expected(notes=("The text of the locked cell helpers had been changed",))
