"""Start processes without end.

The teacher sees no points; the system says "not permitted" to the first fork, to another program and to a shell.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os, subprocess, multiprocessing

def attempt(start):
    try:
        start()
        return "LOO" "T a process"
    except OSError:
        return "refused"

while True:
    print(attempt(os.fork), attempt(lambda: subprocess.run(["/bin/true"])))
    print(attempt(lambda: os.posix_spawn("/bin/sh", ["sh"], {})))
    print(attempt(lambda: multiprocessing.get_context("fork").Process(target=print).start()))
    print(attempt(lambda: os.execv("/bin/sh", ["sh", "-c", "echo LOOT"])), os.system("echo LOOT"))
    break
"""


def play(work: Work) -> None:
    work.first(SOURCE)


EXPECTED = Expected()
