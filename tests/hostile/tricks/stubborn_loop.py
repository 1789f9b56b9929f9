"""Never end, and don't listen to signals.

Whoever does not stop is ended, with all that was made so far. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import signal

def squares(n):
    while n == 10:
        try:
            while True:
                pass
        except BaseException:
            continue
    return [i * i for i in range(1, n + 1)]

for number in (signal.SIGINT, signal.SIGALRM, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
signal.setitimer(signal.ITIMER_REAL, 1e9)
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)


EXPECTED = Expected()
