"""The pages for paper in a real browser: no fault for axe, no scrolling sideways, each station card on its own page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kit.lessons import load_catalogue
from kit.lessons.starting import start_lesson
from kit.paper import print_lesson
from kit.settings import content_root

from .conftest import CHROMEBOOK, PHONE

FIXTURE = Path(__file__).parents[1] / "lessons" / "fixtures" / "course"
NEW = "a-new-lesson"
PAGES = [(slug, kind) for slug in (*load_catalogue(content_root()).slugs, NEW) for kind in ("student", "facilitator")]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every lesson's web pages, and those of a new lesson, which has stations."""
    folder, course = tmp_path_factory.mktemp("printed"), tmp_path_factory.mktemp("course")
    (course / "notebooks" / "lessons").mkdir(parents=True)
    (course / "notebooks" / "lessons" / "curriculum.yml").write_text("lessons: []\n")
    start_lesson(course, NEW)
    print_lesson(load_catalogue(course), NEW, folder, html_only=True)
    catalogue = load_catalogue(content_root())
    for slug in catalogue.slugs:
        print_lesson(catalogue, slug, folder, html_only=True)
    return folder


@pytest.mark.browser
@pytest.mark.parametrize(("slug", "kind"), PAGES, ids=lambda one: one)
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(
    printed: Path, new_page: Callable[..., Page], axe: Callable[[Page], None], slug: str, kind: str
) -> None:
    for viewport in (CHROMEBOOK, PHONE, {"width": 320, "height": 640}):
        page = new_page(viewport=viewport)
        page.goto((printed / f"{slug}-{kind}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)


@pytest.mark.browser
def test_a_station_card_has_a_page_of_its_own(printed: Path, page: Page) -> None:
    page.goto((printed / f"{NEW}-facilitator.html").as_uri())
    page.emulate_media(media="print")
    cards = page.locator(".station")
    assert cards.count() == 2
    for number in range(2):
        assert cards.nth(number).evaluate("card => getComputedStyle(card).breakInside") == "avoid"
        before = cards.nth(number).evaluate("card => card.previousElementSibling.className")
        assert before == "new-page"
