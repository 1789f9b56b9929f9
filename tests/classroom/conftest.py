"""A real course and a real student app, started once for the tests that look at it from outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from kit.classroom.accounts import Accounts
from kit.classroom.child import Child
from kit.classroom.course import build_course
from kit.classroom.parts import Plan, Secrets
from kit.settings import Course
from kit.settings.load import load_settings

LESSON = "next-word-please"
SECRETS = {"OPENAI_API_KEY": "sk-not-for-kernels", "KIT_AI__KEY": "sk-nor-this", "SCHOOL_PASSWORD": "hunter2"}


@pytest.fixture(scope="session")
def built_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course that nobody has worked in. Copy it; don't change it."""
    root = tmp_path_factory.mktemp("built") / "course"
    return build_course(root, load_settings(root))


@pytest.fixture
def course(built_course: Course, tmp_path: Path) -> Course:
    """A course of this test's own."""
    shutil.copytree(built_course.root, tmp_path / "course")
    return Course(tmp_path / "course")


@dataclass(frozen=True)
class App:
    """The running student app."""

    course: Course
    url: str
    pid: int
    _clients: list[httpx.Client] = field(default_factory=list)

    def stranger(self) -> httpx.Client:
        client = httpx.Client(base_url=self.url, trust_env=False, timeout=90)
        self._clients.append(client)
        return client

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def student(self, name: str) -> httpx.Client:
        """A browser in which this student has signed in by the personal link."""
        client = self.stranger()
        answer = client.get(f"/join/{Accounts(self.course).new_link(name)}")
        assert answer.status_code == 302, answer.text
        return client


@pytest.fixture(scope="module")
def app(built_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The student app in a process of its own, with secrets in the environment it was started from."""
    root = tmp_path_factory.mktemp("served") / "course"
    shutil.copytree(built_course.root, root)
    course = Course(root)
    part = Plan(course, os.environ | SECRETS, Secrets.fresh()).app(0, "")
    child = Child(part, root / ".kit" / "app.log")
    try:
        running = App(course, child.wait_until_ready(), child.pid)
        yield running
        running.close()
    finally:
        child.stop()
