"""Start threads without end, which stay when the cell is over.

They end with the notebook at the latest. The teacher sees no points; other students' notebooks go on beside it.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import threading, time
threading.stack_size(1 << 16)

def forever():
    while True:
        time.sleep(0.01)

try:
    for _ in range(100_000):
        threading.Thread(target=forever).start()
except (RuntimeError, MemoryError):
    pass
"""


def play(work: Work) -> None:
    work.last(SOURCE)


EXPECTED = Expected()
