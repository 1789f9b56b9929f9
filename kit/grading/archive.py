"""Submissions from a zip file, unpacked as if a stranger had packed it."""

from __future__ import annotations

import io
import re
import shutil
import stat
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from nbgrader.plugins import FileNameCollectorPlugin

from kit.errors import GradingError, SubmissionInvalid
from kit.grading.inbox import new_snapshot_folder
from kit.grading.intake import MAX_FILE_BYTES, MAX_TOTAL_BYTES
from kit.grading.report import Collected
from kit.grading.roster import Student
from kit.journal import FILE_NAME
from kit.settings import Course

MAX_MEMBERS = 5_000
MAX_ALL_BYTES = 10 * MAX_TOTAL_BYTES
CANVAS_NAME = r"(?P<name>[^_]+)_(?:LATE_)?(?P<student_id>\d+)_(?P<submission>\d+)_(?P<file_id>.+)"
"""How Canvas names the files of "Download Submissions": the student's name, Canvas id, submission id, the file."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a zip that is worth a look."""

    path: PurePosixPath
    content: bytes


def unpack(course: Course, lesson: str, file: Path, roster: Sequence[Student]) -> Collected:
    """Put every submission of a zip file into its student's inbox, as if it had been handed in now.

    Known are folders named for students (``student/...`` or ``student/lesson/...``), zip files named for students, and
    the names that Canvas gives to the files of a download.

    Raises
    ------
    GradingError
        If the file is not a zip file.
    """
    people = _People(roster)
    found: dict[str, dict[str, bytes]] = defaultdict(dict)
    refused: list[tuple[str, str]] = []
    try:
        with zipfile.ZipFile(file) as archive:
            for member in _members(archive, refused):
                _sort_in(member, lesson, people, found, refused)
    except (OSError, zipfile.BadZipFile):
        words = "is not a zip file" if file.is_file() else "isn't there"
        raise GradingError(f"{file.name} {words}.", mend="Give the file as it was downloaded.") from None
    for student, files in found.items():
        _hand_in(course.inbox(student, lesson), files)
    return Collected(tuple(sorted(found)), tuple(refused))


class _People:
    """Who is meant by a folder's or a file's name."""

    def __init__(self, roster: Sequence[Student]) -> None:
        self._ids = {student.student_id for student in roster}
        self._by_canvas: Mapping[str, str] = {one.canvas_id: one.student_id for one in roster if one.canvas_id}
        self._canvas_names = FileNameCollectorPlugin(named_regexp=CANVAS_NAME, valid_ext=[".ipynb", ".jsonl", ".zip"])

    def of(self, path: PurePosixPath) -> str | None:
        """Return the student whose file this is."""
        for part in (*path.parts[:-1], path.stem):
            if part in self._ids:
                return part
        found = self._canvas_names.collect(path.name)
        return self._by_canvas.get(found["student_id"]) if found else None


def _sort_in(
    member: Member,
    lesson: str,
    people: _People,
    found: dict[str, dict[str, bytes]],
    refused: list[tuple[str, str]],
) -> None:
    student = people.of(member.path)
    if student is None:
        refused.append((str(member.path), "Nobody in roster.csv has that id."))
    elif member.path.suffix == ".zip":
        try:
            with zipfile.ZipFile(io.BytesIO(member.content)) as inner:
                for one in _members(inner, refused):
                    found[student].setdefault(_final_name(one.path, lesson), one.content)
        except zipfile.BadZipFile:
            refused.append((str(member.path), "It is not a zip file."))
    else:
        found[student].setdefault(_final_name(member.path, lesson), member.content)


def _final_name(path: PurePosixPath, lesson: str) -> str:
    """Name a file as the lesson names it: platforms put numbers and names around it."""
    return FILE_NAME if path.suffix == ".jsonl" else path.name if path.suffix == ".zip" else f"{lesson}.ipynb"


def _members(archive: zipfile.ZipFile, refused: list[tuple[str, str]]) -> Iterator[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_ALL_BYTES:
        raise GradingError("That zip file holds far too much.", mend="Take a smaller part of the class at a time.")
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.suffix not in {".ipynb", ".jsonl", ".zip"} or "__MACOSX" in path.parts:
            continue
        try:
            yield Member(path, _read(archive, info, path))
        except SubmissionInvalid as error:
            refused.append((info.filename, error.message))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: PurePosixPath) -> bytes:
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", info.filename):
        raise SubmissionInvalid("Its name points outside of the zip file.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SubmissionInvalid("It is a link.")
    if info.file_size > MAX_FILE_BYTES:
        raise SubmissionInvalid("It is too big.")
    try:
        # A zip file can lie about sizes; so no more than the limit is ever read.
        with archive.open(info) as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        raise SubmissionInvalid("It is damaged or locked with a password.") from None
    if len(content) > MAX_FILE_BYTES:
        raise SubmissionInvalid("It is too big.")
    return content


def _hand_in(inbox: Path, files: Mapping[str, bytes]) -> None:
    final = new_snapshot_folder(inbox)
    building = final.with_name(f".building-{final.name}")
    building.mkdir(parents=True)
    try:
        for name, content in files.items():
            if not name.endswith(".zip"):
                (building / name).write_bytes(content)
        building.rename(final)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
