"""Reading a privacy notice: how hard it is, and which sentence answers what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from pydantic import model_validator

from kit.lessons.check.reading import grade_level
from kit.lessons.files import Record, make_record, read_yaml

NOT_SAID = 0
"""The mark for *the notice doesn't say*."""


class NoticeQuestion(Record):
    """What somebody should look for in a notice."""

    id: str
    text: str


class Notice(Record):
    """A privacy notice of a service that doesn't exist.

    Attributes
    ----------
    answers
        The number of the sentence that answers each question, from 1; ``0`` when none does.
    days, shared_with
        What it says, in short.
    """

    id: str
    title: str
    sentences: tuple[str, ...]
    answers: dict[str, int]
    days: int
    shared_with: str

    @cached_property
    def text(self) -> str:
        """The whole notice."""
        return " ".join(self.sentences)

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @cached_property
    def reading_grade(self) -> float:
        """How many years of school its sentences ask for, by the Flesch-Kincaid formula."""
        return grade_level(self.text) or 0.0


class Notices(Record):
    """All of a file."""

    questions: tuple[NoticeQuestion, ...]
    notices: tuple[Notice, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Notices:
        asked = {question.id for question in self.questions}
        for notice in self.notices:
            places = notice.answers.values()
            if set(notice.answers) != asked or not all(0 <= place <= len(notice.sentences) for place in places):
                raise ValueError(f"the answers of `{notice.id}` are not those to the questions")
        return self

    def find(self, notice_id: str) -> Notice:
        """Return a notice by its id, or raise ``KeyError``."""
        return {notice.id: notice for notice in self.notices}[notice_id]


def load_notices(folder: Path) -> Notices:
    """Read the notices of a lesson.

    Raises
    ------
    LessonError
        Naming the file and what is wrong in it.
    """
    file = folder / "notices.yml"
    return make_record(Notices, read_yaml(file), file)


def found_right(notice: Notice, marks: Mapping[str, int]) -> tuple[str, ...]:
    """Return the ids of the questions for which the right sentence was marked."""
    return tuple(question for question, place in notice.answers.items() if marks.get(question) == place)
