"""Grade a class whose notebooks hold code: stock ``nbgrader autograde``, then ``kit grade``, on the same submissions.

``SUBMISSIONS`` in the environment says how many (20); each has the two notebooks of the course that
``nbgrader quickstart`` makes. Says whether the gradebooks have equal rows. The last line is ``ratio: N``: the stock
time divided by the kit's.

``GROWTH`` in the environment, such as ``10,30,100,300``, measures the kit alone with so many submissions instead:
seconds and memory of all its processes together. The last line is then ``ratio: N``: how much longer a submission takes
among the most than among the fewest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.grading.code.example_course import ALMOST, BIN, BROKEN, RIGHT, WRONG, gradebook_rows, hand_in, quickstart

SUBMISSIONS = int(os.environ.get("SUBMISSIONS", "20"))
GROWTH = [int(number) for number in os.environ.get("GROWTH", "").split(",") if number]
_LOOK_EVERY = 1.0  # seconds between two looks at the memory: each takes processor time from what is measured
_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Run:
    """How one command went.

    Attributes
    ----------
    seconds
        From its start to its end, imports and all.
    memory
        The most bytes that it and its children had for themselves at one moment.
    """

    seconds: float
    memory: int


def make_class(course: Path, size: int) -> None:
    """Hand in for as many students, of four kinds of skill."""
    for number in range(size):
        hand_in(course, f"student-{number:03}", (RIGHT, WRONG, ALMOST, BROKEN)[number % 4])


def measure(command: list[str | Path], folder: Path) -> Run:
    """Run a command to its end and look at its memory meanwhile."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]])}
    started, most = time.perf_counter(), 0
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet) as running:
        while not _has_ended(running, _LOOK_EVERY):
            most = max(most, _memory(running.pid))
        seconds = time.perf_counter() - started
    if running.returncode:
        sys.exit(f"error: {command[0]} ended with {running.returncode}")
    return Run(seconds, most)


def _has_ended(running: subprocess.Popen[bytes], patience: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        running.wait(patience)
    return running.returncode is not None


def _memory(pid: int) -> int:
    total = 0
    with suppress(psutil.NoSuchProcess):
        main = psutil.Process(pid)
        for process in [main, *main.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                total += process.memory_full_info().uss
    return total


def stock(course: Path) -> Run:
    """Grade as nbgrader does."""
    return measure([sys.executable, "-m", "nbgrader", "autograde", "ps1"], course)


def kit(course: Path) -> Run:
    """Grade as the kit does."""
    return measure([BIN / "kit", "grade", "ps1", "--course", course], course)


def compare(folder: Path) -> None:
    """Grade the same class both ways."""
    course = quickstart(folder)
    make_class(course, SUBMISSIONS)
    ours = shutil.copytree(course, folder / "ours")
    print(f"{SUBMISSIONS} submissions of two notebooks each, load {os.getloadavg()[0]:.1f}")
    theirs, mine = stock(course), kit(ours)
    for name, run in (("nbgrader autograde", theirs), ("kit grade", mine)):
        print(f"{name:20} {run.seconds:8.1f} s   {run.memory / _MB:6.0f} MB")
    print("gradebook rows:", "equal" if gradebook_rows(course) == gradebook_rows(ours) else "DIFFERENT")
    print(f"ratio: {theirs.seconds / mine.seconds:.2f}")


def grow(folder: Path) -> None:
    """Grade more and more with the kit alone."""
    plain = quickstart(folder)
    each = []
    for size in GROWTH:
        course = shutil.copytree(plain, folder / f"of-{size}")
        make_class(course, size)
        run = kit(course)
        each.append(run.seconds / size)
        print(
            f"{size:4} submissions {run.seconds:8.1f} s   {each[-1]:6.3f} s each   {run.memory / _MB:6.0f} MB",
            flush=True,
        )
    print(f"ratio: {each[-1] / each[0]:.2f}")


def main() -> None:
    """Run what the environment asks for."""
    with tempfile.TemporaryDirectory() as folder:
        grow(Path(folder)) if GROWTH else compare(Path(folder))


if __name__ == "__main__":
    main()
