"""The pages around the lesson, and the lesson's frame: stages, narrow windows, the lost connection."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, RunningClass, Watch
from tests.browser.lesson_page import LessonPage

pytestmark = [pytest.mark.browser, pytest.mark.model]
LESSON = "/lesson/next-word-please"
READY = "body[data-ready=yes]"
SLOWER, SLOW = 10, 180_000  # times as slow; milliseconds


def test_sign_in_shelf_and_error_pages_are_accessible(
    running_class: RunningClass, page: Page, axe: Callable[[Page], None], watch: Watch
) -> None:
    watch.expected.append("404 (Not Found)")
    page.goto(running_class.url)
    expect(page.get_by_label("Class code")).to_be_focused()
    axe(page)
    page.keyboard.type("not-it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("isn't the class code")
    axe(page)
    page.get_by_label("Class code").fill(_code(running_class))
    page.keyboard.press("Enter")
    page.get_by_label("Your class name").select_option("coral-heron")
    axe(page)
    page.get_by_label("Your PIN").fill("4711")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your lessons")).to_be_visible()
    axe(page)
    page.goto(f"{running_class.url}/nowhere")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    axe(page)


def test_the_lesson_is_accessible_and_counts_its_stages(
    running_class: RunningClass, student_page: Page, axe: Callable[[Page], None]
) -> None:
    student_page.goto(running_class.url + LESSON)
    expect(student_page.get_by_role("heading", level=1)).to_contain_text("Next Word, Please")
    student_page.wait_for_selector(READY)
    steps = student_page.get_by_role("navigation", name="Stages of this lesson").get_by_role("link")
    expect(steps).to_have_count(6)
    expect(steps.first).to_have_attribute("aria-current", "step")
    expect(steps.first).to_contain_text("0 of 2 done")
    axe(student_page)


def test_finishing_a_card_is_counted_and_said(running_class: RunningClass, student_page: Page) -> None:
    student_page.goto(running_class.url + LESSON)
    student_page.wait_for_selector(READY)
    first = student_page.locator("#stage-orient")
    first.get_by_role("textbox").first.fill("It is right when many people wrote the same true thing down before.")
    expect(first.locator(".kit-card").first).to_have_attribute("data-kit-done", "yes")
    step = student_page.get_by_role("navigation", name="Stages of this lesson").get_by_role("link").first
    expect(step).to_contain_text("1 of 2 done")
    first.get_by_role("radio").first.check()
    expect(step).to_contain_text("all done")
    expect(student_page.locator("#kit-announce")).to_contain_text("is all done")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (683, 384), (390, 844), (320, 640)])
def test_nothing_sticks_out_of_a_narrow_window(
    running_class: RunningClass, student_page: Page, width: int, height: int
) -> None:
    student_page.set_viewport_size({"width": width, "height": height})
    student_page.goto(running_class.url + LESSON)
    student_page.wait_for_selector(READY)
    assert student_page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_slow_computer_gets_the_whole_lesson_and_hears_that_words_are_saved(
    running_class: RunningClass, page: Page
) -> None:
    page.goto(running_class.join_link("silver-newt"))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    lesson = LessonPage(page, running_class.url, "told-or-taught")
    page.goto(lesson.url, wait_until="commit", timeout=SLOW)
    page.wait_for_selector("body[data-ready]", timeout=SLOW)
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    expect(page.get_by_role("link", name="Stage 6")).to_contain_text("0 of ")
    lesson.card("first-idea").get_by_role("textbox").fill("It has a list of words.")
    expect(lesson.card("first-idea").locator(".kit-save")).to_contain_text("Saved at", timeout=30_000)


def test_on_a_phone_the_stage_that_is_read_has_its_name_on_a_line_of_its_own(
    running_class: RunningClass, new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    page.goto(running_class.join_link("coral-heron"))
    page.goto(running_class.url + LESSON)
    page.wait_for_selector(READY)
    bar = page.get_by_role("navigation", name="Stages of this lesson")
    for link in bar.get_by_role("link").all():
        link.click()
        expect(link).to_have_attribute("aria-current", "step")
        assert link.locator(".kit-stage-words").evaluate("words => words.scrollWidth <= words.clientWidth")
        ring, words, foot = link.evaluate(
            """link => [link.querySelector(".kit-ring"), link.querySelector(".kit-stage-words"), link.closest("nav")]
                .map((node) => node.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom }))"""
        )
        assert ring["bottom"] <= words["top"]
        assert words["bottom"] <= foot["bottom"]


def test_a_lost_kernel_is_said_and_reloading_brings_the_lesson_back(
    running_class: RunningClass, student_page: Page, watch: Watch
) -> None:
    watch.expected += ["404 (Not Found)", "WebSocket"]
    student_page.goto(running_class.url + LESSON)
    student_page.wait_for_selector(READY)
    app = psutil.Process(running_class.classroom.pids["student app"])
    for kernel in app.children():
        kernel.kill()
    banner = student_page.get_by_role("alert").filter(has_text="Not connected.")
    expect(banner).to_be_visible(timeout=15_000)
    banner.get_by_role("button", name="Load the page again").click()
    student_page.wait_for_selector(READY)
    expect(banner).to_be_hidden()


def _code(running_class: RunningClass) -> str:
    from kit.classroom import Accounts

    return Accounts(running_class.course).class_code
