"""Leave threads that go on when the notebook is over.

They end with the student's process, at the end of the notebook. The teacher sees no points, and nothing is left.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import atexit, signal, threading, time

def stay():
    while True:
        time.sleep(0.05)
        with open("alive", "a") as file:
            file.write("x")

for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
threading.Thread(target=stay).start()
atexit.register(stay)
"""


def play(work: Work) -> None:
    work.last(SOURCE)


EXPECTED = Expected()
