"""The class's numbers: after one's own answer, without names, not below five, and cheap to ask for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from kit.classroom import find_browser
from kit.classroom.accounts import Accounts
from kit.classroom.agreement import FEWEST, ClassOpinions, enough
from kit.classroom.browser import launch_options
from kit.errors import LessonNotFound
from kit.grading import release
from kit.journal import FILE_NAME, Journal
from kit.settings import Course
from tests.classroom.conftest import LESSON, App

SLUG = "who-says"
URL = f"/lesson/{SLUG}/agreement"


def judge(course: Course, student: str, claim: int, verdict: str) -> None:
    value = {"action": "verdict", "params": {"claim": claim}, "result": {"verdict": verdict, "about": ""}}
    Journal(course.work(student, SLUG)).append("run", "lateral-reading", value)


@pytest.fixture
def opinions(course: Course) -> ClassOpinions:
    if not (course.released(SLUG) / f"{SLUG}.ipynb").exists():
        release(course, SLUG)
    return ClassOpinions(course)


@pytest.fixture
def students(course: Course) -> tuple[str, ...]:
    return Accounts(course).students


def test_last_verdicts_are_counted_and_only_those_on_real_claims(
    course: Course, opinions: ClassOpinions, students: tuple[str, ...]
) -> None:
    poll = opinions.poll(SLUG)
    assert poll is not None
    judge(course, students[0], 6, "contradicted")
    judge(course, students[0], 6, "supported")
    judge(course, students[1], 6, "contradicted")
    judge(course, students[1], 77, "supported")
    counts = opinions.count(students, poll)
    assert counts["6"] == {"supported": 1, "contradicted": 1}
    assert set(counts) == set(poll.questions) == {"1", "2", "3", "4", "5", "6", "7", "8"}


def test_below_five_there_are_no_numbers(course: Course, opinions: ClassOpinions, students: tuple[str, ...]) -> None:
    poll = opinions.poll(SLUG)
    assert poll is not None
    for number, student in enumerate(students[:FEWEST], 1):
        assert enough(opinions.count(students, poll), poll) == {}
        judge(course, student, 2, "contradicted" if number > 1 else "not-found")
    shown = {"supported": 0, "contradicted": 4, "not-found": 1, "total": 5}
    assert enough(opinions.count(students, poll), poll) == {"2": shown}


def test_a_journal_is_read_again_only_when_its_file_has_changed(
    course: Course, opinions: ClassOpinions, students: tuple[str, ...]
) -> None:
    poll = opinions.poll(SLUG)
    assert poll is not None
    judge(course, students[0], 1, "supported")
    judge(course, students[1], 1, "supported")
    for _ in range(10):
        opinions.count(students, poll)
    assert opinions.reads == 2
    judge(course, students[0], 1, "contradicted")
    assert opinions.count(students, poll)["1"] == {"supported": 1, "contradicted": 1}
    assert opinions.reads == 3


def test_thirty_pages_that_ask_cost_little(course: Course, opinions: ClassOpinions, students: tuple[str, ...]) -> None:
    poll = opinions.poll(SLUG)
    assert poll is not None
    for student in students:
        for claim in range(1, 9):
            judge(course, student, claim, "supported")
    opinions.count(students, poll)
    reads = opinions.reads
    for _ in range(30):
        assert opinions.poll(SLUG) is poll
        opinions.count(students, poll)
    assert opinions.reads == reads  # no journal is read again that hasn't changed


def test_who_left_the_class_and_a_broken_file_count_for_nothing(
    course: Course, opinions: ClassOpinions, students: tuple[str, ...]
) -> None:
    poll = opinions.poll(SLUG)
    assert poll is not None
    judge(course, "somebody-else", 1, "supported")
    broken = course.work(students[0], SLUG) / FILE_NAME
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_bytes(b"\xff\xfe{]\n" * 50)
    (course.work(students[1], SLUG) / FILE_NAME).mkdir(parents=True)
    assert opinions.count(students, poll)["1"].total() == 0


def test_a_lesson_without_such_questions_has_none_and_a_closed_one_is_not_told(
    course: Course, opinions: ClassOpinions
) -> None:
    assert opinions.poll(LESSON) is None
    shutil.rmtree(course.released(SLUG))
    for slug in (SLUG, "no-such-lesson"):
        with pytest.raises(LessonNotFound):
            opinions.poll(slug)


def test_the_command_prints_the_numbers(course: Course, opinions: ClassOpinions, students: tuple[str, ...]) -> None:
    for student in students[:6]:
        judge(course, student, 7, "supported")
    kit = Path(sys.executable).parent / "kit"
    done = subprocess.run([kit, "agreement", SLUG, "--course", course.root], capture_output=True, text=True, check=True)
    assert "The school band tunes" in done.stdout
    assert "under 5" in done.stdout
    assert "they move 5 students at a time" in done.stdout
    refused = subprocess.run(
        [kit, "agreement", LESSON, "--course", course.root], capture_output=True, text=True, check=False
    )
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)


def test_numbers_move_by_a_crowd_and_never_by_one_student(
    course: Course, opinions: ClassOpinions, students: tuple[str, ...]
) -> None:
    poll = opinions.poll(SLUG)
    assert poll is not None
    for student in students[:FEWEST]:
        judge(course, student, 8, "supported")
    students = (*students, "cedar-vole", "coral-toad", "maple-crow")
    first = opinions.shown(students, poll)["8"]
    assert first == {"supported": FEWEST}
    # Whoever judges next, or changes their mind, can't be told by asking again.
    judge(course, students[0], 8, "contradicted")
    for student in students[FEWEST : 2 * FEWEST - 2]:
        judge(course, student, 8, "not-found")
        assert opinions.shown(students, poll)["8"] == first
    # To change one's own verdict to and fro counts once, or not at all.
    judge(course, students[0], 8, "supported")
    judge(course, students[0], 8, "contradicted")
    assert opinions.shown(students, poll)["8"] == first
    judge(course, students[2 * FEWEST - 2], 8, "not-found")
    assert opinions.shown(students, poll)["8"] == {"supported": 4, "contradicted": 1, "not-found": 4}


@pytest.mark.parametrize(
    "line",
    [
        b'{"seq": 1, "value": ' + b"[" * 50_000 + b"\n",
        b'{"seq": 1, "value": "' + b"x" * 10_000_000 + b'"}\n',
        b'{"seq": NaN, "kind": "run"}\n',
        b'{"seq": ' + b"9" * 5_000 + b', "kind": "run"}\n',
        b'{"seq": 1, "kind": "run", "field": "lateral-reading", "value": {"action": "verdict", "params": []}}\n',
    ],
    ids=["deep", "ten-megabytes", "nan", "huge-number", "no-digest"],
)
def test_a_poisoned_journal_costs_nobody_else_a_number(
    course: Course, opinions: ClassOpinions, students: tuple[str, ...], line: bytes
) -> None:
    poll = opinions.poll(SLUG)
    assert poll is not None
    for student in students[1 : FEWEST + 1]:
        judge(course, student, 3, "supported")
    poisoned = course.work(students[0], SLUG) / FILE_NAME
    poisoned.parent.mkdir(parents=True, exist_ok=True)
    poisoned.write_bytes(line * 2)
    assert opinions.shown(students, poll)["3"].total() == FEWEST
    assert opinions.of(students[0], poll) == {}


# Over the app's doors


@pytest.fixture(scope="module")
def judged(app: App) -> httpx.Client:
    if not (app.course.released(SLUG) / f"{SLUG}.ipynb").exists():
        release(app.course, SLUG)
    for student in [one for one in Accounts(app.course).students if one != "cobalt-lynx"][:FEWEST]:
        judge(app.course, student, 6, "supported")
        judge(app.course, student, 7, "contradicted")
    student = app.student("cobalt-lynx")
    judge(app.course, "cobalt-lynx", 6, "contradicted")
    judge(app.course, "cobalt-lynx", 1, "supported")
    return student


def test_a_student_gets_numbers_for_what_they_have_judged_and_for_nothing_else(judged: httpx.Client) -> None:
    answer = judged.get(URL)
    assert answer.headers["content-type"].startswith("application/json")
    found = answer.json()
    assert found["fewest"] == FEWEST
    assert set(found["answered"]) >= {"1", "6"}
    assert "7" not in found["answered"]
    assert set(found["answers"]) == {"6"}
    assert found["answers"]["6"]["total"] >= FEWEST
    assert found["answers"]["6"]["contradicted"] >= 1


def test_no_name_is_in_it(app: App, judged: httpx.Client) -> None:
    text = json.dumps(judged.get(URL).json())
    assert not [student for student in Accounts(app.course).students if student in text]


def test_strangers_get_nothing_and_the_uninitiated_no_numbers(app: App, judged: httpx.Client) -> None:
    for path in (URL, f"{URL}/view"):
        answer = app.stranger().get(path)
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/sign-in")
    Accounts(app.course).enroll(["violet-moth"])
    fresh = app.student("violet-moth").get(URL).json()
    assert (fresh["answered"], fresh["answers"]) == ([], {})


def test_other_lessons_have_no_such_page(judged: httpx.Client) -> None:
    for slug in (LESSON, "no-such-lesson", "..%2froster"):
        assert judged.get(f"/lesson/{slug}/agreement").status_code == 404


def test_the_page_for_the_wall_shows_the_same_numbers(judged: httpx.Client) -> None:
    page = judged.get(f"{URL}/view").text
    numbers = judged.get(URL).json()["answers"]["6"]
    assert "an otter climbed into a boat" in page
    assert "The school band tunes" not in page
    assert f'data-option="total">{numbers["total"]}</td>' in page
    assert "fewer than 5 yet" in page
    assert "move 5 students at a time" in page
    assert "<script>" not in page


@pytest.mark.browser
def test_on_a_phone_the_page_for_the_wall_needs_no_sideways_scrolling(app: App, judged: httpx.Client) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=launch_options())
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"{app.url}/join/{Accounts(app.course).new_link('cobalt-lynx')}")
        page.goto(f"{app.url}{URL}/view")
        width = page.evaluate("document.documentElement.scrollWidth")
        sideways = page.locator(".kit-wide-table").evaluate("one => one.scrollWidth - one.clientWidth")
        # Stacked, it is still a table to a screen reader.
        numbers = page.get_by_role("row", name="an otter climbed into a boat").get_by_role("cell").all_inner_texts()
        found = Axe().run(page).response["violations"]
        browser.close()
    assert (width, sideways) == (360, 0)
    assert len(numbers) == 4
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
