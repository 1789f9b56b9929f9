"""Never end, where the test takes any error for the right one.

`except:` catches everything, so the end of a test's time could look like the error that it waits for. The teacher sees
no points.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"


def play(work: Work) -> None:
    work.answer("refuse", "def refuse(x):\n    while True:\n        pass")


EXPECTED = Expected()
