"""Submissions as students handed them in, and the way from there to nbgrader's ``submitted`` folder."""

from __future__ import annotations

import re
import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kit.errors import SubmissionInvalid
from kit.grading.intake import inspect
from kit.journal import FILE_NAME
from kit.settings import Course

TIMESTAMP = "timestamp.txt"
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"
_FOLDER_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)\.(\d{6})Z")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One submission in a student's inbox.

    Attributes
    ----------
    folder
        Where it is.
    timestamp
        When it was handed in, in the form that nbgrader reads and that sorts by itself.
    """

    folder: Path
    timestamp: str


def snapshots(inbox: Path) -> list[Snapshot]:
    """Return the submissions in an inbox, oldest first. One that is still being written does not count."""
    if not inbox.is_dir() or inbox.is_symlink():
        return []
    found = [
        Snapshot(folder, "{} {}:{}:{}.{} UTC".format(*match.groups()))
        for folder in inbox.iterdir()
        if (match := _FOLDER_TIME.match(folder.name))
    ]
    return sorted(found, key=lambda snapshot: (snapshot.timestamp, snapshot.folder.name))


def new_snapshot_folder(inbox: Path) -> Path:
    """Return the name for a submission that comes in now by another road, such as a zip file."""
    return inbox / f"{datetime.now(UTC).strftime('%Y-%m-%dT%H%M%S.%f')}Z-{uuid.uuid4().hex[:8]}"


def take_in(course: Course, student: str, lesson: str, snapshot: Snapshot) -> bool:
    """Copy a submission into ``submitted``, unless what is there is as new.

    What was there is moved aside, never deleted. Only notebooks that the lesson has and the journal are copied.

    Returns
    -------
    bool
        Whether anything was copied.

    Raises
    ------
    SubmissionInvalid
        If the submission can't be used.
    """
    target = course.step("submitted") / student / lesson
    if _timestamp_of(target) >= snapshot.timestamp:
        return False
    inspect(snapshot.folder)
    building = target.parent / f".{lesson}-{uuid.uuid4().hex}"
    building.mkdir(parents=True)
    try:
        _copy(course, lesson, snapshot, building)
        if target.exists():
            _move_aside(course, student, lesson, target)
        building.rename(target)
    except OSError:
        raise SubmissionInvalid("It could not be copied.", mend="Look at the disk, then collect again.") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return True


def fill_in_notebooks(course: Course, lesson: str, folder: Path) -> None:
    """Add the released notebook to a submission that has only its journal; nbgrader needs one to look at."""
    for released in sorted(course.released(lesson).glob("*.ipynb")):
        if not (folder / released.name).exists():
            shutil.copyfile(released, folder / released.name)


def _copy(course: Course, lesson: str, snapshot: Snapshot, folder: Path) -> None:
    names = [FILE_NAME, *(released.name for released in course.released(lesson).glob("*.ipynb"))]
    for name in names:
        if (snapshot.folder / name).is_file():
            shutil.copyfile(snapshot.folder / name, folder / name)
    fill_in_notebooks(course, lesson, folder)
    (folder / TIMESTAMP).write_text(snapshot.timestamp, encoding="utf-8")


def _timestamp_of(folder: Path) -> str:
    """Return when the work in a folder was handed in; work that was put there by hand has no time, so it is oldest."""
    file = folder / TIMESTAMP
    return file.read_text(encoding="utf-8", errors="replace").strip() if file.is_file() else ""


def _move_aside(course: Course, student: str, lesson: str, folder: Path) -> None:
    kept = course.private / "earlier" / student / lesson / new_snapshot_folder(Path()).name
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(folder, kept)
