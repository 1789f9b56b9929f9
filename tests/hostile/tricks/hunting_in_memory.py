"""Look for the hidden tests in memory.

Through the garbage collector, frames and code objects. There is nothing to find: the student's process has never seen
a test. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import gc, sys, types
clue = "serauqs esu ton seod"  # backwards, or the hunt would find itself
texts = [part for thing in gc.get_objects() if type(thing) in (list, tuple) for part in thing if type(part) is str]
texts += [part for thing in gc.get_objects() if type(thing) is dict for part in thing.values() if type(part) is str]
for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType):
        texts += [part for part in thing.__code__.co_consts if type(part) is str]
if any(clue in text[::-1] for text in texts):
    print("LOO" "T the tests")
if not any("gc.get_objects" in text for text in texts):
    print("LOO" "T nothing, and the hunt itself is broken")
"""


def play(work: Work) -> None:
    work.last(SOURCE)


EXPECTED = Expected()
