"""What a student with developer tools may send to a kernel, and what it may cost the class."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import psutil
import pytest
from websocket import ABNF, WebSocket, WebSocketConnectionClosedException, create_connection

from kit.classroom.app import LONGEST_MESSAGE, PING_EVERY
from kit.classroom.kernel_handlers import is_welcome
from kit.classroom.visits import MOST_LIVE
from tests.classroom.conftest import LESSON, App

V1 = "v1.kernel.websocket.jupyter.org"
CONTROL = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}
WIDGET = {"comm_id": "c", "target_name": "jupyter.widget", "data": {"state": {"_model_name": "TextareaModel"}}}
CUSTOM = {"comm_id": "c", "data": {"method": "custom", "content": {"kind": "save"}}}
STATES = {"comm_id": "c", "data": {"method": "request_states"}}
UPDATE = {"comm_id": "c", "data": {"method": "update", "state": {"done": True}}}


def _plain(kind: str, content: Any, channel: str = "shell") -> str:
    header = {"msg_id": "m", "msg_type": kind, "username": "", "session": "x", "date": "", "version": "5.3"}
    whole = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    return json.dumps({**whole, "channel": channel})


def _packed(kind: str, content: Any, channel: str = "shell") -> bytes:
    texts = ({"msg_type": kind}, {}, {}, content)
    parts = [channel.encode(), *(json.dumps(text).encode() for text in texts)]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    numbers = [len(offsets), *offsets]
    return b"".join(number.to_bytes(8, "little") for number in numbers) + b"".join(parts)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("comm_open", CONTROL),
        ("comm_msg", CUSTOM),
        ("comm_msg", STATES),
        ("comm_close", {}),
        ("kernel_info_request", {}),
    ],
)
def test_what_a_page_sends_is_welcome(kind: str, content: Any) -> None:
    assert is_welcome(_plain(kind, content), None)
    assert is_welcome(_packed(kind, content), V1)


@pytest.mark.parametrize(
    ("kind", "content", "channel"),
    [
        ("execute_request", {"code": "1"}, "shell"),
        ("execute_request", {"code": "1"}, "control"),
        ("debug_request", {}, "control"),
        ("input_reply", {"value": "1"}, "stdin"),
        ("shutdown_request", {"restart": True}, "control"),
        ("comm_msg", UPDATE, "shell"),
        ("comm_msg", {"comm_id": "c", "data": {"method": ["custom"]}}, "shell"),
        ("comm_msg", {"comm_id": "c"}, "shell"),
        ("comm_open", WIDGET, "shell"),
        ("comm_open", {}, "shell"),
        ("comm_msg", CUSTOM, "iopub"),
        ("comm_msg", CUSTOM, "no-such-channel"),
        ([], {}, "shell"),
    ],
)
def test_what_no_page_sends_is_not(kind: Any, content: Any, channel: str) -> None:
    assert not is_welcome(_plain(kind, content, channel), None)
    assert not is_welcome(_packed(kind, content, channel), V1)


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "not json",
        "[1, 2]",
        json.dumps({"header": {"msg_type": "comm_msg"}, "content": CUSTOM, "channel": "shell"}),
        json.dumps({**json.loads(_plain("comm_msg", CUSTOM)), "parent_header": []}),
        '{"a": 1}',
        "[" * 100_000,
        b"",
        b"\x00\x00",
        b"\xff" * 8,
        (2**40).to_bytes(8, "little"),
        _plain("comm_msg", {"data": {"method": "custom", "text": "half a smile \ud83d"}}),
    ],
)
def test_junk_is_thrown_away(junk: str | bytes) -> None:
    assert not is_welcome(junk, V1)
    assert not is_welcome(junk, None)


@pytest.fixture(scope="module")
def amber(app: App) -> httpx.Client:
    return app.student("amber-otter")


def _open_lesson(client: httpx.Client) -> str:
    found = re.search(r'"kernelId":\s*"([\w-]+)"', client.get(f"/lesson/{LESSON}").text)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def kernel(amber: httpx.Client) -> str:
    return _open_lesson(amber)


@contextmanager
def _socket(app: App, client: httpx.Client, kernel: str, *protocols: str) -> Iterator[WebSocket]:
    url = f"{app.url.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=x"
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    socket = create_connection(url, cookie=cookies, subprotocols=list(protocols), timeout=20)
    try:
        yield socket
    finally:
        socket.shutdown()


def test_one_small_message_does_not_stop_the_class(app: App, amber: httpx.Client, kernel: str) -> None:
    with _socket(app, amber, kernel, V1) as socket:
        assert socket.subprotocol == V1
        socket.send_binary((2**40).to_bytes(8, "little"))
        began = time.monotonic()
        assert app.stranger().get("/sign-in", timeout=10).status_code == 200
        assert time.monotonic() - began < 5


def test_what_is_refused_is_not_in_the_log_either(app: App, amber: httpx.Client, kernel: str) -> None:
    with _socket(app, amber, kernel) as socket:
        for message in (_plain("my-secret-kind", {}), '{"header": {}, "content": "my-secret"}', "my-secret-junk"):
            socket.send(message)
        socket.ping()
        assert amber.get(f"/kit-alive/{kernel}").status_code == 204
    assert "my-secret" not in (app.course.private / "app.log").read_text(encoding="utf-8")


def test_giant_messages_and_floods_end_the_socket_not_the_class(app: App, amber: httpx.Client, kernel: str) -> None:
    giant = _plain("comm_msg", {"comm_id": "c", "data": "x" * LONGEST_MESSAGE})
    for message, times in ((giant, 1), (_plain("comm_msg", CUSTOM), 2000)):
        with _socket(app, amber, kernel) as socket, suppress(OSError, WebSocketConnectionClosedException):
            for _ in range(times):
                socket.send(message)
            while socket.recv():  # until the door is shut; a timeout would be a failure
                pass
    assert amber.get(f"/kit-alive/{kernel}").status_code == 204
    assert app.student("coral-heron").get("/").status_code == 200


def test_a_few_heavy_messages_are_a_flood_too(app: App) -> None:
    # Six hundred of them would fill the class computer's memory before its kernel has read the first.
    cobalt = app.student("cobalt-lynx")
    heavy = _plain(
        "comm_msg", {"comm_id": "c", "data": {"method": "custom", "content": "x" * (LONGEST_MESSAGE - 1000)}}
    )
    with _socket(app, cobalt, _open_lesson(cobalt)) as socket, suppress(OSError, WebSocketConnectionClosedException):
        for _ in range(60):
            socket.send(heavy)
        while socket.recv():
            pass
    assert app.student("cobalt-lynx").get("/").status_code == 200


def test_a_page_that_answers_keeps_its_line(app: App) -> None:
    cedar = app.student("cedar-wren")
    with _socket(app, cedar, _open_lesson(cedar)) as socket:
        socket.settimeout(3 * PING_EVERY / 1000)
        pings = 0
        while pings < 2:  # which are answered while they are received
            kind, _ = socket.recv_data(control_frame=True)
            assert kind != ABNF.OPCODE_CLOSE
            pings += kind == ABNF.OPCODE_PING
        socket.send(_plain("kernel_info_request", {}))
        assert socket.recv()


def test_reloading_ends_the_oldest_kernels_of_that_student_only(app: App) -> None:
    maple, silver = app.student("maple-finch"), app.student("silver-newt")
    theirs = _open_lesson(silver)
    opened = [_open_lesson(maple) for _ in range(MOST_LIVE + 2)]
    alive = [maple.get(f"/kit-alive/{kernel}").status_code for kernel in opened]
    assert alive == [205, 205, *[204] * MOST_LIVE]
    assert silver.get(f"/kit-alive/{theirs}").status_code == 204


def test_thirty_reloads_at_once_keep_neither_the_class_nor_the_student_out(app: App) -> None:
    coral, amber = app.student("coral-heron"), app.student("amber-otter")
    with ThreadPoolExecutor(31) as browsers:
        flood = [browsers.submit(coral.get, f"/lesson/{LESSON}") for _ in range(30)]
        theirs = _open_lesson(amber)
        answers = [page.result() for page in flood]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert "Please wait a moment" in next(answer.text for answer in answers if answer.status_code == 429)
    assert not any("kit-failed" in answer.text for answer in answers)
    assert amber.get(f"/kit-alive/{theirs}").status_code == 204
    assert len(_kernels_of(app, "coral-heron")) <= MOST_LIVE
    _open_lesson(coral)


def _kernels_of(app: App, student: str) -> list[int]:
    found = []
    for child in psutil.Process(app.pid).children(recursive=True):
        with suppress(psutil.Error):
            if child.cwd() == str(app.course.work(student, LESSON)):
                found.append(child.pid)
    return found
