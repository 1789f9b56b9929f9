"""Hand in: a snapshot of a student's work, whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kit.errors import NotSaved
from kit.journal.events import GENESIS
from kit.journal.journal import FILE_NAME, Journal

MOST_HANDED_IN = 40
MOST_BYTES_HANDED_IN = 256_000_000
"""So often, and so much, a student may hand in one lesson. Each time is a whole copy, which must not fill the disk."""

HANDED_IN_SUFFIXES = frozenset({".ipynb", ".jsonl"})
_BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a student gets for handing in.

    Attributes
    ----------
    code
        Eight letters and digits, such as ``K7QM-2XPD``, worked out from the work itself.
    time
        When it was handed in, UTC, ISO 8601.
    folder
        The snapshot.
    """

    code: str
    time: str
    folder: Path


def hand_in(
    work: Path, inbox: Path, lesson: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Receipt:
    """Copy the work folder into the inbox and note it in the journal.

    The snapshot gets its name only when all of it is on the disk, so whoever collects never sees half of one. The
    journal is told last: a receipt is a promise.

    Parameters
    ----------
    work, inbox
        The student's work folder and the folder for this student's submissions of this lesson.
    lesson
        The lesson's slug.
    now
        Returns the time; for tests.

    Raises
    ------
    NotSaved
        If it could not be handed in. The work itself is untouched and can be handed in again.
    """
    time = now().astimezone(UTC)
    _refuse_one_too_many(inbox)
    try:
        receipt, head = _snapshot(work, inbox, time)
    except OSError:
        raise NotSaved("Not handed in: the class computer could not copy your work.") from None
    Journal(work).append("submit", lesson, {"receipt": receipt.code, "head": head})
    return receipt


def has_handed_in(inbox: Path) -> bool:
    """Tell whether there is a submission in an inbox. One that is still being written doesn't count."""
    return inbox.is_dir() and any(not folder.name.startswith(_BUILDING) for folder in inbox.iterdir())


def _refuse_one_too_many(inbox: Path) -> None:
    times = len(list(inbox.iterdir())) if inbox.is_dir() else 0
    if times >= MOST_HANDED_IN or sum(file.stat().st_size for file in inbox.glob("*/*")) >= MOST_BYTES_HANDED_IN:
        raise NotSaved(
            f"You have handed this in {times} times, which is the limit.", mend="Your teacher has your work."
        )


def _snapshot(work: Path, inbox: Path, time: datetime) -> tuple[Receipt, str]:
    inbox.mkdir(parents=True, exist_ok=True)
    building = inbox / f"{_BUILDING}{uuid.uuid4().hex}"
    building.mkdir()
    try:
        _copy_work(work, building)
        head = _head(building)
        code = _receipt_code(head, time)
        stamp = time.isoformat(timespec="milliseconds")
        _write(building / "timestamp.txt", time.strftime("%Y-%m-%d %H:%M:%S.%f UTC"))
        _write(building / "receipt.json", json.dumps({"receipt": code, "time": stamp, "head": head}))
        _sync_folder(building)
        final = inbox / f"{time.strftime('%Y-%m-%dT%H%M%S.%f')}Z-{code}"
        building.rename(final)
        _sync_folder(inbox)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Receipt(code, stamp, final), head


def _copy_work(work: Path, to: Path) -> None:
    for file in sorted(work.iterdir()):
        if file.suffix in HANDED_IN_SUFFIXES and file.is_file() and not file.is_symlink():
            shutil.copyfile(file, to / file.name)
            with (to / file.name).open("rb+") as copy:
                os.fsync(copy.fileno())
    if not (to / FILE_NAME).exists():
        raise FileNotFoundError(FILE_NAME)


def _head(folder: Path) -> str:
    events = Journal(folder).read().events
    return events[-1].digest if events else GENESIS


def _receipt_code(head: str, time: datetime) -> str:
    letters = base64.b32encode(hashlib.sha256(f"{head}{time.isoformat()}".encode()).digest()).decode()
    return f"{letters[:4]}-{letters[4:8]}"


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
