"""A class where no model runs: the lessons that use one, played on recordings, with every machine point in reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from kit.classroom import Classroom, build_course
from kit.settings.load import load_settings
from tests.browser.conftest import FINISHER, PORTS, RunningClass
from tests.browser.lesson_page import LessonPage
from tests.browser.lessons import student_of
from tests.browser.marks import expect_full_marks

pytestmark = pytest.mark.browser

RECORDED = '[ai]\nprovider = "recorded"\n'
SLUGS = sorted(file.name.removesuffix(".json") for file in (files("kit.ai") / "recordings").iterdir())


@pytest.fixture(scope="module")
def recorded_class(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningClass]:
    """A class as ``ai.provider = "recorded"`` makes it: a gateway and the student app, and no model."""
    root = tmp_path_factory.mktemp("recorded") / "course"
    root.mkdir()
    (root / "kit.toml").write_text(PORTS + RECORDED, encoding="utf-8")
    settings = load_settings(root)
    course = build_course(root, settings)
    with Classroom(course, settings, with_lab=False) as classroom:
        yield RunningClass(course, classroom)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_class_on_recordings_reaches_every_machine_point(
    recorded_class: RunningClass, new_page: Callable[..., Page], slug: str
) -> None:
    page = new_page()
    page.goto(recorded_class.join_link(FINISHER))
    lesson = LessonPage(page, recorded_class.url, slug)
    lesson.open()
    student = student_of(slug)
    for do in getattr(student, "STAGES_ON_RECORDINGS", student.STAGES):
        do(lesson)
    assert lesson.hand_in()
    # What was seen says that it was recorded, and nothing else can have answered.
    expect(page.locator(".kit-badge").get_by_text("Recorded", exact=True).first).to_be_visible()
    assert "model" not in recorded_class.classroom.pids
    expect_full_marks(recorded_class.course, slug, FINISHER)
