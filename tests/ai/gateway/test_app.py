"""The real gateway before the real model, over sockets."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import pytest

from kit.ai.tokens import mint_token
from tests.ai.conftest import BANK_PROMPT, LESSON, SECRET, RunningGateway, gateway_process

if TYPE_CHECKING:
    from kit.ai.running import RunningModel

pytestmark = pytest.mark.model
DISTRESS = "i want to kill myself"


def post(
    gateway: RunningGateway, body: dict[str, Any], path: str = "completions", student: str = "otter"
) -> httpx.Response:
    url = f"{gateway.url}/v1/{path}"
    return httpx.post(url, json=body, headers=gateway.headers(student), timeout=120, trust_env=False)


def events_of(response: httpx.Response) -> list[dict[str, Any]]:
    lines = [line[6:] for line in response.text.splitlines() if line.startswith("data: ")]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def test_a_reply_is_labelled(gateway: RunningGateway) -> None:
    response = post(gateway, {"prompt": BANK_PROMPT, "max_tokens": 3, "temperature": 0})
    label = response.json()["x_kit"]
    assert response.json()["choices"][0]["text"].startswith(" Paris")
    assert label["label"] == "Model output. It may be false."
    assert (label["provider"], label["outcome"]) == ("local", "answered")
    assert label["parameters"] == {"temperature": 0, "max_tokens": 3}
    assert response.headers["x-kit-label"] == label["label"]


def test_a_stream_gives_the_same_text_and_the_label_last(gateway: RunningGateway) -> None:
    body = {"prompt": BANK_PROMPT, "max_tokens": 8, "temperature": 0}
    whole = post(gateway, body).json()["choices"][0]["text"]
    events = events_of(post(gateway, body | {"stream": True}))
    assert "".join(event["choices"][0]["text"] for event in events if event["choices"]) == whole
    assert events[-1]["x_kit"]["outcome"] == "answered"


def test_chat_takes_a_prompt_of_the_bank(gateway: RunningGateway) -> None:
    body = {
        "messages": [{"role": "user", "content": BANK_PROMPT}],
        "max_tokens": 4,
        "logprobs": True,
        "top_logprobs": 3,
    }
    choice = post(gateway, body, "chat/completions").json()["choices"][0]
    assert choice["message"]["content"]
    assert len(choice["logprobs"]["content"][0]["top_logprobs"]) == 3


def test_all_tokens_come_with_their_probabilities(gateway: RunningGateway) -> None:
    tops = post(gateway, {"prompt": BANK_PROMPT, "max_tokens": 1, "temperature": 0, "logprobs": 50_000}).json()
    assert len(tops["choices"][0]["logprobs"]["content"][0]["top_logprobs"]) == 49_152


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("path", ["completions", "chat/completions"])
def test_distress_brings_the_card_and_no_model(gateway: RunningGateway, path: str, stream: bool) -> None:
    body = {"prompt": DISTRESS} if path == "completions" else {"messages": [{"role": "user", "content": DISTRESS}]}
    response = post(gateway, body | {"stream": stream}, path)
    reply = events_of(response)[0] if stream else response.json()
    assert response.headers["x-kit-outcome"] == "help"
    assert "988" in json.dumps(reply["choices"])
    assert reply["x_kit"]["help"]["at_school"]
    assert reply["model"] == "none"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"prompt": "Tell me a story"}, 403),
        ({"prompt": BANK_PROMPT, "tools": []}, 400),
        ({"prompt": BANK_PROMPT, "grammar": "x"}, 400),
        ({"prompt": "x" * 5000}, 413),
        ({}, 400),
    ],
)
def test_what_is_not_allowed_is_refused_with_a_code(gateway: RunningGateway, body: dict[str, Any], status: int) -> None:
    response = post(gateway, body)
    assert response.status_code == status
    assert response.json()["error"]["code"] == "message-refused"


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 60_000, b'{"prompt": NaN}', b" " * 70_000])
def test_bytes_that_are_no_request_are_refused(gateway: RunningGateway, raw: bytes) -> None:
    response = httpx.post(f"{gateway.url}/v1/completions", content=raw, headers=gateway.headers(), trust_env=False)
    assert response.status_code in {400, 413}


@pytest.mark.parametrize(
    "path", ["/slots", "/props", "/metrics", "/completion", "/tokenize", "/v1/embeddings", "/../x", "/"]
)
def test_no_other_door_of_the_model_is_open(gateway: RunningGateway, path: str) -> None:
    assert httpx.get(gateway.url + path, headers=gateway.headers(), trust_env=False).status_code == 404


@pytest.mark.parametrize(
    "token", ["", "Bearer", "Bearer x.y", "Basic abc", "Bearer " + mint_token(b"z" * 32, "a", LESSON, 60)]
)
def test_no_one_comes_in_without_a_pass(gateway: RunningGateway, token: str) -> None:
    for path in ("/v1/models", "/v1/completions"):
        method = "GET" if path.endswith("models") else "POST"
        response = httpx.request(method, gateway.url + path, headers={"Authorization": token}, trust_env=False)
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "token-rejected"


def test_another_host_name_is_turned_away(gateway: RunningGateway) -> None:
    response = httpx.get(f"{gateway.url}/healthz", headers={"Host": "evil.example"}, trust_env=False)
    assert response.status_code == 400


def test_no_reply_and_no_log_line_holds_a_key_a_text_or_a_student(gateway: RunningGateway, model: RunningModel) -> None:
    student = "a-very-particular-otter"
    replies = [
        post(gateway, {"prompt": BANK_PROMPT, "max_tokens": 2}, student=student),
        post(gateway, {"prompt": "Something of my own"}, student=student),
        post(gateway, {"prompt": DISTRESS}, student=student),
        post(gateway, {"prompt": BANK_PROMPT, "tools": 1}, student=student),
    ]
    seen = "".join(reply.text + str(reply.headers) for reply in replies) + gateway.log.read_text()
    log = gateway.log.read_text()
    assert model.key.get_secret_value() not in seen
    assert SECRET.hex() not in seen
    assert model.url not in seen
    for private in (student, "Something of my own", DISTRESS, BANK_PROMPT):
        assert private not in log


def test_a_reader_who_leaves_stops_the_model(gateway: RunningGateway, model: RunningModel) -> None:
    body = json.dumps({"prompt": BANK_PROMPT, "max_tokens": 120, "temperature": 1, "stream": True}).encode()
    host, port = gateway.url.removeprefix("http://").split(":")
    head = f"POST /v1/completions HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {len(body)}\r\n"
    head += f"Authorization: {gateway.headers('leaver')['Authorization']}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=60) as raw:
        raw.sendall(head.encode() + body)
        assert b"200 OK" in raw.recv(4096)
        while b'"text":' not in raw.recv(4096):
            pass
    process = psutil.Process(model.pid)
    time.sleep(0.5)
    before = process.cpu_times().user
    time.sleep(1.0)
    assert process.cpu_times().user - before < 0.5  # two cores at work would be 2.0
    assert '"outcome": "answered"' in gateway.log.read_text()


def test_a_dead_model_is_one_clear_sentence(tmp_path: Path) -> None:
    with gateway_process(tmp_path, KIT_MODEL_KEY="secret-key", KIT_MODEL_URL="http://127.0.0.1:9") as gateway:
        for stream in (False, True):
            response = post(gateway, {"prompt": BANK_PROMPT, "stream": stream, "max_tokens": 5})
            assert response.status_code == 503
            assert response.json()["error"]["code"] == "provider-unavailable"
            assert "127.0.0.1:9" not in response.text
            assert "secret-key" not in response.text


def test_a_wrong_key_is_said_without_the_key(tmp_path: Path, model: RunningModel) -> None:
    with gateway_process(tmp_path, KIT_MODEL_KEY="wrong-key", KIT_MODEL_URL=model.url) as gateway:
        response = post(gateway, {"prompt": BANK_PROMPT, "max_tokens": 5})
        assert (response.status_code, response.json()["error"]["code"]) == (502, "provider-refused")
        assert "wrong-key" not in response.text + gateway.log.read_text()


def test_too_many_questions_in_a_minute(tmp_path: Path) -> None:
    with gateway_process(tmp_path, KIT_AI__PROVIDER="recorded", KIT_AI__REQUESTS_PER_MINUTE="2") as gateway:
        codes = [post(gateway, {"prompt": BANK_PROMPT, "temperature": 0}).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        assert post(gateway, {"prompt": BANK_PROMPT, "temperature": 0}, student="heron").status_code == 200
