from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

KIT = Path(sys.executable).with_name("kit")


def _doctor(course: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if "KEY" not in name}
    command = [KIT, "doctor", "--course", course]
    wide = {"COLUMNS": "200"}
    return subprocess.run(command, env=clean | wide | environment, capture_output=True, text=True, check=False)


def test_a_machine_that_can_run_a_class_is_told_so(tmp_path: Path) -> None:
    found = _doctor(tmp_path, KIT_AI__PROVIDER="recorded")
    assert found.returncode == 0, found.stdout + found.stderr
    for thing in ("Python", "port 8866", "memory", "disk", "sandbox", "browser", "provider"):
        assert thing in found.stdout
    assert "can run a class" in found.stdout


def test_missing_weights_are_missing_and_come_with_the_mend(tmp_path: Path) -> None:
    found = _doctor(tmp_path, XDG_CACHE_HOME=str(tmp_path), HOME=str(tmp_path))
    assert found.returncode == 1
    assert "missing" in found.stdout
    assert "kit weights fetch" in found.stdout


def test_an_unreachable_provider_is_named_and_its_key_is_not(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    found = _doctor(
        tmp_path,
        KIT_AI__PROVIDER="compatible",
        KIT_AI__BASE_URL=f"http://127.0.0.1:{port}/v1",
        KIT_AI__KEY="sk-very-secret",
        KIT_AI__TIMEOUT_SECONDS="2",
    )
    assert found.returncode == 1, found.stdout + found.stderr
    assert "provider" in found.stdout
    assert "sk-very-secret" not in found.stdout + found.stderr
    assert "Traceback" not in found.stderr


def test_a_taken_port_is_a_warning_that_names_the_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = _doctor(tmp_path, KIT_AI__PROVIDER="recorded", KIT_CLASSROOM__APP_PORT=str(port))
    assert found.returncode == 0
    assert f"Port {port} is in use" in found.stdout
    assert "classroom.app_port" in found.stdout


@pytest.mark.parametrize("line", ["[ai]\nprovider = 'oracle'\n", "[ai\n"])
def test_wrong_settings_get_one_sentence(tmp_path: Path, line: str) -> None:
    (tmp_path / "kit.toml").write_text(line, encoding="utf-8")
    found = _doctor(tmp_path)
    assert found.returncode == 1
    assert "[settings-invalid]" in found.stderr
    assert "Traceback" not in found.stderr
