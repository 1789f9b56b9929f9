"""The model's process: it starts clearly, fails clearly, stays small, and never outlives its parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest

from kit.ai.weights import stored_weights
from kit.settings.process import plain_environment
from tests.ai.conftest import BANK_PROMPT

if TYPE_CHECKING:
    from kit.ai.running import RunningModel

COMMAND = [sys.executable, "-m", "kit.ai.local_model", "--weights"]


def environment() -> dict[str, str]:
    return plain_environment() | {"KIT_MODEL_KEY": "k"}


@pytest.mark.parametrize(("content", "code"), [(None, "weights-missing"), (b"GGUF and nonsense", "weights-damaged")])
def test_a_file_that_is_no_model_is_one_clear_line(tmp_path: Path, content: bytes | None, code: str) -> None:
    file = tmp_path / "model.gguf"
    if content:
        file.write_bytes(content)
    done = subprocess.run([*COMMAND, str(file)], env=environment(), capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    last = done.stderr.decode().strip().splitlines()[-1]
    assert last.startswith("error: ")
    assert f"[{code}]" in last
    assert str(tmp_path) not in last


@pytest.mark.model
def test_a_model_whose_parent_was_killed_ends_too(model: RunningModel) -> None:
    program = (
        "import subprocess, sys; p = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL);"
        "p.stdout.readline(); print(p.pid, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, *COMMAND, str(stored_weights())]
    with subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))
        os.kill(parent.pid, signal.SIGKILL)
    gone, _ = psutil.wait_procs([child], timeout=15)
    assert gone or child.status() == psutil.STATUS_ZOMBIE


@pytest.mark.model
def test_the_model_ends_cleanly_when_asked(model: RunningModel) -> None:
    with subprocess.Popen(
        [*COMMAND, str(stored_weights())], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        assert json.loads(process.stdout.readline())["ready"] is True
        process.terminate()
        assert process.wait(15) == 0


@pytest.mark.model
def test_the_model_wants_its_key_and_has_no_other_doors(model: RunningModel) -> None:
    body = {"prompt": BANK_PROMPT, "max_tokens": 1}
    assert httpx.post(f"{model.url}/v1/completions", json=body, trust_env=False).status_code == 401
    key = {"Authorization": f"Bearer {model.key.get_secret_value()}", "Origin": "https://evil.example"}
    with httpx.Client(base_url=model.url, headers=key, trust_env=False) as http:
        assert http.get("/slots").status_code == 501
        assert http.get("/metrics").status_code == 501
        assert http.get("/").status_code == 404
        allowed = http.post("/v1/completions", json=body).headers.get("access-control-allow-origin", "")
    assert allowed not in {"*", "https://evil.example"}


@pytest.mark.model
def test_four_slots_stay_under_400_megabytes(model: RunningModel) -> None:
    def ask(number: int) -> int:
        body = {"prompt": f"{BANK_PROMPT} {number}", "max_tokens": 30, "seed": number}
        headers = {"Authorization": f"Bearer {model.key.get_secret_value()}"}
        return httpx.post(
            f"{model.url}/v1/completions", json=body, headers=headers, timeout=240, trust_env=False
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {200}
    time.sleep(0.1)
    assert psutil.Process(model.pid).memory_info().rss < 400e6
