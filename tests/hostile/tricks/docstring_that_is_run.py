"""Write a docstring whose examples the test runs.

`doctest` takes the examples from the function. In the teacher's process that would be the student's code with the
teacher's rights. It is not run, and the teacher looks at that test in person.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"
SOURCE = '''
def documented(x):
    """Return x.

    >>> print('LOO' + 'T')
    >>> __import__('os').system("echo > PATH")
    >>> documented(1)
    1
    """
    return x + 1
'''


def play(work: Work) -> None:
    work.answer("documented", SOURCE.replace("PATH", str(work.folder.parents[2] / "canary.txt")))


EXPECTED = Expected(person=frozenset({"test_documented"}), notes=("runs the examples of a docstring",))
