"""How a class judges the questions of a lesson, in numbers and without names.

A student sees a question's numbers only after an answer of their own, so that nobody is swayed; and nobody sees them
before enough students have answered, so that no number gives a person away. Numbers that moved with every click would
give away who clicked: the page asks every few seconds, and one looks up and sees who has just put down the pen. So they
stand still until the answers of enough students are others than those shown.

What this can't hide: that all five said the same, when all five did; and four who work together can find out a fifth.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from tornado import web

from kit.classroom.guard import Guard
from kit.classroom.shelf import is_open
from kit.errors import JournalError, KitError, LessonNotFound
from kit.experiments import find_experiment
from kit.journal import FILE_NAME, Journal
from kit.lessons import load_catalogue
from kit.settings import Course

if TYPE_CHECKING:
    from types import ModuleType

    from kit.lessons import Lesson

FEWEST = 5
"""A question with fewer answers shows no numbers, and new ones only when so many students' answers have changed."""


@dataclass(frozen=True, slots=True)
class Poll:
    """What a class can agree or disagree on in one lesson.

    Attributes
    ----------
    questions, options
        The questions, and what one can say to each, by id and in words.
    """

    lesson: Lesson
    experiment: ModuleType
    questions: Mapping[str, str]
    options: Mapping[str, str]


@dataclass(slots=True)
class _Seen:
    """A journal as it was last read: nothing is read again while its file hasn't changed."""

    journal: Journal
    stamp: tuple[int, int] = (0, 0)
    opinions: Mapping[str, str] | None = None


class ClassOpinions:
    """Every student's answers, kept up to date at little cost: thirty pages may ask every few seconds.

    Parameters
    ----------
    course
        Where the journals are.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._seen: dict[tuple[str, str], _Seen] = {}
        self._polls: dict[str, tuple[int, Poll | None]] = {}
        self._shown: dict[tuple[str, str], Mapping[str, str]] = {}
        self._lock = Lock()
        self.reads = 0

    def poll(self, slug: str) -> Poll | None:
        """Return what the class can agree on in an open lesson; ``None`` if it has no such questions.

        Raises
        ------
        LessonNotFound
            If there is no such lesson, or it has not been released.
        """
        if not is_open(self._course, slug):
            raise LessonNotFound("This lesson isn't open yet.", mend="Ask your teacher to release it.")
        stamp = (self._course.lessons / "curriculum.yml").stat().st_mtime_ns
        with self._lock:
            known = self._polls.get(slug)
            if known is None or known[0] != stamp:
                known = self._polls[slug] = (stamp, find_poll(self._course, slug))
        return known[1]

    def of(self, student: str, poll: Poll) -> Mapping[str, str]:
        """Return one student's answers by question."""
        with self._lock:
            return self._of(student, poll)

    def count(self, students: Iterable[str], poll: Poll) -> dict[str, Counter[str]]:
        """Return for each question how many students gave which answer."""
        with self._lock:
            found = self._by_question(students, poll)
        return {question: Counter(answers.values()) for question, answers in found.items()}

    def shown(self, students: Iterable[str], poll: Poll) -> dict[str, Counter[str]]:
        """Return the same as far as students may see it: two numbers that follow each other differ by a crowd."""
        with self._lock:
            for question, answers in self._by_question(students, poll).items():
                before = self._shown.get((poll.lesson.slug, question), {})
                if _how_many_differ(before, answers) >= FEWEST:
                    self._shown[poll.lesson.slug, question] = answers
            slug = poll.lesson.slug
            return {question: Counter(self._shown.get((slug, question), {}).values()) for question in poll.questions}

    def _by_question(self, students: Iterable[str], poll: Poll) -> dict[str, dict[str, str]]:
        """Return for each question who said what."""
        found: dict[str, dict[str, str]] = {question: {} for question in poll.questions}
        for student in students:
            for question, answer in self._of(student, poll).items():
                if question in found and answer in poll.options:
                    found[question][student] = answer
        return found

    def _of(self, student: str, poll: Poll) -> Mapping[str, str]:
        folder = self._course.work(student, poll.lesson.slug)
        seen = self._seen.setdefault((student, poll.lesson.slug), _Seen(Journal(folder)))
        try:
            found = (folder / FILE_NAME).stat()
            stamp = (found.st_mtime_ns, found.st_size)
            if seen.opinions is None or seen.stamp != stamp:
                self.reads += 1
                seen.opinions = poll.experiment.opinions(seen.journal.read().events)
                seen.stamp = stamp
        except (OSError, JournalError):  # not begun yet, or a file that can't be read: no answers
            return {}
        return seen.opinions or {}


def _how_many_differ(before: Mapping[str, str], now: Mapping[str, str]) -> int:
    return sum(before.get(student) != now.get(student) for student in before.keys() | now.keys())


def find_poll(course: Course, slug: str) -> Poll | None:
    """Return what a class can agree on in a lesson; ``None`` if none of its exercises has such questions."""
    catalogue = load_catalogue(course.root)
    lesson = catalogue[slug]
    for name in lesson.exercises:
        experiment = find_experiment(name)
        if hasattr(experiment, "opinions"):
            return Poll(lesson, experiment, experiment.questions(catalogue.data_folder(slug)), experiment.OPINIONS)
    return None


def enough(counts: Mapping[str, Counter[str]], poll: Poll) -> dict[str, dict[str, int]]:
    """Return the numbers that may be shown: each option's, and the total, for questions with enough answers."""
    return {
        question: {**{option: count[option] for option in poll.options}, "total": count.total()}
        for question, count in counts.items()
        if count.total() >= FEWEST
    }


class _ClassPage(Guard):
    """A page about the class, for a signed-in student and an open lesson."""

    async def known_to(self, slug: str) -> tuple[Poll, list[str], dict[str, dict[str, int]]]:
        """Return the poll, the questions that this student has answered, and the numbers that may be shown on them."""
        poll = await asyncio.to_thread(self._poll, slug)
        opinions, students = self.app.opinions, self.app.accounts.students
        own = await asyncio.to_thread(opinions.of, self.student, poll)
        counts = await asyncio.to_thread(opinions.shown, students, poll)
        answered = [question for question in poll.questions if question in own]
        return poll, answered, enough({question: counts[question] for question in answered}, poll)

    def _poll(self, slug: str) -> Poll:
        try:
            poll = self.app.opinions.poll(slug)
        except LessonNotFound:
            raise web.HTTPError(404) from None
        except KitError as error:
            raise web.HTTPError(500, error.message) from error
        if poll is None:
            raise web.HTTPError(404)
        return poll


class Agreement(_ClassPage):
    """The numbers, for the lesson's page."""

    @web.authenticated
    async def get(self, slug: str) -> None:
        """Send them as JSON."""
        _, answered, numbers = await self.known_to(slug)
        reply: dict[str, Any] = {"fewest": FEWEST, "answered": answered, "answers": numbers}
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.write(reply)


class AgreementView(_ClassPage):
    """The same numbers in large, for a wall."""

    @web.authenticated
    async def get(self, slug: str) -> None:
        """Show every question that this student has answered."""
        poll, answered, numbers = await self.known_to(slug)
        rows = [{"id": one, "text": poll.questions[one], "counts": numbers.get(one)} for one in answered]
        self.show("agreement.html.j2", lesson=poll.lesson, rows=rows, options=poll.options, fewest=FEWEST)
