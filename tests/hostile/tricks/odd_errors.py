"""Raise what is no ordinary error.

`SystemExit`, `KeyboardInterrupt`, `GeneratorExit` and other `BaseException`s go past `except Exception`, and IPython
treats some of them as a quiet end. The teacher sees no points,
and looks at one test in person: `StopIteration` can end a loop of the test's.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
class Quiet(BaseException):
    def __str__(self):
        raise KeyboardInterrupt

KINDS = {1: SystemExit, 2: KeyboardInterrupt, 10: GeneratorExit, 11: Quiet, 0: StopIteration, -4: SystemExit}

def squares(n):
    raise KINDS.get(n, Quiet)(0)

def other(n):
    raise (SystemExit, GeneratorExit, KeyboardInterrupt)[n % 3]()
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)
    work.answer("sum_of_squares", "sum_of_squares = other")


EXPECTED = Expected(person=frozenset({"squares_invalid_input"}), notes=("the error that ends a loop",))
