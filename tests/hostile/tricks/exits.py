"""End the process from the function under test.

`os._exit(0)` looks like success to whoever only asks for the exit code. The teacher sees no points, and the cells say
that the student's code ended its own process.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.answer("squares", "import os\ndef squares(n):\n    os._exit(0)")
    work.answer("sum_of_squares", "import sys\ndef sum_of_squares(n):\n    sys.exit(0)")


EXPECTED = Expected()
