"""The append-only file that holds one student's work on one lesson."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kit.errors import DiskFull, JournalError, NotSaved
from kit.journal.events import GENESIS, Event, Kind, from_line, is_genuine, make_event, to_line

FILE_NAME = "journal.jsonl"
LOCK_SECONDS = 10.0
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
MAX_LINE_BYTES = 1_000_000
MAX_BYTES = 19_000_000
"""An hour of typing long answers makes a third of it. Grading takes files of a little more: what is saved is read."""
MAX_LINES = 50_000
"""A pause in typing every second for fourteen hours. Every line is read again whenever the lesson is opened."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that is not as it was written.

    Attributes
    ----------
    line
        The line's number, from 1.
    reason
        ``torn`` (half a line, from a crash), ``edited`` (its digest does not fit) or ``broken-chain`` (lines before it
        were changed, removed or put in another order).
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that a journal holds: its events in order, and what is wrong with the file."""

    events: tuple[Event, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Whether every line is as it was written. A torn line comes from a crash and is nobody's doing."""
        return all(fault.reason == "torn" for fault in self.faults)


@dataclass(slots=True)
class _Tail:
    """How far a journal has been read."""

    offset: int = 0
    lines: int = 0
    last: Event | None = None
    ends_clean: bool = True
    events: list[Event] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Journal:
    """A student's work on one lesson.

    Any number of pages, tabs or devices may write at once. An event is acknowledged (``append`` returns) only when it
    is on the disk.

    Parameters
    ----------
    folder
        The work folder; made if need be. The file in it is ``journal.jsonl``.
    now
        Returns the time; for tests.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = folder / FILE_NAME
        self._now = now
        self._tail = _Tail()

    def append(self, kind: Kind, about: str, value: Any) -> Event:
        """Write one event and return it once the disk has it.

        Parameters
        ----------
        kind, about, value
            What happened, to which field, and its JSON value.

        Raises
        ------
        NotSaved
            If the event is not on the disk. Nothing that was saved before is touched.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=LOCK_SECONDS):
                return self._append_locked(kind, about, value)
        except Timeout:
            raise NotSaved("Another page is saving and does not finish.") from None
        except OSError as error:
            raise _not_saved(error) from None

    def read(self) -> Record:
        """Return every event, and every fault in the file. A journal that doesn't exist yet is empty.

        Raises
        ------
        JournalError
            If the file can't be opened at all.
        """
        try:
            self._catch_up()
        except OSError:
            raise JournalError("This journal can't be opened.") from None
        return Record(tuple(self._tail.events), tuple(self._tail.faults))

    def _append_locked(self, kind: Kind, about: str, value: Any) -> Event:
        self._catch_up()
        if not self._tail.ends_clean:
            # An earlier crash left part of a line. It stays as it is; the newline makes it a line of its own.
            _write_durably(self.path, b"\n")
            self._catch_up()
        last = self._tail.last
        event = make_event(
            seq=last.seq + 1 if last else 1,
            time=self._now().astimezone(UTC).isoformat(timespec="milliseconds"),
            kind=kind,
            field=about,
            value=value,
            prev=last.digest if last else GENESIS,
        )
        line = to_line(event)
        if len(line) > MAX_LINE_BYTES:
            raise NotSaved("This answer is too long to save.", mend="Make it shorter, then save again.")
        # What is in a full journal can still be handed in, and the receipt noted.
        is_full = self._tail.offset + len(line) > MAX_BYTES or self._tail.lines >= MAX_LINES
        if is_full and kind != "submit":
            raise NotSaved("Not saved: your journal for this lesson is full.", mend="Hand in, and tell your teacher.")
        _write_durably(self.path, line)
        self._catch_up()
        return event

    def _catch_up(self) -> None:
        """Read what was added since the last look; another page may have written."""
        try:
            with self.path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._tail.offset:
                    self._tail = _Tail()
                file.seek(self._tail.offset)
                added = file.read()
        except FileNotFoundError:
            self._tail = _Tail()
            return
        complete, newline, rest = added.rpartition(b"\n")
        self._tail.ends_clean = not rest
        if newline:
            for line in complete.split(b"\n"):
                self._take(line)
            self._tail.offset += len(complete) + 1

    def _take(self, line: bytes) -> None:
        tail = self._tail
        tail.lines += 1
        try:
            event = from_line(line)
            genuine = is_genuine(event)
        except (ValueError, TypeError, RecursionError) as error:
            # A crash cuts a line short; it never makes one longer.
            is_longer = isinstance(error, JSONDecodeError) and error.msg == "Extra data"
            tail.faults.append(Fault(tail.lines, "edited" if is_longer else "torn"))
            return
        if not genuine:
            tail.faults.append(Fault(tail.lines, "edited"))
        elif event.prev != (tail.last.digest if tail.last else GENESIS):
            tail.faults.append(Fault(tail.lines, "broken-chain"))
        tail.last = event
        tail.events.append(event)


def _write_durably(path: Path, data: bytes) -> None:
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        if os.write(descriptor, data) != len(data):
            raise OSError(errno.ENOSPC, "short write")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new and os.name == "posix":
        # The file's own name must be on the disk too.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _not_saved(error: OSError) -> NotSaved:
    if error.errno in _FULL:
        return DiskFull("Not saved: the disk is full.")
    return NotSaved("Not saved: the class computer could not write to its disk.")
