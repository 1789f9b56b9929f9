"""Return a function that gives the right answer only when it is asked twice.

What is not data stays in the student's process, and a test that compares it goes to the teacher. The teacher looks at
the test in person.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
answers = []

class Later:
    asked = 0
    def __eq__(self, other):
        Later.asked += 1
        return Later.asked > 1
    __hash__ = None

def squares(n):
    answers.append(n)
    return Later() if len(answers) < 3 else [i * i for i in range(1, n + 1)]
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


EXPECTED = Expected(person=frozenset({"correct_squares"}), notes=("gave an object of its own, which is not data",))
