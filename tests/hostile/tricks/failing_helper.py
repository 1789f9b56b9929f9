"""Let the teacher's own cell fail, so that the student's helper is taken in its place.

The cell with the helper begins with an example, and the example calls the student's function. The teacher looks at
that test in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"
SOURCE = """
def double(x):
    raise RuntimeError("not for you") if x == 4 else x
"""


def play(work: Work) -> None:
    work.answer("double", "def double(x):\n    if x == 4:\n        raise RuntimeError(x)\n    return x + 100")
    work.before("test_double", "def close(a, b):\n    return True")


EXPECTED = Expected(person=frozenset({"test_double"}), notes=("could not be run here",))
