"""Abuse the function that a test hands over.

Call it with the wrong things, a thousand times, from a thread, and after the test. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"
SOURCE = """
import threading
kept = []

def twice(f, x):
    kept.append(f)
    for _ in range(300):
        for odd in (None, "x" * 1000, [], {}, float("nan"), 10 ** 3000):
            try:
                f(odd)
            except Exception:
                pass
    thread = threading.Thread(target=f, args=(1,))
    thread.start()
    thread.join(0.2)
    return f(x)

def mean(values):
    return kept[0](14)
"""


def play(work: Work) -> None:
    work.answer("twice", SOURCE)
    work.last("kept[0](1)")


EXPECTED = Expected()
