"""Give a class in the place of a result, whose metaclass agrees with everything.

The teacher looks at these tests in person.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
class Meta(type):
    def __eq__(cls, other):
        return True
    __hash__ = type.__hash__
    __mro__ = property(lambda cls: (object,))

class Yes(metaclass=Meta):
    pass

def squares(n):
    return Yes
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


EXPECTED = Expected(person=frozenset({"correct_squares"}), notes=("compares an object of the student's",))
