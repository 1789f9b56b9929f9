from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from kit.ai.tokens import read_token
from kit.classroom.child import Child
from kit.classroom.lab import preview_session
from kit.classroom.parts import Plan, Secrets
from kit.classroom.ports import claim
from kit.settings import PREVIEW_STUDENT, Course
from tests.classroom.conftest import LESSON, SECRETS
from tests.process_memory import holds

GATEWAY = "http://127.0.0.1:9"


def test_a_lessons_notebook_is_previewed_apart_from_students_work(
    built_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "ab" * 32
    monkeypatch.setenv("KIT_GATEWAY_URL", GATEWAY)
    monkeypatch.setenv("KIT_GATEWAY_SECRET", secret)
    session = preview_session(built_course, Path("assignments/source") / LESSON)
    assert session is not None
    assert session.student == PREVIEW_STUDENT
    assert built_course.private in session.work.parents
    assert session.inbox is None
    assert read_token(bytes.fromhex(secret), session.gateway_token).lesson == LESSON


def test_other_folders_are_no_lessons(built_course: Course) -> None:
    assert preview_session(built_course, Path("notebooks")) is None
    assert preview_session(built_course, Path()) is None


@pytest.fixture
def lab(course: Course) -> Iterator[tuple[httpx.Client, Child]]:
    secrets = Secrets.fresh()
    port = claim(0, "classroom.lab_port", "JupyterLab")
    child = Child(Plan(course, os.environ | SECRETS, secrets).lab(port, GATEWAY), course.private / "logs" / "lab.log")
    try:
        headers = {"Authorization": f"token {secrets.lab_token}"}
        with httpx.Client(base_url=child.wait_until_ready(), headers=headers, trust_env=False, timeout=60) as client:
            yield client, child
    finally:
        child.stop()


def test_lab_serves_the_formgrader_and_asks_nobody_outside(lab: tuple[httpx.Client, Child], course: Course) -> None:
    client, child = lab
    page = client.get("/formgrader", follow_redirects=True)
    assert page.status_code == 200
    config = json.loads(re.findall(r'id="jupyter-config-data"[^>]*>(.*?)</script>', client.get("/lab").text, re.S)[0])
    disabled = config["disabledExtensions"]
    assert any("announcements" in str(one) for one in disabled)
    assert client.get("/api/terminals").status_code == 404
    assert client.get("/api/contents/.kit/accounts.json").status_code == 404
    assert httpx.get(f"{child.url}/api/contents", trust_env=False).status_code == 403

    path = f"assignments/source/{LESSON}"
    started = client.post("/api/kernels", json={"name": "python3", "path": path})
    assert started.status_code == 201, started.text
    processes = psutil.Process(child.pid).children(recursive=True)
    kernel = next(process for process in processes if process.cwd() == str(course.root / path))
    assert "kit.kernels.forkserver" in kernel.cmdline(), "it was started the ordinary way"
    assert holds(kernel.pid, PREVIEW_STUDENT)
    assert holds(kernel.pid, GATEWAY)
    secrets = (
        *SECRETS.values(),
        client.headers["Authorization"].split()[1],
        child.part.environment["KIT_GATEWAY_SECRET"],
    )
    assert not [secret for secret in secrets if holds(kernel.pid, secret)]
