"""A preview shows the lesson at hand, follows its files, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import psutil
import pytest

from kit.classroom.preview import Preview
from kit.lessons import load_catalogue
from kit.settings.load import load_settings

KIT = Path(sys.executable).with_name("kit")
FIXTURE = Path(__file__).parents[1] / "lessons" / "fixtures" / "course"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(FIXTURE, tmp_path / "course")


def settings(course: Path):
    found = load_settings(course)
    return found.model_copy(update={"ai": found.ai.model_copy(update={"provider": "recorded"})})


def test_it_shows_the_lesson_and_what_the_author_saves(course: Path) -> None:
    said: list[str] = []
    before = {file: file.read_bytes() for file in course.rglob("*") if file.is_file()}
    outside = dict(os.environ) | {"KIT_AI__PROVIDER": "recorded"}
    preview = Preview(load_catalogue(course), "tiny", settings(course), tell=said.append, outside=outside)
    with preview, httpx.Client(trust_env=False, timeout=60, follow_redirects=True) as browser:
        page = browser.get(preview.link)
        assert page.status_code == 200
        assert page.url.path == "/lesson/tiny"
        assert "How small can a lesson be?" in page.text
        assert {file: file.read_bytes() for file in course.rglob("*") if file.is_file()} == before

        preview.follow()
        assert said == []
        notebook = course / "assignments" / "source" / "tiny" / "tiny.ipynb"
        good = notebook.read_text()
        notebook.write_text("{")
        preview.follow()
        assert said[-1].startswith("The page stays as it was: ")
        assert "How small can a lesson be?" in browser.get(page.url).text
        notebook.write_text(good.replace("How small can a lesson be?", "How big can a lesson be?"))
        preview.follow()
        assert said[-1] == "The lesson has changed. Reload the page to see it."
        assert "How big can a lesson be?" in browser.get(page.url).text
    with pytest.raises(httpx.ConnectError):
        httpx.get(str(page.url), trust_env=False)


def press_again_and_again(running: subprocess.Popen[str]) -> None:
    """Press Ctrl-C, and more often while one part can't end at once."""
    parts = psutil.Process(running.pid).children()
    app, gateway = (
        next(one for one in parts if name in one.cmdline()) for name in ("kit.classroom.app", "kit.ai.gateway")
    )
    app.suspend()
    running.send_signal(signal.SIGINT)
    gateway.wait(30)
    for _ in range(3):
        running.send_signal(signal.SIGINT)
        time.sleep(0.2)  # two signals at once are one


def test_the_command_prints_the_link_and_ends_whole_however_often_ctrl_c_is_pressed(
    course: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    command = [KIT, "lesson", "preview", "tiny", "--course", course, "--no-browser", "--provider", "recorded"]
    environment = os.environ | {"TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        too_late = threading.Timer(90, running.kill)
        too_late.start()
        assert running.stdout
        lines = []
        for line in running.stdout:
            lines.append(line)
            if "Press Ctrl-C" in line:
                press_again_and_again(running)
        too_late.cancel()
    shown = "".join(lines)
    assert running.returncode == 0, shown
    assert "A tiny lesson\n  http://127.0.0.1:" in shown
    assert shown.endswith("The preview has ended. Nothing of it was kept.\n")
    assert shown.count("It is ending already") == 1
    assert list(folder.glob("kit-preview*")) == []


def test_an_unknown_lesson_is_one_clear_line(course: Path) -> None:
    done = subprocess.run(
        [KIT, "lesson", "preview", "huge", "--course", course], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: There is no lesson `huge`.")
