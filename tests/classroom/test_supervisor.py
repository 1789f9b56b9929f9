from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from kit.classroom.supervisor import Classroom
from kit.errors import PortTaken
from kit.settings import Course
from kit.settings.load import load_settings
from tests.classroom.conftest import LESSON, SECRETS

KIT = Path(sys.executable).with_name("kit")
DEMO = [str(KIT), "demo", "--no-browser", "--no-lab", "--provider", "recorded"]
APP, GATEWAY = "kit.classroom.app", "kit.ai.gateway"


class Demo:
    """A running ``kit demo``, and every process that it started."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.process = _start_demo(course)
        self.said = self._until("Press Ctrl-C")
        self.link = re.findall(r"http://\S+/join/\S+", self.said)[0]

    def _until(self, words: str) -> str:
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if words in line:
                return said
        raise AssertionError(said)

    def all_processes(self) -> list[psutil.Process]:
        return _below(self.process.pid)

    def open_lesson(self) -> None:
        """Have a kernel as well."""
        with httpx.Client(trust_env=False, timeout=90, follow_redirects=True) as browser:
            browser.get(self.link)
            assert browser.get(self.link.split("/join/")[0] + f"/lesson/{LESSON}").status_code == 200

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def demo(course: Course) -> Iterator[Demo]:
    running = Demo(course)
    yield running
    running.close()


@pytest.fixture(scope="module")
def shared(built_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One that several tests look at, with a lesson open."""
    root = tmp_path_factory.mktemp("shared") / "course"
    shutil.copytree(built_course.root, root)
    running = Demo(Course(root))
    running.open_lesson()
    yield running
    running.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_process_and_says_so(demo: Demo, number: signal.Signals) -> None:
    demo.open_lesson()
    children = demo.all_processes()
    assert len(children) >= 3  # gateway, app, kernel
    demo.process.send_signal(number)
    assert demo.process.wait(30) == 0
    assert demo.process.stdout is not None
    assert "Everything has ended." in demo.process.stdout.read()
    _wait_until_gone(children)


def test_pressing_ctrl_c_again_and_again_leaves_nothing_behind(demo: Demo) -> None:
    demo.open_lesson()
    children = demo.all_processes()
    app, gateway = (next(one for one in children if name in one.cmdline()) for name in (APP, GATEWAY))
    app.suspend()  # it can't end when it is asked to, so that ending takes its time
    demo.process.send_signal(signal.SIGINT)
    gateway.wait(30)
    for _ in range(3):
        demo.process.send_signal(signal.SIGINT)
        time.sleep(0.2)  # two signals at once are one
    assert demo.process.wait(30) == 0
    assert demo.process.stdout is not None
    said = demo.process.stdout.read()
    assert said.count("It is ending already") == 1
    assert "Everything has ended." in said
    _wait_until_gone(children)


def test_pressing_ctrl_c_twice_while_things_start_leaves_nothing_behind(course: Course) -> None:
    starting = _start_demo(course)
    try:
        while not (children := [one for one in _below(starting.pid) if {APP, GATEWAY} & set(_command(one))]):
            assert starting.poll() is None
            time.sleep(0.01)
        for _ in range(2):
            starting.send_signal(signal.SIGINT)
            time.sleep(0.05)
        said, _ = starting.communicate(timeout=60)
        assert starting.returncode == 0, said
        assert "Everything has ended." in said
        assert "/join/" not in said
        _wait_until_gone(children)
    finally:
        starting.kill()


def test_a_killed_supervisor_leaves_nothing_behind(demo: Demo) -> None:
    demo.open_lesson()
    children = demo.all_processes()
    demo.process.kill()
    _wait_until_gone(children)


def test_only_the_gateway_is_given_the_providers_key(shared: Demo) -> None:
    for process in shared.all_processes():
        environment = process.environ()
        found = {name for name in SECRETS if name in environment}
        is_gateway = GATEWAY in process.cmdline()
        assert found == ({"OPENAI_API_KEY", "KIT_AI__KEY"} if is_gateway else set()), process.cmdline()


def test_no_secret_is_in_a_command_line_or_a_log(shared: Demo) -> None:
    secrets = set(SECRETS.values()) | {shared.link.rpartition("/")[2]}
    for process in shared.all_processes():
        environment = process.environ()
        secrets |= {environment[name] for name in ("KIT_GATEWAY_SECRET", "KIT_MODEL_KEY") if name in environment}
    everything = " ".join(" ".join(process.cmdline()) for process in shared.all_processes())
    logs = list((shared.course.private / "logs").glob("*.log"))
    assert {log.name for log in logs} >= {"gateway.log", "student-app.log"}
    for log in logs:
        everything += log.read_text(encoding="utf-8")
        if log.name != "nbgrader.log":
            assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert not {secret for secret in secrets if secret in everything}


def test_a_part_that_dies_is_started_again_on_its_own_port(shared: Demo) -> None:
    url = shared.link.split("/join/")[0]
    app = next(process for process in shared.all_processes() if APP in process.cmdline())
    app.kill()
    shared._until("started again")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/sign-in", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the student app did not come back")


def test_a_taken_port_is_named_with_its_setting(course: Course) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        course.config_file.write_text(f"[classroom]\napp_port = {port}\n", encoding="utf-8")
        room = Classroom(course, load_settings(course.root), with_lab=False)
        with pytest.raises(PortTaken, match=rf"{port}.*classroom\.app_port"):
            room.__enter__()
    assert not room.pids


def test_what_had_started_is_ended_when_another_part_cannot(course: Course) -> None:
    course.config_file.write_text("[classroom]\napp_port = 0\nlab_port = 0\n", encoding="utf-8")
    settings = load_settings(course.root)
    broken = settings.model_copy(update={"ai": settings.ai.model_copy(update={"provider": "openai"})})
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    outside = {name: value for name, value in os.environ.items() if "KEY" not in name}
    with pytest.raises(Exception, match=r"key") as refused:
        Classroom(course, broken, with_lab=False, outside=outside | {"KIT_AI__PROVIDER": "openai"}).__enter__()
    assert "Traceback" not in str(refused.value)
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before


def _start_demo(course: Course) -> subprocess.Popen[str]:
    ports = {"KIT_CLASSROOM__APP_PORT": "0", "KIT_CLASSROOM__LAB_PORT": "0"}
    return subprocess.Popen(
        [*DEMO, "--course", str(course.root)],
        env=os.environ | ports | SECRETS,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _below(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _wait_until_gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=15)
    left = [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    assert not left, [process.cmdline() for process in left]
