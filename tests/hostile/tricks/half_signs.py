"""Write signs that no file can hold: halves of a pair, and zero bytes.

The teacher sees no points: they are replaced by a question mark.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.first("half = '\ud800'\nprint(half)\nprint('\\ud800 \\x00')")
    work.answer("sum_of_squares_equation", "half \udfff and zero \x00")
    work.answer("squares", "def squares(n):\n    return '\\ud800'")
    work.cells[-1].metadata["name\ud800"] = "\udc00"


EXPECTED = Expected()
