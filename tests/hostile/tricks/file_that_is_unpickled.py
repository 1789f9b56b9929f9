"""Leave a file that the test unpickles.

Unpickling runs what the file says. In the teacher's process that would be the student's code with the teacher's rights.
It is not run, and the teacher looks at that test in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"
SOURCE = """
class Run:
    def __reduce__(self):
        import os
        return eval, ("print('LOO' + 'T') or __import__('os').system('echo > ' + PATH)",)

def save(name):
    import pickle
    with open(name, "wb") as file:
        pickle.dump(Run(), file)
"""


def play(work: Work) -> None:
    work.answer("save", SOURCE.replace("PATH", repr(str(work.folder.parents[2] / "canary.txt"))))


EXPECTED = Expected(person=frozenset({"test_save"}), notes=("unpickles what could be the student's",))
