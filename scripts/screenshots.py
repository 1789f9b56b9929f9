"""Take the README's pictures anew: a real class, the real model, a real browser at the size of a Chromebook."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from kit.ai.weights import fetch_weights
from kit.classroom import Accounts, Classroom, build_course, find_browser
from kit.classroom.browser import launch_options
from kit.settings.load import load_settings
from tests.browser.lesson_page import LessonPage

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMEBOOK = {"width": 1366, "height": 768}
STUDENT = "amber-otter"


def main() -> None:
    """Start a class in a folder of its own, play, and write the pictures."""
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
            link = f"{classroom.app_url}/join/{Accounts(course).new_link(STUDENT)}"
            take(browser, link, classroom.app_url)
            browser.close()


def take(browser: Browser, link: str, app_url: str) -> None:
    """Play the lesson as far as the pictures need it."""
    page = browser.new_page(viewport=CHROMEBOOK, reduced_motion="reduce")
    page.goto(link)
    lesson = LessonPage(page, app_url)
    lesson.open()
    lesson.write("first-idea", "When lots of people have written the same thing, and they were right.")
    lesson.choose("sure-at-start", "3")
    machine = lesson.machine(1)
    lesson.bet(machine, "Ice is lighter than", "water")
    lesson.reveal(machine)
    lesson.roll(machine)
    show(page, lesson)
    page.screenshot(path=PICTURES / "lesson.png")
    page.goto(app_url)
    expect(page.get_by_role("heading", name="Your lessons")).to_be_visible()
    page.screenshot(path=PICTURES / "shelf.png")


def show(page: Page, lesson: LessonPage) -> None:
    """Scroll so that the sentence and its bars fill the window."""
    page.mouse.move(0, 0)
    lesson.machine(1).locator(".kit-sentence").evaluate(
        "node => window.scrollTo({top: node.getBoundingClientRect().top + scrollY - 24, behavior: 'instant'})"
    )
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
