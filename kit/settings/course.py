"""Where everything of one course lives on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Course:
    """The folders of one course, seen from its root.

    nbgrader's own folders keep nbgrader's own names, under ``assignments/``. What the kit adds stands beside them.

    Parameters
    ----------
    root
        The folder that holds ``kit.toml``, ``assignments/`` and the gradebook.
    """

    root: Path

    @property
    def config_file(self) -> Path:
        """The course's ``kit.toml``; it need not exist."""
        return self.root / "kit.toml"

    @property
    def gradebook(self) -> Path:
        """nbgrader's database."""
        return self.root / "gradebook.db"

    @property
    def roster(self) -> Path:
        """The class list that joins pseudonyms to LMS ids. Teachers only."""
        return self.root / "roster.csv"

    @property
    def lessons(self) -> Path:
        """The folder of ``curriculum.yml`` and one folder for each lesson."""
        return self.root / "notebooks" / "lessons"

    @property
    def private(self) -> Path:
        """Secrets and logs of the running classroom; mode 0700."""
        return self.root / ".kit"

    def step(self, name: str) -> Path:
        """Return nbgrader's folder for a step: ``source release submitted autograded feedback``."""
        return self.root / "assignments" / name

    def released(self, lesson: str) -> Path:
        """Return the folder that students get of a lesson."""
        return self.step("release") / lesson

    def work(self, student: str, lesson: str) -> Path:
        """Return the live work folder of one student on one lesson (the journal is in it)."""
        return self.root / "work" / student / lesson

    def inbox(self, student: str, lesson: str) -> Path:
        """Return the folder of a student's submissions, one subfolder for each."""
        return self.root / "exchange" / "inbound" / student / lesson

    def outbox(self, student: str, lesson: str) -> Path:
        """Return the folder of feedback that has been given back to a student."""
        return self.root / "exchange" / "feedback" / student / lesson
