"""What every lesson's page promises, and the way to the feedback: seen on one lesson, with the real model."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from kit.grading import collect, export, feedback, grade
from kit.grading.course import gradebook
from kit.journal import Journal, fold
from tests.browser.conftest import CHROMEBOOK, PHONE, ZOOMED, HandedIn, RunningClass, Watch
from tests.browser.lesson_page import LessonPage
from tests.browser.lessons import next_word_please
from tests.browser.lessons.next_word_please import machine_of

pytestmark = [pytest.mark.browser, pytest.mark.model]

LESSON = "next-word-please"


@pytest.fixture(scope="module")
def handed_in(finished: Callable[[str], HandedIn]) -> HandedIn:
    """A student who has done the whole lesson."""
    return finished(LESSON)


@pytest.fixture
def open_lesson(open_page: Callable[..., LessonPage]) -> Callable[..., LessonPage]:
    """Open the lesson as a student on a new device."""
    return partial(open_page, LESSON)


def test_another_device_shows_everything_the_student_did(handed_in, open_lesson):
    lesson = open_lesson(handed_in.student, viewport=PHONE)
    expect(lesson.card("first-idea").get_by_role("textbox")).to_have_value(next_word_please.FIRST_IDEA)
    expect(lesson.card("why-this-word").get_by_role("textbox")).to_have_value(next_word_please.CARD)
    expect(lesson.card("percent-means").get_by_role("radio", name="In 100 rolls")).to_be_checked()
    expect(lesson.card("surer")).to_contain_text("Prediction, locked")
    expect(lesson.card("source-log")).to_contain_text("Okafor, Sam. “Density.” The Second Shelf, 2023.")
    expect(machine_of(lesson, 1)).to_contain_text("Your bet: “water”")
    expect(machine_of(lesson, 1)).to_contain_text("20 rolls at temperature 1")
    expect(lesson.page.locator(".kit-receipt-code").first).to_have_text(handed_in.receipt)
    expect(lesson.page.get_by_role("navigation", name="Stages").get_by_role("link")).to_contain_text(["all done"] * 6)


def test_every_machine_point_then_a_person_then_the_student_reads_it(
    running_class: RunningClass, handed_in: HandedIn, new_page: Callable[..., Page], axe: Callable[[Page], None]
):
    course = running_class.course
    assert handed_in.student in collect(course, LESSON).students
    outcome = next(one for one in grade(course, LESSON).outcomes if one.student == handed_in.student)
    assert (outcome.machine, outcome.machine_max) == (20, 20)
    assert outcome.waiting == 5
    teacher = new_page()
    teacher.goto(running_class.classroom.link("formgrader"))
    teacher.goto(f"{running_class.classroom.lab_url}/formgrader/submissions/{_submission(course, handed_in.student)}/")
    expect(teacher.get_by_role("main")).to_contain_text("It is false: ice floats on water")
    expect(teacher.get_by_role("main")).to_contain_text("Density")
    teacher.wait_for_function("formgrader.loaded && formgrader.grades.loaded && formgrader.comments.loaded")
    for name in ("my-question", "my-claim", "why-this-word", "my-statement", "looking-back"):
        teacher.locator(f"input#{name}.score").fill("3")
        teacher.locator(f"input#{name}.score").press("Tab")
    teacher.locator("#why-this-word-comment").fill("Your tip is one that I will use.")
    teacher.locator("#why-this-word-comment").press("Tab")
    teacher.wait_for_load_state("networkidle")
    assert handed_in.student in feedback(course, LESSON).students
    student = new_page()
    student.goto(running_class.join_link(handed_in.student))
    student.get_by_role("link", name="Read your feedback").first.click()
    words = student.frame_locator("iframe").locator("body")
    expect(words).to_contain_text("Your tip is one that I will use.")
    expect(words).to_contain_text("35 of 40")
    axe(student)
    with export(course, LESSON, "csv", course.root / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert any(handed_in.student in row and "35" in {value.removesuffix(".0") for value in row} for row in rows)


def test_two_tabs_lose_nothing_of_each_other(running_class: RunningClass, open_lesson):
    first, second = open_lesson("cobalt-lynx"), open_lesson("cobalt-lynx")
    first.write("first-idea", "Written in the first tab, and it stays.")
    second.write("my-question", "Written in the second tab, and it stays.")
    first.choose("sure-at-start", "2")
    answers = fold(Journal(running_class.course.work("cobalt-lynx", LESSON)).read().events).answers
    assert answers["first-idea"].startswith("Written in the first")
    assert answers["my-question"].startswith("Written in the second")
    second.open()
    expect(second.card("first-idea").get_by_role("textbox")).to_have_value("Written in the first tab, and it stays.")


def test_what_could_not_be_saved_is_said_and_kept_and_saved_later(running_class: RunningClass, open_lesson):
    lesson = open_lesson("maple-finch")
    work = running_class.course.work("maple-finch", LESSON)
    away = work.with_name("moved")
    lesson.write("first-idea", "Saved before the trouble.")
    work.rename(away)
    work.write_text("a file where the folder should be")
    box = lesson.card("first-idea").get_by_role("textbox")
    box.fill("Typed while nothing could be saved.")
    box.blur()
    expect(lesson.card("first-idea")).to_contain_text("Not saved", timeout=15_000)
    expect(box).to_have_value("Typed while nothing could be saved.")
    work.unlink()
    away.rename(work)
    expect(lesson.card("first-idea").locator(".kit-foot")).to_contain_text("Saved at", timeout=30_000)
    assert fold(Journal(work).read().events).answers["first-idea"] == "Typed while nothing could be saved."


def test_who_stays_on_the_page_can_go_on_writing_and_who_leaves_ends_the_kernel(
    running_class: RunningClass, open_lesson, watch: Watch
):
    lesson = open_lesson("silver-newt")
    page = lesson.page
    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    page.on("dialog", lambda dialog: dialog.dismiss())
    lesson.card("first-idea").get_by_role("textbox").type("Half a thought")
    page.evaluate(
        "setTimeout(() => location.assign('/'))"
    )  # asks, because the words aren't saved yet; the student stays
    lesson.write("first-idea", "Half a thought, and the other half.")
    answers = fold(Journal(running_class.course.work("silver-newt", LESSON)).read().events).answers
    assert answers["first-idea"] == "Half a thought, and the other half."
    page.goto(running_class.url)
    expect(page.get_by_role("heading", name="Your lessons")).to_be_visible()
    page.wait_for_function("url => fetch(url).then((answer) => answer.status === 205)", arg=f"/kit-alive/{kernel}")


def test_words_of_distress_bring_up_the_help_card_and_are_saved(running_class: RunningClass, open_lesson, axe):
    lesson = open_lesson("silver-newt", reduced_motion="reduce")
    lesson.write("first-idea", "i want to die")
    card = lesson.card("first-idea").get_by_role("alert", name="Help")
    expect(card).to_contain_text("Call or text 988")
    axe(lesson.page)
    lesson.predict("surer", "i want to kill myself")
    expect(lesson.card("surer").get_by_role("alert", name="Help")).to_be_visible()
    card.get_by_role("button", name="Close this card").click()
    expect(card).to_be_hidden()
    answers = fold(Journal(running_class.course.work("silver-newt", LESSON)).read().events).answers
    assert answers["first-idea"] == "i want to die"


def _submission(course, student: str) -> str:
    with gradebook(course) as book:
        return str(book.find_submission_notebook(LESSON, LESSON, student).id)


def test_bars_and_slider_are_on_the_screen_together(handed_in, open_lesson):
    for viewport in (CHROMEBOOK, PHONE, ZOOMED):
        machine = machine_of(open_lesson(handed_in.student, viewport=viewport, reduced_motion="reduce"), 1)
        slider = machine.get_by_label("Temperature", exact=True)
        expect(slider).to_be_visible(timeout=60_000)
        machine.locator(".kit-picture").evaluate("node => node.scrollIntoView({ block: 'start' })")
        expect(machine.locator(".kit-bar").first).to_be_in_viewport(ratio=1)
        expect(slider).to_be_in_viewport(ratio=1)


def test_paper_holds_every_bet_verdict_and_answer(handed_in, open_lesson):
    lesson = open_lesson(handed_in.student)
    lesson.page.emulate_media(media="print")
    lesson.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = lesson.page.get_by_role("main")
    expect(paper.get_by_text("You said “blue”")).to_be_visible()
    expect(paper.get_by_text("your verdict: wrong")).to_be_visible()
    expect(paper.get_by_text("Science editors of a school publisher.")).to_be_visible()
    expect(lesson.card("my-claim").get_by_text("Top ten").filter(visible=True)).to_have_count(1)
    for box in paper.locator("textarea:visible").all():
        assert box.evaluate("node => node.scrollHeight <= node.clientHeight + 1"), "words are cut off"
