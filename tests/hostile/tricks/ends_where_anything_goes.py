"""End the process, where the test takes any error for the right one.

`except:` catches the news that the process has ended, too. The teacher sees no points, and the cell says that the
student's code ended its own process.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"


def play(work: Work) -> None:
    work.answer("refuse", "import os\ndef refuse(x):\n    os._exit(0)")


EXPECTED = Expected()
