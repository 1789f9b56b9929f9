"""Once the weights are there, the kit needs no network but loopback, and asks for none."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KIT = Path(sys.executable).parent / "kit"


def without_network(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.loopback_only", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )


def test_the_network_is_really_gone_and_loopback_is_there():
    script = (
        "import socket, tests.loopback_only as net; assert not net.outside_is_reachable();"
        "server = socket.create_server(('127.0.0.1', 0));"
        "socket.create_connection(server.getsockname()); print('alone')"
    )
    done = without_network(sys.executable, "-c", script)
    assert done.stdout == "alone\n", done.stderr


@pytest.mark.model
def test_the_whole_loop_works_without_a_network():
    done = without_network(KIT, "demo", "--smoke")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("smoke: ok")


def test_nothing_that_is_served_names_an_address_outside():
    served = [
        path
        for room in ("widgets", "classroom", "grading")
        for path in (ROOT / "kit" / room).rglob("*")
        if path.suffix in {".js", ".css", ".html", ".j2"}
    ]
    assert served
    allowed = ("http://www.w3.org/",)  # names of XML namespaces, never fetched
    for path in served:
        text = path.read_text()
        for known in allowed:
            text = text.replace(known, "")
        for mark in ('src="http', "src='http", "@import", "url(http", 'from "http', 'fetch("http', "cdn."):
            assert mark not in text, f"{path}: {mark}"
