"""Write into the gradebook, the sources and another student's folder, or cut them to nothing.

The teacher sees no points, and no file has changed.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import os, shutil, sqlite3

def attempt(call, *arguments):
    try:
        call(*arguments)
        print("LOO" "T", call, arguments)
    except Exception:
        pass

for name in ("gradebook.db", "source/ps1/problem1.ipynb", "submitted/honest-right/ps1/problem1.ipynb", "canary.txt"):
    path = os.path.join(COURSE, name)
    attempt(open, path, "a")
    attempt(os.open, path, os.O_RDONLY | os.O_TRUNC)
    attempt(os.truncate, path, 0)
    attempt(os.unlink, path)
    attempt(os.rename, path, "mine")
    attempt(os.link, path, "mine")
    attempt(os.symlink, path, "link")
    attempt(os.mkfifo, "fifo")
    attempt(shutil.rmtree, os.path.dirname(path))
    attempt(lambda: sqlite3.connect(path).execute("UPDATE grade SET auto_score = 1000"))
    for call in (os.chmod, os.utime):  # these do nothing, and say that all is well
        try:
            call(path, *([0o777] if call is os.chmod else []))
        except OSError:
            pass
attempt(os.mkdir, os.path.join(COURSE, "submitted/new"))
"""


def play(work: Work) -> None:
    work.first(f"COURSE = {str(work.folder.parents[2])!r}\n" + SOURCE)


EXPECTED = Expected()
