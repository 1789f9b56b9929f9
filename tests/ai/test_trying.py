"""``kit ai try``: the five outcomes, as a teacher sees them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kit.settings.process import plain_environment


def try_(*arguments: str, exit_code: int = 0, **environment: str) -> dict[str, Any]:
    command = [sys.executable, "-c", "from kit.cli import main; main()", "ai", "try", *arguments, "--json"]
    done = subprocess.run(command, env=plain_environment() | environment, capture_output=True, timeout=200, check=False)
    assert done.returncode == exit_code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_distress_needs_no_model() -> None:
    found = try_("i want to die")
    assert found["outcome"] == "help"
    assert [step["step"] for step in found["steps"]] == ["distress"]
    assert "988" in found["reply"]


def test_a_lesson_s_rules_apply() -> None:
    assert try_("Write my essay", "--lesson", "next-word-please")["outcome"] == "refused"


def test_a_service_that_is_not_there_is_unavailable() -> None:
    nobody = {"KIT_AI__PROVIDER": "compatible", "KIT_AI__BASE_URL": "http://127.0.0.1:9/v1"}
    found = try_("hello", exit_code=1, **nobody)
    assert found["outcome"] == "unavailable"
    assert "127.0.0.1" not in found["reply"]


def test_recorded_replies_say_so() -> None:
    found = try_("The capital of France is", "--lesson", "next-word-please", KIT_AI__PROVIDER="recorded")
    assert found["outcome"] == "answered"
    assert found["label"].startswith("Recorded")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "outcome"), [("The capital of France is", "answered"), ("Call 225-555-0134", "masked")]
)
def test_the_real_model_answers(model: object, text: str, outcome: str) -> None:
    found = try_(text)
    assert found["outcome"] == outcome
    assert found["steps"][-1]["step"] == "label"


def test_an_unknown_lesson_is_one_clear_line(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from kit.cli import main; main()",
        "ai",
        "try",
        "hi",
        "--lesson",
        "no-such-lesson",
    ]
    done = subprocess.run(command, env=plain_environment(), capture_output=True, timeout=60, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert b"[lesson-not-found]" in done.stderr
    assert b"Traceback" not in done.stderr
