"""Every lesson as a student does it, from first idea to hand-in, and what a teacher's computer then counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import CHROMEBOOK, PHONE, ZOOMED, HandedIn, RunningClass
from tests.browser.lesson_page import KeyboardLessonPage, LessonPage
from tests.browser.lessons import SLUGS, student_of
from tests.browser.marks import expect_full_marks

pytestmark = [pytest.mark.browser, pytest.mark.model]


@pytest.fixture(scope="module", params=SLUGS)
def handed_in(request: pytest.FixtureRequest, finished: Callable[[str], HandedIn]) -> HandedIn:
    """A student who has done the lesson with the mouse."""
    return finished(request.param)


@pytest.fixture
def as_finished(handed_in: HandedIn, open_page: Callable[..., LessonPage]) -> Callable[..., LessonPage]:
    """Open the finished lesson on another device; options as for Playwright's ``new_context``."""
    return lambda **options: open_page(handed_in.slug, handed_in.student, **options)


def test_honest_work_gets_every_machine_point(running_class: RunningClass, handed_in: HandedIn) -> None:
    expect_full_marks(running_class.course, handed_in.slug, handed_in.student)


# Hundreds of Tabs take minutes; this bound is against hanging only.
@pytest.mark.timeout(900)
def test_it_can_be_done_by_keyboard_alone(
    running_class: RunningClass, handed_in: HandedIn, open_page: Callable[..., LessonPage]
) -> None:
    lesson = open_page(handed_in.slug, "cedar-wren", KeyboardLessonPage)
    for do in student_of(handed_in.slug).STAGES:
        do(lesson)
    assert lesson.hand_in()
    expect_full_marks(running_class.course, handed_in.slug, "cedar-wren")


@pytest.mark.parametrize("viewport", [CHROMEBOOK, PHONE, ZOOMED], ids=["chromebook", "phone", "zoomed"])
def test_the_finished_page_is_accessible_and_fits(
    as_finished: Callable[..., LessonPage], handed_in: HandedIn, viewport: dict[str, int], axe: Callable[[Page], None]
) -> None:
    # Without motion no colour is caught halfway between two states.
    lesson = as_finished(viewport=viewport, reduced_motion="reduce")
    page = lesson.page
    getattr(student_of(handed_in.slug), "open_all", lambda _: None)(lesson)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    axe(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"], f"the page scrolls sideways at {viewport['width']} pixels"


def test_what_was_done_is_there_again_and_every_picture_has_its_words(
    as_finished: Callable[..., LessonPage], handed_in: HandedIn
) -> None:
    lesson = as_finished(viewport=PHONE)
    stages = lesson.page.get_by_role("navigation", name="Stages").get_by_role("link").all_text_contents()
    assert len(stages) == 6
    assert all("all done" in stage for stage in stages)
    student_of(handed_in.slug).check_pictures(lesson)
