"""The lessons that are open to a student, and how far the student is with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import LessonNotFound
from kit.journal import FILE_NAME, has_handed_in
from kit.lessons import load_catalogue
from kit.settings import Course

if TYPE_CHECKING:
    from kit.lessons import Lesson

STATES = {
    "new": "Not started",
    "started": "In progress",
    "handed-in": "Handed in",
    "feedback": "Feedback ready",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One lesson on a student's shelf."""

    lesson: Lesson
    state: str

    @property
    def words(self) -> str:
        """The state in words."""
        return STATES[self.state]


def cards(course: Course, student: str) -> Iterator[Card]:
    """Return a card for every released lesson, in the curriculum's order."""
    for lesson in load_catalogue(course.root):
        if is_open(course, lesson.slug):
            yield Card(lesson, _state(course, student, lesson.slug))


def open_lesson(course: Course, slug: str) -> Lesson:
    """Return a lesson that has been released.

    Raises
    ------
    LessonNotFound
        If there is no such lesson, or it has not been released.
    """
    lesson: Lesson = load_catalogue(course.root)[slug]
    if not is_open(course, slug):
        raise LessonNotFound("This lesson isn't open yet.", mend="Ask your teacher to release it.")
    return lesson


def is_open(course: Course, slug: str) -> bool:
    """Whether the lesson's student version has been released."""
    return released_notebook(course, slug).is_file()


def released_notebook(course: Course, slug: str) -> Path:
    """Return where a lesson's student version is."""
    return course.released(slug) / f"{slug}.ipynb"


def feedback_page(course: Course, student: str, slug: str) -> Path | None:
    """Return the feedback that was given back to this student, if any."""
    page = course.outbox(student, slug) / f"{slug}.html"
    return page if page.is_file() else None


def _state(course: Course, student: str, slug: str) -> str:
    if feedback_page(course, student, slug):
        return "feedback"
    # No journal is read for it: an hour's work takes a fifth of a second, in which the whole class would wait.
    if has_handed_in(course.inbox(student, slug)):
        return "handed-in"
    return "started" if (course.work(student, slug) / FILE_NAME).exists() else "new"
