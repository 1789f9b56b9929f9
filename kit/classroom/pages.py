"""The student's own pages: the shelf, a lesson, feedback."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import asdict
from typing import Any

from tornado import web
from voila.tornado.handler import TornadoVoilaHandler

from kit.classroom.guard import FEEDBACK_POLICY, LESSON_POLICY, Guard
from kit.classroom.notebook import arrange, drop_title, shown_cells
from kit.classroom.shelf import cards, feedback_page, open_lesson, released_notebook
from kit.classroom.visits import VisitKernels, current_session
from kit.errors import KitError, LessonNotFound
from kit.lessons import load_inquiry_model
from kit.settings import Course, Session

SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"

_OPENING_SECONDS = 180  # Voilà waits for ever for a kernel that died while the page was made


class Shelf(Guard):
    """All open lessons, and how far the student is with each."""

    @web.authenticated
    def get(self) -> None:
        """Show the shelf."""
        self.show("shelf.html.j2", cards=list(cards(self.app.course, self.student)))


class LessonPage(Guard, TornadoVoilaHandler):  # type: ignore[misc]  # Voilà's classes are untyped
    """One lesson as an app. Voilà renders and runs it; who, what and where is decided here."""

    policy = LESSON_POLICY

    @web.authenticated
    async def get(self, slug: str) -> None:
        """Open the lesson in a kernel of the student's own."""
        course = self.app.course
        self.lesson = _find(course, slug)
        self.session = self._open(slug)
        current_session.set(self.session)
        notebook = released_notebook(course, slug).relative_to(course.root)
        kernels: VisitKernels = self.settings["kernel_manager"]
        if not kernels.may_open(self.student):
            raise web.HTTPError(429)
        with kernels.opening(self.session):
            try:
                async with asyncio.timeout(_OPENING_SECONDS):
                    await TornadoVoilaHandler.get(self, path=notebook.as_posix())
            except TimeoutError:
                await kernels.give_up(self.session)

    def _open(self, slug: str) -> Session:
        """Prepare the student's folder and the variables of this visit."""
        course, student = self.app.course, self.student
        work = course.work(student, slug)
        work.mkdir(parents=True, exist_ok=True)
        copy = work / f"{slug}.ipynb"
        if not copy.exists():
            shutil.copyfile(released_notebook(course, slug), copy)
        return Session(
            student=student,
            work=work,
            content=course.root,
            gateway_url=self.app.gateway.url,
            gateway_token=self.app.mint(student, slug),
            inbox=course.inbox(student, slug),
            feedback=course.outbox(student, slug),
            help=self.app.kit_settings.help.model_dump_json(),
        )


def prepare_notebook(handler: LessonPage, notebook: Any, cwd: str) -> Any:  # noqa: ARG001  # Voilà's signature
    """Keep what students see, sort it into stages, and give the template its words (Voilà's prelaunch hook)."""
    model = load_inquiry_model(handler.app.kit_settings.inquiry_model)
    notebook.cells = shown_cells(notebook.cells)
    stages = arrange(notebook.cells, model)
    lesson = handler.lesson
    drop_title(notebook.cells, lesson.driving_question)
    notebook.metadata["kit_page"] = {
        "slug": lesson.slug,
        "title": lesson.title,
        "question": lesson.driving_question,
        "minutes": lesson.minutes,
        "words": [{"word": card.word, "meaning": card.meaning} for card in lesson.vocabulary],
        "student": handler.student,
        "xsrf": handler.xsrf_token.decode(),
        "class_title": handler.app.kit_settings.title,
        "stages": [asdict(stage) for stage in stages],
    }
    return notebook


class Feedback(Guard):
    """The feedback a teacher gave back, inside a page of the app."""

    @web.authenticated
    def get(self, slug: str) -> None:
        """Show the page around the feedback."""
        lesson = _find(self.app.course, slug)
        if feedback_page(self.app.course, self.student, slug) is None:
            raise web.HTTPError(404)
        self.show("feedback.html.j2", lesson=lesson)


class FeedbackDocument(Guard):
    """The feedback itself. It is shown in a sandbox: nothing in it can run or ask for anything."""

    policy = FEEDBACK_POLICY

    @web.authenticated
    def get(self, slug: str) -> None:
        """Send the student's own feedback and nobody else's."""
        page = feedback_page(self.app.course, self.student, slug)
        if page is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(page.read_bytes())


def _find(course: Course, slug: str) -> Any:
    try:
        return open_lesson(course, slug)
    except LessonNotFound:
        raise web.HTTPError(404) from None
    except KitError as error:
        raise web.HTTPError(500, error.message) from error
