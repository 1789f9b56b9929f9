"""nbgrader's exchange over the course's plain folders.

Students hand in from the lesson page (``kit.journal.hand_in``), so there is nothing here that a student may write to
and that others read: what is released comes from the teacher's own folder. No submission secret, no Unix owner and no
mode bits are needed, so it works on Windows too. The formgrader's buttons and the ``nbgrader`` command use them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NoReturn

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange import abc
from nbgrader.utils import parse_utc

from kit.errors import SubmissionInvalid
from kit.grading.inbox import Snapshot, snapshots, take_in
from kit.settings import Course

FEEDBACK_SUFFIX = ".html"


class FolderExchange(abc.Exchange):
    """What all of them share: the course and the lesson."""

    @property
    def course(self) -> Course:
        """The course."""
        return Course(Path(self.coursedir.root))

    @property
    def lesson(self) -> str:
        """The lesson's slug."""
        return str(self.coursedir.assignment_id)

    def init_src(self) -> None:
        """Nothing to look up: a course's folders are always in the same place."""

    def init_dest(self) -> None:
        """Nothing to look up: a course's folders are always in the same place."""

    def copy_files(self) -> None:
        """Nothing to copy, unless a class below says so."""

    def students_in(self, folder: Path) -> list[str]:
        """Return the students that have a folder there, as far as this call is about them."""
        wanted, excluded = self.coursedir.student_id, self.coursedir.student_id_exclude.split(",")
        found = sorted(entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
        return [name for name in found if wanted in {"*", "", name} and name not in excluded]


class ReleaseAssignment(FolderExchange, abc.ExchangeReleaseAssignment):
    """Hand a lesson out. The class reads ``assignments/release`` itself, so there is nothing to copy."""

    def copy_files(self) -> None:
        """Make sure that the student version is there, and readable."""
        folder = self.course.released(self.lesson)
        if not any(folder.glob("*.ipynb")):
            self.fail(f"There is no student version of {self.lesson} yet: generate it first.")
        self.log.info("Released %s", self.lesson)


class ListAssignments(FolderExchange, abc.ExchangeList):
    """List what is released, or what has been handed in."""

    def start(self) -> Any:
        """Return the list."""
        return self.remove_files() if self.remove else self.list_files()

    def list_files(self) -> list[dict[str, Any]]:
        """Return the released lessons, or the submissions, as nbgrader's pages want them."""
        return self._inbound() if self.inbound or self.cached else self._released()

    def remove_files(self) -> NoReturn:
        """Refuse: students may be at work on it."""
        self.fail("A released lesson stays released, because students may be at work on it.")
        raise AssertionError("fail() always raises")

    def _released(self) -> list[dict[str, Any]]:
        folders = sorted(self.course.step("release").glob(self.lesson or "*"))
        return [self._entry(folder, "released") for folder in folders if any(folder.glob("*.ipynb"))]

    def _inbound(self) -> list[dict[str, Any]]:
        inbound = self.course.root / "exchange" / "inbound"
        return [
            {**self._entry(snapshot.folder, "submitted"), "assignment_id": lesson.name, "student_id": student}
            for student in self.students_in(inbound)
            for lesson in sorted((inbound / student).glob(self.lesson or "*"))
            for snapshot in snapshots(lesson)
        ]

    def _entry(self, folder: Path, status: str) -> dict[str, Any]:
        notebooks = [{"notebook_id": file.stem, "path": str(file)} for file in sorted(folder.glob("*.ipynb"))]
        return {
            "course_id": self.coursedir.course_id,
            "assignment_id": folder.name,
            "status": status,
            "path": str(folder),
            "notebooks": notebooks,
        }


class Collect(FolderExchange, abc.ExchangeCollect):
    """Take in each student's newest submission that can be used."""

    refused: dict[str, str]
    collected: list[str]

    def copy_files(self) -> None:
        """Copy notebook and journal; whatever was collected before is kept in the course's private folder."""
        self.refused, self.collected = {}, []
        inbound = self.course.root / "exchange" / "inbound"
        for student in self.students_in(inbound):
            self._collect(student, self._in_time(snapshots(inbound / student / self.lesson)))

    def _collect(self, student: str, found: list[Snapshot]) -> None:
        for snapshot in reversed(found):
            try:
                if take_in(self.course, student, self.lesson, snapshot):
                    self.collected.append(student)
                    self.log.info("Collected %s of %s", self.lesson, student)
            except SubmissionInvalid as error:
                self.refused.setdefault(student, error.message)
                self.log.warning("Refused %s of %s: %s", snapshot.folder.name, student, error.message)
            else:
                return

    def _in_time(self, found: list[Snapshot]) -> list[Snapshot]:
        duedate = self._duedate() if self.before_duedate else None
        if duedate is None:
            return found
        return [snapshot for snapshot in found if parse_utc(snapshot.timestamp) <= duedate] or found[:1]

    def _duedate(self) -> Any:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
            try:
                return book.find_assignment(self.lesson).duedate
            except MissingEntry:
                return None


class ReleaseFeedback(FolderExchange, abc.ExchangeReleaseFeedback):
    """Give feedback back, whichever way the work came in."""

    released: list[str]

    def copy_files(self) -> None:
        """Copy each student's feedback pages to where the lesson page finds them."""
        self.released = []
        step = self.course.step("feedback")
        for student in self.students_in(step):
            pages = sorted((step / student / self.lesson).glob(f"*{FEEDBACK_SUFFIX}"))
            outbox = self.course.outbox(student, self.lesson)
            for page in pages:
                outbox.mkdir(parents=True, exist_ok=True)
                building = outbox / f".{page.name}.building"
                shutil.copyfile(page, building)
                building.replace(outbox / page.name)
            if pages:
                self.released.append(student)
                self.log.info("Gave feedback on %s to %s", self.lesson, student)


class _NotHere(FolderExchange):
    """Something that students do from the lesson page and not from nbgrader."""

    def start(self) -> NoReturn:
        """Say where it is done."""
        self.fail("Students open, hand in and read feedback on the lesson page, not here.")
        raise AssertionError("fail() always raises")


class FetchAssignment(_NotHere, abc.ExchangeFetchAssignment):
    """Students open lessons on the class page."""


class FetchFeedback(_NotHere, abc.ExchangeFetchFeedback):
    """Students read feedback on the lesson page."""


class Submit(_NotHere, abc.ExchangeSubmit):
    """Students hand in on the lesson page."""
