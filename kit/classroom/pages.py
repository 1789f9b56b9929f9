"""The student's own pages: the shelf, a lesson, feedback."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING, Any

from tornado import web

from kit.classroom import front_ends
from kit.classroom.guard import FEEDBACK_POLICY, LESSON_POLICY, Guard
from kit.classroom.running import run_page
from kit.classroom.shelf import cards, feedback_page, open_lesson, released_notebook
from kit.classroom.visits import VisitKernels, current_session
from kit.errors import KitError, LessonNotFound
from kit.settings import Course, Session

if TYPE_CHECKING:
    from kit.classroom.prepared import Prepared
    from kit.lessons import Lesson

SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"

_OPENING_SECONDS = 180  # for a kernel that lives and says nothing


class Shelf(Guard):
    """All open lessons, and how far the student is with each."""

    @web.authenticated
    def get(self) -> None:
        """Show the shelf."""
        self.show("shelf.html.j2", cards=list(cards(self.app.course, self.student)))


class LessonPage(Guard):
    """One lesson as an app. Voilà's program in the page draws it; who, what and where is decided here."""

    policy = LESSON_POLICY

    @web.authenticated
    async def get(self, slug: str) -> None:
        """Open the lesson in a kernel of the student's own."""
        course = self.app.course
        lesson = _find(course, slug)
        session = self._open(slug)
        page = self.app.preparation.of(lesson, released_notebook(course, slug))
        current_session.set(session)
        if not self._kernels.may_open(self.student):
            raise web.HTTPError(429)
        with self._kernels.opening(session):
            try:
                async with asyncio.timeout(_OPENING_SECONDS):
                    self._send_prose(lesson, page)
                    await self._send_cards(page)
            except TimeoutError:
                await self._kernels.give_up(session)

    @property
    def _kernels(self) -> VisitKernels:
        kernels: VisitKernels = self.settings["kernel_manager"]
        return kernels

    def _send_prose(self, lesson: Lesson, page: Prepared) -> None:
        """Send all that can be read while the kernel starts."""
        words = {
            "title": lesson.title,
            "question": lesson.driving_question,
            "words": lesson.vocabulary,
            "student": self.student,
            "xsrf": self.xsrf_token.decode(),
            "class_title": self.app.kit_settings.title,
            "stages": page.stages,
            "cells": page.cells,
        }
        self.show("index.html.j2", page=words, base_url=self.base_url)
        self.flush()

    async def _send_cards(self, page: Prepared) -> None:
        """Start the kernel, and send what its cells show as soon as they do."""
        arriving: Any = self.settings["voila_jinja2_env"].get_template("arriving.html.j2").module
        config = self.app.preparation.page_config
        kernel_id = await self._kernels.start_kernel(kernel_name=page.kernel, path="")
        self.write(arriving.kernel({**config, "kernelId": kernel_id}))
        kernel = self._kernels.get_kernel(kernel_id)
        async for shown in run_page(kernel, [cell.source for cell in page.code]):
            cell = page.code[shown.cell]
            if shown.failed:
                self.log.error("Cell %s of the lesson's page failed: %s", cell.position, shown.outputs[-1].get("ename"))
            self.write(arriving.piece(cell, len(page.cells), shown.outputs))
        self.write(arriving.end(config["fullStaticUrl"]))

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
            front_ends=front_ends.PATH,
        )


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
