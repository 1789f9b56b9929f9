"""A teacher in a real browser: opens the formgrader, scores, comments; and no student's script ever runs there."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from kit.classroom import find_browser
from kit.classroom.browser import launch_options
from kit.grading import feedback, grade
from kit.grading.course import gradebook
from kit.settings import Course

from .conftest import Class

pytestmark = pytest.mark.browser

EVIL = (
    "<script>window.pwned=1</script><img src=x onerror=window.pwned=2> [click](javascript:window.pwned=3) "
    "<a href='javascript:window.pwned=4'>x</a> $\\href{javascript:window.pwned=5}{x}$ ![i](http://evil.example/beacon)"
    "\n\n<svg onload=window.pwned=6>\n\n</div></div>```\n<iframe src=//evil.example></iframe>"
)

# A word that begins on one line and ends on another, as in a column that is too narrow for it.
BROKEN_WORDS = """nodes => {
  const broken = [];
  for (const node of nodes) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.textContent.matchAll(/[\\p{L}\\d]+/gu)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (range.getClientRects().length > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


@pytest.fixture(scope="module")
def room(released_course, tmp_path_factory) -> Class:
    """One class for all these tests, each with a student of its own: JupyterLab takes its time to start."""
    return Class(Course(Path(shutil.copytree(released_course, tmp_path_factory.mktemp("class") / "course"))))


@pytest.fixture(scope="module")
def lab(room, tmp_path_factory) -> Iterator[str]:
    """Serve JupyterLab with the formgrader on the course, and return its address."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ServerApp.port_retries=0"]
    flags = ["--IdentityProvider.token=", "--ServerApp.password=", "--allow-root", f"--notebook-dir={room.course.root}"]
    environment = {**os.environ, "PATH": path, "JUPYTER_CONFIG_DIR": str(home / "config"), "HOME": str(home)}
    log = (home / "lab.log").open("wb")
    process = subprocess.Popen([*command, *flags], cwd=room.course.root, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/formgrader/api/status", process, home / "lab.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(url, timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture
def page() -> Iterator[Page]:
    """Open a page that must not ask anything of another machine."""
    outside: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=launch_options())
        found = browser.new_page(viewport={"width": 1366, "height": 768})
        found.on("request", lambda request: outside.append(request.url) if is_outside(request.url) else None)
        yield found
        browser.close()
    assert outside == []


def is_outside(url: str) -> bool:
    return not re.match(r"(http://127\.0\.0\.1[:/]|data:|blob:|about:|file:)", url)


def hostile_notebook(room) -> nbformat.NotebookNode:
    notebook = room.notebook()
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        cell.metadata["kit"] = {"title": EVIL}
        cell.metadata["name"] = EVIL
        if cell.cell_type == "markdown":
            cell.source = EVIL
            cell.attachments = {"x.svg": {"image/svg+xml": "<svg onload=window.pwned=7>"}}
        elif about.get("solution"):
            cell.source = f"# </pre></code>{EVIL}"
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": EVIL})]
    notebook.metadata["title"] = EVIL
    return notebook


def open_submission(page: Page, room, lab: str, student: str) -> None:
    with gradebook(room.course) as book:
        submission = book.find_submission_notebook(room.lesson, room.lesson, student)
        address = f"{lab}/formgrader/submissions/{submission.id}/"
    page.goto(address)
    wait_until(lambda: page.evaluate("formgrader.loaded && formgrader.grades.loaded && formgrader.comments.loaded"))


def test_a_teacher_scores_and_comments_and_the_student_reads_it(room, lab, page):
    room.play("kim-01")
    room.place("kim-01")
    grade(room.course, room.lesson)
    page.goto(f"{lab}/formgrader")
    page.wait_for_selector(f"text={room.lesson}")
    open_submission(page, room, lab, "kim-01")
    assert "Because it predicts words." in page.inner_text("#notebook")
    assert "Weighs two reasons." in page.inner_text("#notebook")
    page.fill("input#why-wrong.score", "3")
    page.press("input#why-wrong.score", "Tab")
    page.fill("#why-wrong-comment", "A clear reason.")
    page.press("#why-wrong-comment", "Tab")
    wait_until(lambda: hand_score(room, "why-wrong") == (3.0, "A clear reason."))
    page.screenshot(path=os.environ.get("KIT_SHOT", str(room.course.root / "formgrader.png")), full_page=True)
    feedback(room.course, room.lesson)
    page.goto((room.course.outbox("kim-01", room.lesson) / f"{room.lesson}.html").as_uri())
    assert "A clear reason." in page.inner_text("main")
    assert "3 of 4" in page.inner_text("main")


def test_a_click_on_a_level_scores_and_the_lessons_code_waits_behind_a_switch(room, lab, page):
    room.play("sam-03")
    room.place("sam-03")
    grade(room.course, room.lesson)
    open_submission(page, room, lab, "sam-03")
    cell = page.locator(".nbgrader_cell", has=page.locator("input#why-wrong"))
    assert "Why it was wrong" in cell.locator("h3").inner_text()
    cell.get_by_role("button", name="2", exact=True).click()
    wait_until(lambda: hand_score(room, "why-wrong", "sam-03")[0] == 2.0)
    pressed = cell.locator(".kit-level[aria-pressed=true]")
    wait_until(lambda: pressed.all_inner_texts() == ["2"])
    page.fill("input#why-wrong.score", "3")
    page.press("input#why-wrong.score", "Tab")
    wait_until(lambda: pressed.all_inner_texts() == ["3"])
    called = page.get_by_text("lesson.respond").first
    checked = page.get_by_text("checks.rolls_made").first
    assert not called.is_visible()
    assert not checked.is_visible()
    assert page.get_by_text("20 of at least 20 rolls were made.").is_visible()
    page.get_by_label("Show the lesson's text and code").check()
    assert called.is_visible()
    assert checked.is_visible()


def test_what_is_longer_than_its_box_is_reached_and_moved_with_the_keyboard(room, lab, page):
    journal = room.play("ada-05")
    claim = {"claim": "It guesses. " * 100, "evidence": ["run-3"], "reasoning": "Look at the bars. " * 50}
    journal.append("claim", "my-claim", claim)
    notebook = room.notebook()
    code = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "my-code")
    code.source = f"words = '{'long ' * 200}'"
    room.place("ada-05", notebook)
    grade(room.course, room.lesson)
    open_submission(page, room, lab, "ada-05")
    beside = page.get_by_role("region", name="To look at with it: What do you claim?")
    assert page.locator(".kit-beside").count() == beside.count() == 1
    page.locator("input#why-wrong_extra_credit").focus()
    page.keyboard.press("Tab")
    assert beside.evaluate("box => box === document.activeElement")
    page.keyboard.press("PageDown")
    wait_until(lambda: beside.evaluate("box => box.scrollTop > 0"))
    page.keyboard.press("Tab")
    assert page.locator("#why-wrong-comment").evaluate("box => box === document.activeElement")
    page.keyboard.press("Shift+Tab")
    assert beside.evaluate("box => box === document.activeElement")
    found = Axe().run(page, options={"runOnly": ["scrollable-region-focusable"]}).response
    assert found["violations"] == []
    assert found["passes"]


def test_the_page_that_comes_back_fits_a_phone_and_says_where_one_stands(room, lab, page):
    room.play("pia-04")
    room.place("pia-04")
    grade(room.course, room.lesson)
    open_submission(page, room, lab, "pia-04")
    page.locator(".nbgrader_cell", has=page.locator("input#why-wrong")).get_by_role("button", name="2").first.click()
    wait_until(lambda: hand_score(room, "why-wrong", "pia-04")[0] == 2.0)
    feedback(room.course, room.lesson)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((room.course.outbox("pia-04", room.lesson) / f"{room.lesson}.html").as_uri())
    for fold in page.locator("summary").all():
        fold.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    words = page.locator("th a, td, h3, .because").evaluate_all(BROKEN_WORDS)
    assert words == []
    standing = page.locator(".standing").first.inner_text()
    assert "You are here\n2 Approaching. Gives a reason." in standing
    assert "The goal\n3 Meets. Gives a reason that fits." in standing  # and not a level that says what is missing


def test_the_autograde_button_takes_the_same_road(room, lab, page):
    room.play("lee-02")
    room.place("lee-02")
    page.goto(f"{lab}/formgrader/manage_submissions/{room.lesson}")
    page.locator("tr", has=page.locator("td", has_text="lee-02")).locator("td.autograde a").click()
    page.wait_for_selector(".modal-title")
    wait_until((room.course.step("autograded") / "lee-02" / room.lesson / f"{room.lesson}.ipynb").exists)
    outcome = outcome_of(room, "lee-02")
    assert outcome.unchanged
    assert outcome.machine == 9


@pytest.mark.parametrize("road", ["journal", "notebook"])
def test_nothing_a_student_wrote_runs_in_a_teachers_page(room, lab, page, road):
    student = f"from-{road}"
    if road == "journal":
        journal = room.play(student, words=EVIL)
        journal.append("source", EVIL, {EVIL: EVIL, "title": EVIL})
        journal.append("citation", EVIL, {"style": EVIL, "text": EVIL})
        journal.append("claim", "my-claim", {"claim": EVIL, "evidence": [EVIL, "run-3"], "reasoning": EVIL})
        journal.append("statement", "my-ai", {"used": EVIL, "tool": EVIL})
        journal.append("choice", "pick", EVIL)
        journal.append("answer", EVIL, EVIL)
    room.place(student, room.notebook() if road == "journal" else hostile_notebook(room))
    assert outcome_of(room, student).refused == ""
    open_submission(page, room, lab, student)
    page.wait_for_timeout(500)
    assert_tame(page)
    assert "<script>window.pwned=1</script>" in page.inner_text("#notebook")
    feedback(room.course, room.lesson)
    page.goto((room.course.outbox(student, room.lesson) / f"{room.lesson}.html").as_uri())
    assert_tame(page)
    assert "<script>window.pwned=1</script>" in page.inner_text("main")


def test_nothing_a_student_wrote_grows_over_a_teachers_page(room, lab, page):
    words = f"Look: $$\\rule{{500em}}{{500em}}$$ \\(\\style{{position:fixed}}{{x}}\\) {'w' * 5_000}"
    room.play("wide-word", words=words)
    room.place("wide-word")
    assert outcome_of(room, "wide-word").refused == ""
    open_submission(page, room, lab, "wide-word")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.goto(f"{lab}/lab/tree/assignments/autograded/wide-word/{room.lesson}/{room.lesson}.ipynb")
    answer = page.locator(".kit-answer", has_text="Look:").first
    answer.wait_for(timeout=60_000)
    page.wait_for_timeout(5_000)  # JupyterLab fetches MathJax when it first meets a formula
    assert page.locator(".jp-Notebook mjx-container").count() == 0
    assert "$$" in answer.inner_text()


def assert_tame(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    live = (
        "#notebook script, #notebook iframe, #notebook img, #notebook svg, main script, main img, main svg, main iframe"
    )
    assert page.locator(live).count() == 0
    assert page.locator("a[href^='javascript:']:not(nav a)").count() == 0


def outcome_of(room, student: str):
    """Grade, and return how one student's submission went."""
    return next(one for one in grade(room.course, room.lesson).outcomes if one.student == student)


def hand_score(room, name: str, student: str = "kim-01") -> tuple[float | None, str | None]:
    with gradebook(room.course) as book:
        score = book.find_grade(name, room.lesson, room.lesson, student).manual_score
        return score, book.find_comment(name, room.lesson, room.lesson, student).comment


def wait_until(is_so) -> None:
    for _ in range(60):
        if is_so():
            return
        time.sleep(0.25)
    raise AssertionError("it did not come to pass")
