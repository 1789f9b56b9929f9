"""Providers that misbehave: every failure becomes one of two errors, with no key and no address in its words."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from kit.ai.asks import Ask, Turn
from kit.ai.providers.remote import RemoteProvider
from kit.ai.splits import Piece
from kit.errors import AIError, ProviderRefused, ProviderUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ASK = Ask("completion", (Turn("user", "The sky is"),), max_tokens=3)
Answer = tuple[int, bytes]


@contextmanager
def service(answer: Callable[[str, dict[str, Any]], Answer]) -> Iterator[str]:
    """Run a small HTTP service on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, raw = answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


def run(base_url: str, action: Callable[[RemoteProvider], Any]) -> Any:
    async def inner() -> Any:
        provider = RemoteProvider("compatible", base_url, SecretStr("school-key"), "m", timeout=3)
        try:
            return await action(provider)
        finally:
            await provider.close()

    return asyncio.run(inner())


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, ProviderRefused), (403, ProviderRefused), (402, ProviderRefused), (429, ProviderUnavailable),
     (500, ProviderUnavailable), (302, ProviderUnavailable), (200, ProviderUnavailable)],
)  # fmt: skip
def test_a_service_s_trouble_is_told_without_its_words(status: int, error: type[AIError]) -> None:
    with service(lambda path, body: (status, b"your key school-key is wrong")) as url:
        with pytest.raises(error) as caught:
            run(url, lambda provider: provider.send(ASK))
        assert "school-key" not in str(caught.value)
        assert url not in str(caught.value)


def chat_only(path: str, body: dict[str, Any]) -> Answer:
    """Answer like a service that has only chat and shows at most 20 alternatives."""
    if not path.endswith("/chat/completions"):
        return 404, b"{}"
    if body.get("top_logprobs", 0) > 20:
        return 400, b"{}"
    tops = [{"token": f" t{n}", "logprob": -float(n + 1)} for n in range(body.get("top_logprobs", 0))]
    logprobs = {"content": [{"token": " blue", "logprob": -1.0, "top_logprobs": tops}]} if tops else None
    choice = {"index": 0, "message": {"role": "assistant", "content": " blue"}, "logprobs": logprobs}
    return 200, json.dumps({"choices": [choice]}).encode()


def test_a_chat_service_is_asked_to_go_on_with_the_text() -> None:
    with service(chat_only) as url:
        able = run(url, lambda provider: provider.capabilities())
        assert (able.completions, able.logprobs, able.whole_vocabulary) == (False, 20, False)
        assert "20" in able.notice
        assert run(url, lambda provider: provider.send(ASK))["choices"][0]["text"] == " blue"
        assert len(run(url, lambda provider: provider.survey("The sky is")).tokens) == 20


def test_a_service_without_probabilities_says_so() -> None:
    def answer(path: str, body: dict[str, Any]) -> Answer:
        return (400, b"{}") if "top_logprobs" in body else chat_only(path, body)

    with service(answer) as url, pytest.raises(ProviderRefused, match="does not show its probabilities"):
        run(url, lambda provider: provider.survey("The sky is"))


def test_a_service_that_shows_its_pieces_is_asked_beside_v1_and_plainly() -> None:
    seen: list[tuple[str, dict[str, Any]]] = []

    def answer(path: str, body: dict[str, Any]) -> Answer:
        seen.append((path, body))
        return 200, json.dumps({"tokens": [{"id": 5, "piece": "do"}, {"id": 6, "piece": [103]}]}).encode()

    with service(answer) as url:
        pieces = run(url, lambda provider: provider.tokenize("dog"))
    assert pieces == (Piece(5, b"do"), Piece(6, b"g"))
    assert seen == [
        ("/tokenize", {"content": "dog", "with_pieces": True, "parse_special": False, "add_special": False})
    ]


@pytest.mark.parametrize("reply", [(404, b"{}"), (200, b"{}"), (200, b'{"tokens": [1, 2], "count": 2}')])
def test_a_service_that_hides_its_pieces_says_so_with_a_way_out(reply: Answer) -> None:
    with service(lambda path, body: reply) as url:
        with pytest.raises(ProviderRefused, match="does not show how it cuts text") as caught:
            run(url, lambda provider: provider.tokenize("dog"))
        assert "ai.provider" in caught.value.mend


def test_a_service_known_to_hide_its_pieces_is_sent_no_text() -> None:
    async def ask() -> None:
        provider = RemoteProvider("openai", "http://127.0.0.1:9/v1", SecretStr("school-key"), "m", timeout=3)
        try:
            await provider.tokenize("dog")
        finally:
            await provider.close()

    with pytest.raises(ProviderRefused, match="does not show how it cuts text"):
        asyncio.run(ask())


def test_trouble_at_the_local_model_is_told_as_it_is() -> None:
    async def ask(url: str) -> None:
        provider = RemoteProvider("local", url, SecretStr("wrong"), "m", timeout=3)
        try:
            await provider.tokenize("dog")
        finally:
            await provider.close()

    with service(lambda path, body: (401, b"{}")) as url, pytest.raises(ProviderRefused, match="key or account"):
        asyncio.run(ask(url))
