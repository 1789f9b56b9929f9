"""A claim stands on what its student found: what was changed since is not offered, and whoever picked it is told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.lesson_page import SAVED, LessonPage
from tests.browser.lessons import who_says
from tests.browser.lessons.who_says import back_to_results, choose_sentence, desk, search, take_as_evidence

pytestmark = [pytest.mark.browser, pytest.mark.model]

STUDENT = "maple-finch"


def judge(lesson: LessonPage, verdict: str) -> None:
    """Judge the sentence on the desk and wait until the journal has it."""
    lesson.pick(desk(lesson).locator(".kit-verdict").get_by_role("radio", name=verdict))
    chip = lesson.card("my-claim").get_by_role("checkbox", name=re.compile(f"My verdict: {verdict.lower()}$"))
    expect(chip).to_be_visible(timeout=SAVED)


def test_a_verdict_that_was_changed_is_said_to_be_and_offered_no_more(open_page: Callable[..., LessonPage]) -> None:
    lesson = open_page(who_says.SLUG, STUDENT)
    card = lesson.card("my-claim")
    nudge = card.locator(".kit-nudge")
    who_says.guess(lesson)
    choose_sentence(lesson, 6)
    search(lesson, "otter stops race")
    back_to_results(lesson)
    take_as_evidence(lesson, "Otter stops race", 6)
    judge(lesson, "Contradicted")
    lesson.pick(card.get_by_role("checkbox", name=re.compile("My verdict: contradicted")))
    expect(nudge).to_have_text("1 piece of evidence picked.")
    judge(lesson, "Supported")
    changed = card.get_by_role("checkbox", name=re.compile("contradicted changed later"))
    expect(changed).to_be_checked()
    expect(nudge).to_contain_text("changed later")
    # It goes when nobody wants it any more, but not from under the fingers.
    changed.locator("xpath=ancestor::label").click()
    expect(changed).to_be_focused()
    lesson.expect_saved("my-claim")
    lesson.open()
    expect(card.get_by_role("checkbox", name=re.compile("My verdict"))).to_have_count(1)
    expect(card).not_to_contain_text("changed later")


def test_a_search_for_nothing_says_what_to_type(open_page: Callable[..., LessonPage]) -> None:
    lesson = open_page(who_says.SLUG, STUDENT)
    if not desk(lesson).get_by_role("searchbox").is_visible():
        who_says.guess(lesson)
    box = desk(lesson).get_by_role("searchbox")
    for words in ("", "the of"):
        lesson.fill(box, words)
        lesson.press(desk(lesson).get_by_role("button", name="Search", exact=True))
        expect(desk(lesson).locator(".kit-sheet").get_by_role("alert")).to_contain_text("two or three", timeout=SAVED)
