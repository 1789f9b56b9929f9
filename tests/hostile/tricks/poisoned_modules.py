"""Put a fake into the place of a module that is loaded.

`sys.modules` is a dictionary like any other. The teacher sees no points: the teacher's process has its own.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import sys, types

class Fake(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: True

for name in ("math", "unittest", "numpy", "decimal", "kit.grading.code.running.carry", "json", "IPython"):
    sys.modules[name] = Fake(name)
np = numpy = types.SimpleNamespace(allclose=lambda *a: True, array=lambda *a: True)
"""


def play(work: Work) -> None:
    work.before("correct_squares", SOURCE)


EXPECTED = Expected()
