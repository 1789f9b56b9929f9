from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

KIT = Path(sys.executable).with_name("kit")


def _smoke(course: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if "KEY" not in name}
    command = [KIT, "demo", "--smoke", "--course", course, *options]
    return subprocess.run(command, env=clean | environment, capture_output=True, text=True, check=False, timeout=200)


def test_the_loop_with_recorded_replies_goes_through_every_step(tmp_path: Path) -> None:
    done = _smoke(tmp_path, "--provider", "recorded")
    assert done.returncode == 0, done.stdout + done.stderr
    steps = ("release", "start", "sign in", "open", "ask the model", "save", "submit", "collect", "autograde", "export")
    positions = [done.stdout.index(step) for step in steps]
    assert positions == sorted(positions)
    assert done.stdout.rstrip().endswith("smoke: ok")
    assert not list(tmp_path.iterdir())


def test_a_step_that_fails_is_named_in_one_line(tmp_path: Path) -> None:
    done = _smoke(tmp_path, "--provider", "openai")
    assert done.returncode == 1
    line = done.stderr.strip().splitlines()[-1]
    assert line.startswith("smoke: failed at start: ")
    assert "OPENAI_API_KEY" in line
    assert line.endswith("[process-died]")
    assert "Traceback" not in done.stderr
    assert "smoke: ok" not in done.stdout
