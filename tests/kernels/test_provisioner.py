from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from kit.kernels import PROVISIONER

# A server with secrets starts a kernel through the provisioner, says what the kernel sees, and then waits.
SERVER = """
import json, sys, time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel()
seen = []
client.execute_interactive(
    "import os, json; print(json.dumps(dict(os.environ)))",
    output_hook=lambda message: seen.append(message["content"].get("text", "")),
)
print(manager.provisioner.pid, manager.provisioner.__class__.__name__, flush=True)
print("".join(seen), flush=True)
time.sleep(60)
"""


@pytest.fixture
def server(tmp_path: Path) -> subprocess.Popen[str]:
    environment = os.environ | {
        "JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER,
        "OPENAI_API_KEY": "sk-secret",
        "KIT_SESSION_STUDENT": "amber-otter",
        "IPYTHONDIR": str(tmp_path),
    }
    command = [sys.executable, "-W", "ignore", "-c", SERVER]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def test_a_kernel_sees_the_session_and_no_secret_and_dies_with_a_killed_server(
    server: subprocess.Popen[str],
) -> None:
    assert server.stdout is not None
    with server.stdout:
        pid, name = server.stdout.readline().split()
        seen = server.stdout.readline()
        assert name == "AllowListProvisioner"
        assert '"KIT_SESSION_STUDENT": "amber-otter"' in seen
        assert "sk-secret" not in seen
        kernel = psutil.Process(int(pid))
        server.send_signal(signal.SIGKILL)
        server.wait(5)
        _wait_until_gone(kernel)


def _wait_until_gone(process: psutil.Process) -> None:
    deadline = time.monotonic() + 10
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the kernel outlived its server"
        time.sleep(0.1)
