"""The whole loop without a browser: release, open, ask the model, save, submit, collect, grade, export."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.classroom.accounts import Accounts
from kit.classroom.course import build_course, students_of
from kit.classroom.supervisor import Classroom
from kit.classroom.visitor import Visitor
from kit.errors import ClassroomError, KitError
from kit.grading import collect, export, feedback, grade
from kit.journal import Journal
from kit.lessons import load_catalogue
from kit.settings import Course
from kit.settings.environment import outside_environment
from kit.settings.model import Settings

_ASKS = "next-word"
_WORDS = "I think it is right when many people wrote the same true thing before."


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the loop and how long it took."""

    name: str
    seconds: float
    note: str = ""


@dataclass(slots=True)
class Smoke:
    """A run of the loop.

    Attributes
    ----------
    settings, config
        The settings to run with, and the ``kit.toml`` they came from; it need not exist.
    tell
        Told about every step that is done.
    steps
        What has been done so far.
    doing
        The step that is being done, or that failed.
    """

    settings: Settings
    config: Path
    tell: Callable[[Step], None] = lambda _: None
    steps: list[Step] = field(default_factory=list)
    doing: str = ""

    def run(self) -> None:
        """Do every step in a course that is thrown away afterwards.

        Raises
        ------
        KitError
            From the step named by ``doing``.
        """
        with tempfile.TemporaryDirectory(prefix="kit-smoke-") as folder:
            root = Path(folder) / "course"
            with self._step("release"):
                root.mkdir()
                if self.config.exists():
                    shutil.copyfile(self.config, root / "kit.toml")
                course = build_course(root, self.settings)
                slugs = load_catalogue(course.root).slugs
                slug = _asking(course)
            with self._step("start"):
                classroom = Classroom(course, self._any_ports(), with_lab=False, outside=self._outside())
                classroom.__enter__()
            try:
                asyncio.run(self._learn(classroom, course, slug))
                asyncio.run(self._open_all(classroom, course, slugs))
            finally:
                classroom.stop()
            self._mark(course, slug)

    async def _learn(self, classroom: Classroom, course: Course, slug: str) -> None:
        """Be a student."""
        student = students_of(course)[0]
        async with Visitor(classroom.app_url) as visitor:
            with self._step("sign in"):
                await visitor.join(Accounts(course).new_link(student))
            with self._step("open"):
                await visitor.open(slug)
            with self._step("ask the model") as note:
                note["text"] = await self._ask(visitor)
            with self._step("save"):
                await visitor.act(visitor.find(kind="long"), "save", text=_WORDS)
                _require(_saved(course, student, slug, "answer"), "The answer is not in the journal.")
            with self._step("submit") as note:
                receipt = await visitor.act(_with(visitor, "receipts"), "submit")
                note["text"] = f"receipt {receipt['code']}"
                _require(any(course.inbox(student, slug).iterdir()), "Nothing was handed in.")

    async def _open_all(self, classroom: Classroom, course: Course, slugs: tuple[str, ...]) -> None:
        """Look into every lesson once: each cell of it has to run."""
        with self._step("open every lesson") as note:
            student = students_of(course)[-1]
            for slug in slugs:
                async with Visitor(classroom.app_url) as visitor:
                    await visitor.join(Accounts(course).new_link(student))
                    await visitor.open(slug)
            note["text"] = f"{len(slugs)} of {len(slugs)}"

    @staticmethod
    async def _ask(visitor: Visitor) -> str:
        """Bet, then look at the model's real next words."""
        card = visitor.find(ask="full")
        prompt = visitor.cards[card]["prompts"][0]["id"]
        await visitor.act(card, "bet", prompt=prompt, bet="blue", sure=3)
        await visitor.act(card, "reveal", prompt=prompt)
        card = visitor.find(ask="fact")
        prompt = visitor.cards[card]["prompts"][0]["id"]
        await visitor.act(card, "complete", prompt=prompt)
        return "next words and one completion"

    def _mark(self, course: Course, slug: str) -> None:
        """Be the teacher."""
        student = students_of(course)[0]
        _require(_saved(course, student, slug, "run"), "The model's answers are not in the journal.")
        with self._step("collect"):
            _require(student in collect(course, slug).students, "The submission was not collected.")
        with self._step("autograde") as note:
            report = grade(course, slug)
            outcome = next(outcome for outcome in report.outcomes if outcome.student == student)
            _require(not outcome.refused, f"The submission was not graded: {outcome.refused}.")
            note["text"] = f"{outcome.machine:g} of {outcome.machine_max:g} machine points"
        with self._step("feedback"):
            feedback(course, slug)
        with self._step("export") as note:
            file = export(course, slug, "canvas", course.root / "canvas.csv")
            _require(student in file.read_text(encoding="utf-8"), "The student is not in the exported file.")
            note["text"] = "a file for Canvas"

    def _outside(self) -> dict[str, str]:
        return outside_environment() | {"KIT_AI__PROVIDER": self.settings.ai.provider}

    def _any_ports(self) -> Settings:
        ports = self.settings.classroom.model_copy(update={"app_port": 0, "lab_port": 0, "gateway_port": 0})
        return self.settings.model_copy(update={"classroom": ports})

    @contextmanager
    def _step(self, name: str) -> Iterator[dict[str, str]]:
        self.doing = name
        began, note = time.monotonic(), {"text": ""}
        try:
            yield note
        except KitError:
            raise
        except Exception as error:
            # A fault of the kit's own must still name its step, in one line.
            raise ClassroomError(f"Something unexpected happened ({type(error).__name__}).") from error
        done = Step(name, time.monotonic() - began, note["text"])
        self.steps.append(done)
        self.tell(done)


def _asking(course: Course) -> str:
    """Return the lesson that asks the model what comes next: the loop has to go through the model."""
    found = next((lesson.slug for lesson in load_catalogue(course.root) if _ASKS in lesson.exercises), "")
    _require(bool(found), f"No lesson has the exercise {_ASKS}.")
    return found


def _saved(course: Course, student: str, slug: str, kind: str) -> bool:
    events = Journal(course.work(student, slug)).read().events
    return any(event.kind == kind for event in events)


def _with(visitor: Visitor, key: str) -> str:
    """Return the card that has a key in its data."""
    found: list[Any] = [model_id for model_id, data in visitor.cards.items() if key in data]
    _require(bool(found), f"The lesson's page has no card with {key}.")
    return str(found[0])


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ClassroomError(otherwise)
