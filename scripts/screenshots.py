"""Take the pictures anew: a real class, the real model, a real browser as wide as a Chromebook.

The README's two go to ``docs/pictures``; one of each exercise goes beside its lesson, for the gallery and for paper.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from kit.ai.weights import fetch_weights
from kit.classroom import Accounts, Classroom, build_course, find_browser
from kit.classroom.browser import launch_options
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.settings.load import load_settings
from tests.browser.lesson_page import LessonPage
from tests.browser.lessons import student_of
from tests.browser.lessons.next_word_please import bet, machine_of, reveal, roll

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
README = {"width": 1366, "height": 1010}  # all ten bars, the slider and the dice
TALL = {"width": 1366, "height": 1400}  # nothing has to stay in sight at the window's foot
TALLEST, MARGIN = 1100, 16
# How much of a box fits into a height without cutting through a line, a bar or a button.
WHOLE_LINES = """(box, tallest) => {
  const top = box.getBoundingClientRect().top;
  const isSmall = (one) => one.checkVisibility() && !one.querySelector("p, li, div");
  const small = [...box.querySelectorAll("*")].filter(isSmall);
  const spans = small.map((one) => one.getBoundingClientRect()).map((at) => [at.top - top, at.bottom - top]);
  const cutsNothing = (y) => !spans.some(([from, to]) => from < y && y < to);
  return Math.max(...spans.map(([, to]) => to).filter((y) => y <= tallest && cutsNothing(y)));
}"""
STUDENT, READER = "amber-otter", "cedar-wren"


def main() -> None:
    """Start a class in a folder of its own, play every lesson, and write the pictures."""
    fetch_weights()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        root.mkdir()
        (root / "kit.toml").write_text("[classroom]\napp_port = 0\n", encoding="utf-8")
        settings = load_settings(root)
        course = build_course(root, settings)
        with Classroom(course, settings, with_lab=False) as classroom, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=launch_options())
            for_readme(signed_in(browser, classroom, READER, README), classroom.app_url)
            for slug in load_catalogue(content_root()).slugs:
                of_exercises(signed_in(browser, classroom, STUDENT, TALL), classroom.app_url, slug)
            browser.close()


def signed_in(browser: Browser, classroom: Classroom, student: str, window: dict[str, int]) -> Page:
    """Return a page of a student who has just come in."""
    page = browser.new_page(viewport=window, reduced_motion="reduce")
    page.goto(f"{classroom.app_url}/join/{Accounts(classroom.course).new_link(student)}")
    return page


def for_readme(page: Page, app_url: str) -> None:
    """Play one lesson as far as the README's pictures need it."""
    lesson = LessonPage(page, app_url, "next-word-please")
    lesson.open()
    lesson.write("first-idea", "When lots of people have written the same thing, and they were right.")
    lesson.choose("sure-at-start", "3")
    machine = machine_of(lesson, 1)
    bet(lesson, machine, "Ice is lighter than", "water")
    reveal(lesson, machine)
    roll(lesson, machine)
    scroll_to(page, machine.locator(".kit-sentence"), air=14)
    page.screenshot(path=PICTURES / "lesson.png")
    page.goto(app_url)
    expect(page.get_by_role("heading", name="Your lessons")).to_be_visible()
    page.screenshot(path=PICTURES / "shelf.png", full_page=True)
    page.close()


def of_exercises(page: Page, app_url: str, slug: str) -> None:
    """Do a lesson, and take a picture of each exercise as it is when it was played."""
    catalogue, student = load_catalogue(content_root()), student_of(slug)
    lesson = LessonPage(page, app_url, slug)
    lesson.open()
    for do in student.STAGES:
        do(lesson)
    for exercise in catalogue[slug].exercises:
        target = catalogue.picture(slug, exercise)
        target.parent.mkdir(exist_ok=True)
        posed: Locator = student.pose(lesson, exercise)
        scroll_to(page, posed)
        box = posed.bounding_box()
        assert box is not None
        if box["height"] > TALLEST:
            box["height"] = posed.evaluate(WHOLE_LINES, TALLEST) - MARGIN / 2  # what comes next begins soon after
        page.screenshot(path=target, full_page=True, clip=on_page(page, box))
    page.close()


def on_page(page: Page, box: dict[str, float]) -> dict[str, float]:
    """Return a box of the window as a box of the whole page, with air around it."""
    top, wide, high = box["y"] + page.evaluate("scrollY"), box["width"] + 2 * MARGIN, box["height"] + 2 * MARGIN
    return {"x": box["x"] - MARGIN, "y": top - MARGIN, "width": wide, "height": high}


def scroll_to(page: Page, what: Locator, air: int = 24) -> None:
    """Scroll so that it begins at the top of the window."""
    page.mouse.move(0, 0)
    what.evaluate(
        "(node, air) => scrollTo({top: node.getBoundingClientRect().top + scrollY - air, behavior: 'instant'})", air
    )
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
