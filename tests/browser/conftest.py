"""A running class and a browser that forgives nothing: no request beyond loopback, no error on the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from kit.ai.weights import fetch_weights
from kit.classroom import Accounts, Classroom, build_course, find_browser
from kit.classroom.browser import launch_options
from kit.settings import Course
from kit.settings.load import load_settings
from tests.browser.lesson_page import LessonPage
from tests.browser.lessons import student_of

CHROMEBOOK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
ZOOMED = {"width": 683, "height": 384}
FINISHER = "amber-otter"
PORTS = "[classroom]\napp_port = 0\nlab_port = 0\n"
_AT_HOME = ("127.0.0.1", "localhost", "")
_SERIOUS = ("serious", "critical")


@dataclass
class RunningClass:
    """A class with the real model, gateway, student app and JupyterLab."""

    course: Course
    classroom: Classroom

    @property
    def url(self) -> str:
        """The student app's address."""
        return self.classroom.app_url

    def join_link(self, student: str) -> str:
        """A new personal link; the student's older ones end."""
        return f"{self.url}/join/{Accounts(self.course).new_link(student)}"


@dataclass
class Watch:
    """What a page must not do, noted while it does it.

    Attributes
    ----------
    expected
        Parts of console messages that a test brings about on purpose.
    """

    expected: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of a browser context, from its first request on."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"page error: {error.error}"))

    def check(self) -> None:
        """Fail with everything that was noted."""
        left = [fault for fault in self.faults if not any(words in fault for words in self.expected)]
        assert not left, "\n".join(left)

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in (*_AT_HOME, None):
            self.faults.append(f"asked the network: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")


@dataclass(frozen=True)
class HandedIn:
    """A student who has done a whole lesson."""

    slug: str
    student: str
    receipt: str


@pytest.fixture(scope="package")
def running_class(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningClass]:
    """The whole class, with the real local model and JupyterLab: one for all browser tests."""
    fetch_weights()
    root = tmp_path_factory.mktemp("class") / "course"
    root.mkdir()
    (root / "kit.toml").write_text(PORTS, encoding="utf-8")
    settings = load_settings(root)
    course = build_course(root, settings)
    with Classroom(course, settings, with_lab=True) as classroom:
        yield RunningClass(course, classroom)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A real browser. Not having one is a failure, never a reason to skip.

    It is closed with this folder's last test: Playwright keeps an event loop running, and other tests want their own.
    """
    executable = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=launch_options())
        yield browser
        browser.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Notes every fault of this test's pages and fails the test for any that was not expected."""
    found = Watch()
    yield found
    found.check()


@pytest.fixture
def new_page(chromium: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own, as on another device; options as for Playwright's ``new_context``."""
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> Page:
        context = chromium.new_context(**{"viewport": CHROMEBOOK, **options})  # type: ignore[arg-type]
        contexts.append(context)
        watch.follow(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page of Chromebook size."""
    return new_page()


@pytest.fixture
def student_page(running_class: RunningClass, page: Page) -> Page:
    """A page on which a sample student has signed in and sees the shelf."""
    page.goto(running_class.join_link("coral-heron"))
    return page


@pytest.fixture(scope="package")
def finished(running_class: RunningClass, chromium: Browser) -> Callable[[str], HandedIn]:
    """Return a student who has done a whole lesson with the mouse; half-way, the page was loaded anew."""
    done: dict[str, HandedIn] = {}

    def play(slug: str) -> HandedIn:
        if slug not in done:
            done[slug] = _play(running_class, chromium, slug)
        return done[slug]

    return play


def _play(running_class: RunningClass, chromium: Browser, slug: str) -> HandedIn:
    context = chromium.new_context(viewport=CHROMEBOOK)
    seen = Watch()
    seen.follow(context)
    page = context.new_page()
    page.goto(running_class.join_link(FINISHER))
    lesson = LessonPage(page, running_class.url, slug)
    stages = student_of(slug).STAGES
    lesson.open()
    for do in stages[:3]:
        do(lesson)
    lesson.open()
    for do in stages[3:]:
        do(lesson)
    receipt = lesson.hand_in()
    context.close()
    seen.check()
    return HandedIn(slug, FINISHER, receipt)


@pytest.fixture
def open_page(running_class: RunningClass, new_page: Callable[..., Page]) -> Callable[..., LessonPage]:
    """Open a lesson as a student on a new device."""

    def open_it(slug: str, student: str, kind: type[LessonPage] = LessonPage, **options: object) -> LessonPage:
        page = new_page(**options)
        page.goto(running_class.join_link(student))
        lesson = kind(page, running_class.url, slug)
        lesson.open()
        return lesson

    return open_it


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Assert that axe finds no serious or critical violation on a page."""
    checker = Axe()

    def check(page: Page) -> None:
        violations = checker.run(page).response["violations"]
        serious = [violation for violation in violations if violation["impact"] in _SERIOUS]
        told = [f"{one['id']}: {one['help']} at {one['nodes'][0]['html'][:200]}" for one in serious]
        assert not told, "\n".join(told)

    return check
