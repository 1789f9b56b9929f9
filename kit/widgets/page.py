"""One open lesson, as its notebook sees it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from kit.errors import NotSaved
from kit.lessons import Lesson, load_catalogue
from kit.settings import PREVIEW_STUDENT, session_from_environment
from kit.widgets.card import Card
from kit.widgets.claim import Claim
from kit.widgets.desk import Desk
from kit.widgets.exercises import find_exercise
from kit.widgets.respond import AnswerKind, Predict, Respond
from kit.widgets.sources import Sources
from kit.widgets.statement import AIStatement
from kit.widgets.submit import Submit


def open_page(slug: str) -> LessonPage:
    """Open a lesson for the student at this kernel; see ``kit.open_lesson``."""
    session = session_from_environment(slug)
    page = LessonPage(Desk(session, load_catalogue(session.content)[slug]))
    # A disk that is full mustn't keep a student from reading; each answer says for itself whether it was saved.
    with suppress(NotSaved):
        page.desk.record("open", slug, {"page": "lab" if session.student == PREVIEW_STUDENT else "app"})
    return page


class LessonPage:
    """A lesson's page. Each method returns one card; as the last line of a notebook cell, it shows.

    Parameters
    ----------
    desk
        The student's work on this lesson.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def __repr__(self) -> str:
        return f"LessonPage({self.lesson.slug!r})"

    @property
    def lesson(self) -> Lesson:
        """What is being taught."""
        return self.desk.lesson

    def respond(
        self,
        id: str,  # noqa: A002 - the word that lesson authors write
        label: str,
        kind: AnswerKind = "long",
        help: str = "",  # noqa: A002
        options: Sequence[tuple[str, str]] = (),
        low: str = "",
        high: str = "",
        words: tuple[int, int] | None = None,
    ) -> Card:
        """Ask a question; see ``Respond``."""
        return Respond(self.desk, id, label, kind, help, options, low, high, words)

    def predict(self, id: str, label: str, help: str = "") -> Card:  # noqa: A002
        """Ask for a prediction, which can't be changed once it is locked."""
        return Predict(self.desk, id, label, help)

    def exercise(self, name: str, **options: Any) -> Card:
        """Show an AI exercise. Its file in ``kit/widgets/exercises`` says which options it takes.

        Raises
        ------
        LessonError
            If there is no such exercise.
        """
        return find_exercise(name)(self.desk, **options)

    def sources(self, id: str = "my-sources", minimum: int = 2) -> Card:  # noqa: A002
        """Show the source log with its citation builder."""
        return Sources(self.desk, id, minimum)

    def claim(self, id: str, label: str, help: str = "") -> Card:  # noqa: A002
        """Ask for a claim with evidence and reasoning."""
        return Claim(self.desk, id, label, help)

    def ai_statement(self, id: str = "my-ai-use") -> Card:  # noqa: A002
        """Ask for the AI-use statement."""
        return AIStatement(self.desk, id)

    def submit(self) -> Card:
        """Show what is done and open, and let the student hand in."""
        return Submit(self.desk, "hand-in")
