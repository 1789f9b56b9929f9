"""Take the asserts out of the tests.

The cells stay what they are, but check nothing any more. The teacher sees no points, and that the text of the locked
cells had been changed.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        cell.source = "\n".join(line for line in cell.source.splitlines() if "assert" not in line.lower())


EXPECTED = Expected(notes=("The text of the locked cell correct_squares had been changed",))
