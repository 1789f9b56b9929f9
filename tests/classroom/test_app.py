from __future__ import annotations

import asyncio
import json
import re

import httpx
import psutil
import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from kit.classroom.accounts import Accounts
from kit.classroom.identity import COOKIE
from kit.journal import FILE_NAME, Journal, hand_in
from tests.classroom.conftest import LESSON, SECRETS, App
from tests.process_memory import holds

CLOSED = [
    "/voila/tree",
    "/voila/tree/work",
    f"/voila/render/assignments/source/{LESSON}/{LESSON}.ipynb",
    "/voila/files/roster.csv",
    "/voila/files/gradebook.db",
    "/voila/files/notebooks/lessons/curriculum.yml",
    "/voila/api/contents",
    "/api/contents",
    "/api/contents/roster.csv",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/terminals",
    "/tree",
    "/lab",
    "/files/roster.csv",
    "/login",
    "/nbconvert/html/roster.csv",
    "/lesson/..%2froster.csv",
    "/lesson/no-such-lesson",
    "/feedback/../roster.csv",
    "/kit/..%2f..%2ferrors.py",
    "/kit/%2e%2e/app.py",
    "/kit//etc/passwd",
    "/voila/static/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/voila/templates/kit/static/../index.html.j2",
    "/voila/templates/..%2f..%2f..%2f/static/x",
    "/voila/labextensions/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/voila/api/themes/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
]


@pytest.fixture(scope="module")
def amber(app: App) -> httpx.Client:
    return app.student("amber-otter")


@pytest.fixture(scope="module")
def cedar(app: App) -> httpx.Client:
    return app.student("cedar-wren")


@pytest.fixture(scope="module")
def lesson_page(amber: httpx.Client) -> str:
    answer = amber.get(f"/lesson/{LESSON}")
    assert answer.status_code == 200
    return answer.text


@pytest.fixture(scope="module")
def kernel(lesson_page: str) -> str:
    found = re.search(r'"kernelId":\s*"([\w-]+)"', lesson_page)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/", f"/lesson/{LESSON}", f"/feedback/{LESSON}", f"/feedback/{LESSON}/document"])
def test_strangers_are_asked_to_sign_in(app: App, path: str) -> None:
    answer = app.stranger().get(path)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("path", CLOSED)
def test_nothing_of_jupyter_or_of_the_course_is_reachable(app: App, amber: httpx.Client, path: str) -> None:
    for client in (amber, app.stranger()):
        answer = client.get(path)
        assert answer.status_code in (302, 403, 404), answer.text[:200]
        assert "student_id" not in answer.text
        assert "root:" not in answer.text
        assert "class KitError" not in answer.text


def test_a_changed_cookie_is_no_cookie(app: App, amber: httpx.Client) -> None:
    genuine = amber.cookies[COOKIE]
    changed = genuine.replace(genuine.split("|")[4], "15:Y2VkYXItd3Jlbg==")
    for forged in (changed, "cedar-wren", genuine[:-4] + "0000", ""):
        answer = app.stranger().get("/", headers={"Cookie": f"{COOKIE}={forged}"})
        assert answer.status_code == 302
    assert app.stranger().get("/", headers={"Cookie": f"{COOKIE}={genuine}"}).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: App) -> None:
    answer = app.stranger().get(f"/join/{Accounts(app.course).new_link('silver-newt')}")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_old_or_invented_link_opens_nothing(app: App) -> None:
    accounts = Accounts(app.course)
    old = accounts.new_link("maple-finch")
    accounts.new_link("maple-finch")
    assert app.stranger().get(f"/join/{old}").status_code == 404
    assert app.stranger().get("/join/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").status_code == 404


def test_a_kernel_is_there_for_its_student_only(amber: httpx.Client, cedar: httpx.Client, kernel: str) -> None:
    assert amber.get(f"/kit-alive/{kernel}").status_code == 204
    assert amber.get(f"/api/kernels/{kernel}").status_code == 200
    assert cedar.get(f"/kit-alive/{kernel}").status_code == 205
    assert cedar.get(f"/api/kernels/{kernel}").status_code == 404
    xsrf = {"X-XSRFToken": _xsrf(cedar)}
    assert cedar.post(f"/voila/api/shutdown/{kernel}", headers=xsrf).status_code == 404
    assert cedar.delete(f"/api/kernels/{kernel}", headers=xsrf).status_code == 404
    assert amber.get(f"/kit-alive/{kernel}").status_code == 204


def test_another_students_socket_is_refused(app: App, cedar: httpx.Client, kernel: str) -> None:
    url = f"{app.url.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=x"

    async def knock(cookie: str) -> None:
        await websocket_connect(HTTPRequest(url, headers={"Cookie": cookie}))

    for cookie, code in ((f"{COOKIE}={cedar.cookies[COOKIE]}", 404), ("", 403)):
        with pytest.raises(HTTPClientError) as refused:
            asyncio.run(knock(cookie))
        assert refused.value.code == code


def test_ending_a_kernel_needs_the_pages_own_token(amber: httpx.Client, kernel: str) -> None:
    assert amber.post(f"/voila/api/shutdown/{kernel}").status_code == 403
    assert amber.get(f"/kit-alive/{kernel}").status_code == 204


def test_no_kernel_and_not_its_parent_holds_a_secret(app: App, kernel: str) -> None:
    processes = psutil.Process(app.pid).children(recursive=True)
    theirs = [process for process in processes if process.cwd() == str(app.course.work("amber-otter", LESSON))]
    assert theirs
    assert all("kit.kernels.forkserver" in process.cmdline() for process in theirs), "it was started the ordinary way"
    assert all(holds(process.pid, "amber-otter") for process in theirs)
    for process in processes:
        assert not set(process.environ()) & set(SECRETS)
        assert not [secret for secret in SECRETS.values() if holds(process.pid, secret)]


def test_neither_template_nor_theme_can_be_chosen_by_address(amber: httpx.Client) -> None:
    page = amber.get(f"/lesson/{LESSON}?template=classic&theme=dark").text
    assert 'class="kit-page kit-lesson"' in page
    assert "theme-dark" not in page


def test_the_page_holds_no_solution_and_no_check(lesson_page: str) -> None:
    for word in ("BEGIN SOLUTION", "HIDDEN TESTS", "checks.", "open_lesson", "grade_id"):
        assert word not in lesson_page


def test_stages_come_in_order_with_headings_of_their_own(lesson_page: str) -> None:
    sections = re.findall(r'<section class="kit-section" id="stage-(\w+)"', lesson_page)
    assert sections == ["orient", "question", "investigate", "construct", "express", "reflect"]
    assert len(re.findall(r"<h1\b", lesson_page)) == 1


@pytest.mark.parametrize("path", ["/", f"/lesson/{LESSON}", "/sign-in", "/no-such-page"])
def test_no_page_asks_anybody_outside(amber: httpx.Client, path: str) -> None:
    answer = amber.get(path)
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//[^"']*""", answer.text)
    assert "cdn" not in answer.text.lower()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http:" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_feedback_is_shown_in_a_sandbox_to_its_student_only(app: App, amber: httpx.Client, cedar: httpx.Client) -> None:
    folder = app.course.outbox("amber-otter", LESSON)
    folder.mkdir(parents=True)
    (folder / f"{LESSON}.html").write_text("<h1>Well argued</h1><script>steal()</script>", encoding="utf-8")
    assert amber.get(f"/feedback/{LESSON}").status_code == 200
    document = amber.get(f"/feedback/{LESSON}/document")
    assert "Well argued" in document.text
    policy = document.headers["content-security-policy"]
    assert policy.startswith("sandbox")
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert cedar.get(f"/feedback/{LESSON}").status_code == 404
    assert cedar.get(f"/feedback/{LESSON}/document").status_code == 404
    assert "Feedback ready" in amber.get("/").text
    assert "Feedback ready" not in cedar.get("/").text


def test_the_shelf_says_how_far_a_student_is(app: App) -> None:
    finch = app.student("maple-finch")
    assert "Not started" in finch.get("/").text
    work = app.course.work("maple-finch", LESSON)
    Journal(work).append("answer", "first-idea", "Maybe.")
    assert "In progress" in finch.get("/").text
    hand_in(work, app.course.inbox("maple-finch", LESSON), LESSON)
    assert "Handed in" in finch.get("/").text


def test_the_shelf_reads_no_journal_which_may_be_long(app: App) -> None:
    # Everybody waits while a page of the shelf is made, and one student's journal can have fifty thousand lines.
    (app.course.work("cobalt-lynx", LESSON) / FILE_NAME).mkdir(parents=True)
    shelf = app.student("cobalt-lynx").get("/")
    assert shelf.status_code == 200
    assert "In progress" in shelf.text


def test_opening_a_lesson_leaves_what_a_submission_needs(app: App, lesson_page: str) -> None:
    work = app.course.work("amber-otter", LESSON)
    assert (work / f"{LESSON}.ipynb").is_file()
    assert (work / FILE_NAME).is_file()


def test_a_lesson_that_is_not_released_is_not_there(app: App) -> None:
    notebook = app.course.released(LESSON) / f"{LESSON}.ipynb"
    aside = notebook.rename(notebook.with_suffix(".aside"))
    try:
        newt = app.student("silver-newt")
        assert newt.get(f"/lesson/{LESSON}").status_code == 404
        assert f"/lesson/{LESSON}" not in newt.get("/").text
    finally:
        aside.rename(notebook)


@pytest.mark.parametrize("address", ["labextensions/no-such.js", "api/themes/no-such.css"])
def test_a_file_that_is_not_there_costs_a_line_of_the_log_at_most(app: App, address: str) -> None:
    log = app.course.private / "app.log"
    before = log.stat().st_size
    assert app.stranger().get(f"/voila/{address}").status_code == 404
    assert log.read_bytes()[before:].count(b"\n") <= 1


def test_an_empty_shelf_says_so(app: App) -> None:
    released = app.course.step("release")
    aside = released.rename(released.with_name("release-aside"))
    try:
        assert "No lesson is open yet" in app.student("silver-newt").get("/").text
    finally:
        aside.rename(released)


def _xsrf(client: httpx.Client) -> str:
    client.get("/")
    return client.cookies["_xsrf"]


def test_the_lesson_s_words_are_on_the_page(lesson_page: str) -> None:
    words = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", lesson_page))
    assert words["temperature"].startswith("How many risks the model takes.")
    assert len(words) == 6


def test_cards_load_their_scripts_and_styles_by_address(app: App, kernel: str) -> None:
    assert kernel
    stranger = app.stranger()
    for name, kind in (
        ("respond.js", "text/javascript"),
        ("guess-about-me+guess-about-me-find.js", "text/javascript"),
        ("respond.css", "text/css"),
    ):
        answer = stranger.get(f"/kit/cards/{name}?v=1")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "immutable" in answer.headers["cache-control"]
        assert len(answer.text) > 1000
    for nothing in ("no-such.js", "respond+no-such.js", "..%2f..%2fcard.js", "card.py", "respond.js.js"):
        assert stranger.get(f"/kit/cards/{nothing}").status_code in (403, 404)


def test_a_lesson_that_was_released_anew_is_shown_anew(app: App) -> None:
    student = app.student("maple-finch")
    assert "A line of today" not in student.get(f"/lesson/{LESSON}").text
    notebook = app.course.released(LESSON) / f"{LESSON}.ipynb"
    before = notebook.read_text(encoding="utf-8")
    found = json.loads(before)
    next(cell for cell in found["cells"] if cell["cell_type"] == "markdown")["source"] += ["\n\nA line of today.\n"]
    notebook.write_text(json.dumps(found), encoding="utf-8")
    try:
        assert "A line of today" in student.get(f"/lesson/{LESSON}").text
    finally:
        notebook.write_text(before, encoding="utf-8")
