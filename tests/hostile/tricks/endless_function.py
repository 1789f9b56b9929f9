"""Never end, in the function under test.

The test is stopped after its time. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.answer(
        "squares", "def squares(n):\n    while n == 10:\n        pass\n    return [i * i for i in range(1, n + 1)]"
    )


EXPECTED = Expected()
