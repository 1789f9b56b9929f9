"""Return text that the test runs as code.

Some tests call `eval` with what a function returned. In the teacher's process that would be the student's code with the
teacher's rights. It is not run, and the teacher looks at that test in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"
SOURCE = """
def as_source(n):
    path = PATH
    return f"[print('LOO' + 'T'), __import__('os').system('echo > ' + {path!r})] and [0, 1, 2]"
"""


def play(work: Work) -> None:
    work.answer("as_source", SOURCE.replace("PATH", repr(str(work.folder.parents[2] / "canary.txt"))))


EXPECTED = Expected(person=frozenset({"test_as_source"}), notes=("runs text as code",))
