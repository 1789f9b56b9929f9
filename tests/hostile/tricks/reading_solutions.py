"""Read the solutions, the gradebook, other students' work and the teacher's home.

The folder is the only one that can be opened. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os, pathlib, sys

def attempt(path):
    for read in (lambda: os.listdir(path), lambda: open(path, "rb").read(9), lambda: os.readlink(path)):
        try:
            print("LOO" "T", path, read())
        except OSError:
            pass

course = pathlib.Path(COURSE)
for path in (
    course, course / "source/ps1", course / "source/ps1/problem1.ipynb", course / "release/ps1/problem1.ipynb",
    course / "gradebook.db", course / "nbgrader_config.py", course / "submitted/honest-right/ps1/problem1.ipynb",
    *CANARIES, "/etc/passwd", "/etc/hostname", "/proc/self/environ", "/proc/self/maps", "/proc/1/cmdline", "/root",
    "/home", "/tmp", "/proc/self/mem", "/proc/self/fd", "/var", "/run", "/dev/shm", "/dev/tty",
    f"/proc/{os.getppid()}/environ", f"/proc/{os.getppid()}/cwd",
):
    attempt(str(path))
for folder in sys.path:
    attempt(os.path.join(folder, "nbgrader/docs/source/user_guide/source/ps1/problem1.ipynb"))
    attempt(os.path.join(folder, "kit/grading/checks.py"))
if "SECRET" in os.environ:
    print("LOO" "T the environment")
"""


def play(work: Work) -> None:
    course = work.folder.parents[2]
    facts = f"COURSE, CANARIES = {str(course)!r}, {[str(file) for file in work.canaries]!r}\n"
    work.first(facts + SOURCE)


EXPECTED = Expected()
