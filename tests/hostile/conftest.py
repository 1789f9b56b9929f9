"""One course, one class: every trick is a student in it, and it is graded once, by the real command."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, chdir, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from tests.hostile import course as own_course
from tests.hostile.trick import Doors, Trick, Work, all_tricks

ASSIGNMENT = "ps1"
GRADER = os.environ.get("HOSTILE_GRADER", "")
KIT = [str(Path(sys.executable).parent / "kit"), "grade", ASSIGNMENT, "--course", ".", "--json"]
COMMAND = shlex.split(GRADER) if GRADER else KIT
GUARD = "\nfrom kit.grading.code import guard\nguard(c)\n"
TO_NBGRADER = {"asserts_removed", "class_that_agrees", "forged_replies", "script_in_pages", "stop_iteration"}
SECRET = "nobody-may-read-this"
HONEST = ("honest-right", "honest-wrong")


@dataclass(frozen=True, slots=True)
class Graded:
    """A class after grading.

    Attributes
    ----------
    root
        The course's folder.
    tests
        The cells that give points by running.
    rows
        What `kit grade --json` printed, by student; empty for another grader.
    scores
        What the gradebook has: for each student and cell, the points by machine and whether a person is to look.
    changed
        Files that are not as they were, though no grader and no student has to write there.
    visitors
        Which of the doors somebody came through.
    left
        Files in the folder for temporary files, and processes in it.
    """

    root: Path
    tests: set[str]
    rows: dict[str, dict[str, Any]]
    scores: dict[str, dict[str, tuple[float | None, bool]]]
    changed: list[str]
    visitors: list[str]
    left: list[str]

    def to_a_person(self, student: str) -> set[str]:
        """Name the tests of a student that a person has to look at."""
        return {name for name, (_, person) in self.scores[student].items() if person and name in self.tests}

    def outputs(self, student: str) -> list[dict[str, Any]]:
        """Return all that a student's cells have shown."""
        files = sorted((self.root / "autograded" / student / ASSIGNMENT).glob("*.ipynb"))
        cells = [cell for file in files for cell in nbformat.read(file, as_version=4).cells]
        return [output for cell in cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with its student version made, and two honest students."""
    root = own_course.make(tmp_path_factory.mktemp("template") / "course")
    for name in HONEST:
        own_course.hand_in(root, name, right=name == "honest-right")
    return root


@pytest.fixture(scope="session")
def alone(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Grade the honest students, without anybody else."""
    return _grade(Path(shutil.copytree(course, tmp_path_factory.mktemp("alone") / "course")))


@pytest.fixture(scope="session")
def graded(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Grade the whole class."""
    return _grade(Path(shutil.copytree(course, tmp_path_factory.mktemp("class") / "course")), all_tricks())


@pytest.fixture(scope="session")
def by_nbgrader(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Grade the honest students and some of the others with nbgrader's own command, in a course with the guard."""
    root = Path(shutil.copytree(course, tmp_path_factory.mktemp("guarded") / "course"))
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(GUARD)
    nbgrader = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT]
    return _grade(root, [trick for trick in all_tricks() if trick.name in TO_NBGRADER], nbgrader)


def _grade(root: Path, tricks: Iterable[Trick] = (), command: Sequence[str] = COMMAND) -> Graded:
    home, temporary = root.parent / "home", root.parent / "tmp"
    for folder in (home, temporary):
        folder.mkdir()
    canaries = (home / "canary.txt", root / "canary.txt")
    for file in canaries:
        file.write_text(SECRET)
    with open_doors(root.parent) as (doors, visitors):
        for trick in tricks:
            folder = own_course.hand_in(root, trick.name, right=False, only=trick.notebook)
            work = Work.open(folder, trick.notebook, canaries, doors)
            trick.play(work)
            work.close()
        before = _digests(root.parent)
        printed = _run(command, root, {"HOME": str(home), "TMPDIR": str(temporary), "SECRET": SECRET})
        came = visitors()
    after = _digests(root.parent)
    changed = sorted(name for name in before | after if before.get(name) != after.get(name))
    left = [path.name for path in temporary.iterdir()] + list(_processes_in(temporary))
    rows = {row["student"]: row for row in json.loads(printed)} if command == KIT else {}
    return Graded(root, own_course.tests_of(root), rows, _scores(root), changed, came, left)


def _run(command: Sequence[str], root: Path, environment: dict[str, str]) -> str:
    """Run the grader in the course's folder, as a teacher does."""
    done = subprocess.run(
        command, cwd=root, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if command == KIT and not done.stdout.startswith("["):
        raise AssertionError(f"the class was stopped: {done.stderr[-4000:]}")
    return done.stdout


def _digests(folder: Path) -> dict[str, str]:
    """Return a digest of each file that nobody has to write to while a class is graded."""
    written = ("course/autograded", "course/gradebook.db", "course/.kit", "home/.")
    places = [folder / "course", folder / "home"]
    found = [Path(parent, name) for place in places for parent, _, names in os.walk(place) for name in names]
    names = {str(path.relative_to(folder)): path for path in found if path.is_file() and not path.is_symlink()}
    kept = {name: path for name, path in names.items() if not name.startswith(written)}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in kept.items()}


def _processes_in(folder: Path) -> Iterator[str]:
    for process in psutil.process_iter():
        try:
            if process.cwd().startswith(str(folder)):
                yield f"process {process.pid}"
        except psutil.Error:
            continue


_SCORES = """
    SELECT student.id, base_cell.name, grade.auto_score, grade.needs_manual_grade
    FROM grade
    JOIN base_cell ON base_cell.id = grade.cell_id
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN student ON student.id = submitted_assignment.student_id
"""


def _scores(root: Path) -> dict[str, dict[str, tuple[float | None, bool]]]:
    found: dict[str, dict[str, tuple[float | None, bool]]] = {}
    with closing(sqlite3.connect(root / "gradebook.db")) as book:
        for student, cell, points, person in book.execute(_SCORES):
            found.setdefault(student, {})[cell] = (points, bool(person))
    return found


@contextmanager
def open_doors(folder: Path) -> Iterator[tuple[Doors, Any]]:
    """Listen wherever a student's code could call home; the second value tells which of them somebody came to."""
    with ExitStack() as stack, chdir(folder):  # a path of a socket has to be short

        def listen(family: int, kind: int, address: Any) -> socket.socket:
            door = stack.enter_context(socket.socket(family, kind))
            door.bind(address)
            door.setblocking(False)
            if kind == socket.SOCK_STREAM:
                door.listen()
            return door

        doors = {
            "tcp": listen(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            "udp": listen(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            "stream": listen(socket.AF_UNIX, socket.SOCK_STREAM, "stream.sock"),
            "datagram": listen(socket.AF_UNIX, socket.SOCK_DGRAM, "datagram.sock"),
            "abstract": listen(socket.AF_UNIX, socket.SOCK_STREAM, f"\0hostile-{os.getpid()}-{folder.name}"),
        }
        addresses = Doors(
            doors["tcp"].getsockname()[1],
            doors["udp"].getsockname()[1],
            str(folder / "stream.sock"),
            str(folder / "datagram.sock"),
            f"hostile-{os.getpid()}-{folder.name}",
        )
        yield addresses, lambda: [name for name, door in doors.items() if _was_visited(door)]


def _was_visited(door: socket.socket) -> bool:
    try:
        if door.type == socket.SOCK_STREAM:
            door.accept()[0].close()
        else:
            door.recv(1)
    except BlockingIOError:
        return False
    return True
