"""The catalogue: which lessons there are, in which order, and where their files are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pydantic import Field

from kit.errors import LessonError, LessonNotFound
from kit.lessons.files import Record, read_record
from kit.lessons.model import KEBAB, Lesson


class Entry(Record):
    """Where one lesson's files are, seen from the course root."""

    slug: str = Field(pattern=KEBAB)
    lesson: str
    co_teach: str
    notebook: str


class _Curriculum(Record):
    lessons: tuple[Entry, ...]


class Catalogue:
    """The lessons of a course, in the order in which they are taught.

    A lesson is read when it is first asked for, so one broken lesson leaves the others usable.

    Parameters
    ----------
    root
        The course, or the repository.
    entries
        The lessons' paths, in order.
    """

    def __init__(self, root: Path, entries: tuple[Entry, ...]) -> None:
        self.root = root
        self._entries = {entry.slug: entry for entry in entries}
        self._lessons: dict[str, Lesson] = {}

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The lessons' names, in order."""
        return tuple(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, slug: object) -> bool:
        return slug in self._entries

    def __iter__(self) -> Iterator[Lesson]:
        return (self[slug] for slug in self._entries)

    def __getitem__(self, slug: str) -> Lesson:
        if slug not in self._lessons:
            self._lessons[slug] = self._read(slug)
        return self._lessons[slug]

    def lesson_file(self, slug: str) -> Path:
        """Return the path of a lesson's ``lesson.yml``."""
        return self.root / self._entry(slug).lesson

    def notebook(self, slug: str) -> Path:
        """Return the path of the students' notebook: nbgrader's source."""
        return self.root / self._entry(slug).notebook

    def co_teach(self, slug: str) -> Path:
        """Return the path of the specialists' notebook."""
        return self.root / self._entry(slug).co_teach

    def data_folder(self, slug: str) -> Path:
        """Return the folder of a lesson's own data; it need not exist."""
        return self.lesson_file(slug).parent / "data"

    def picture(self, slug: str, exercise: str) -> Path:
        """Return the path of an exercise's picture for paper; it need not exist."""
        return self.lesson_file(slug).parent / "pictures" / f"{exercise}.png"

    def _entry(self, slug: str) -> Entry:
        try:
            return self._entries[slug]
        except KeyError:
            raise LessonNotFound(f"There is no lesson `{slug}`.") from None

    def _read(self, slug: str) -> Lesson:
        file = self.lesson_file(slug)
        lesson = read_record(Lesson, file, self.root)
        if lesson.slug != slug:
            raise LessonError(f"curriculum.yml calls the lesson `{slug}`, its lesson.yml calls it `{lesson.slug}`.")
        return lesson


def load_catalogue(root: Path) -> Catalogue:
    """Return the catalogue of the course (or repository) at ``root``.

    Raises
    ------
    LessonError
        If ``notebooks/lessons/curriculum.yml`` isn't there or is wrong. Lessons themselves are read when asked for.
    """
    file = root / "notebooks" / "lessons" / "curriculum.yml"
    curriculum = read_record(_Curriculum, file, root)
    slugs = [entry.slug for entry in curriculum.lessons]
    if len(set(slugs)) != len(slugs):
        raise LessonError("curriculum.yml names a lesson twice.")
    return Catalogue(root, curriculum.lessons)
