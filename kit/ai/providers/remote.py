"""A provider that speaks the OpenAI protocol over HTTP: the local model's process as well as a service far away."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx

from kit.ai.asks import MOST_LOGPROBS, Ask, Turn
from kit.ai.providers.protocol import as_chat, chat_to_completion, completion_body, read_survey
from kit.ai.providers.provider import Capabilities, Survey
from kit.ai.splits import read_pieces
from kit.errors import AIError, ProviderRefused, ProviderUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from pydantic import SecretStr

    from kit.ai.splits import Piece

__all__ = ["PLAIN_SAMPLING", "RemoteProvider"]

_PROBE = "The sky is"
_TRIES = (MOST_LOGPROBS, 20, 5)  # llama.cpp tells all; most services 20, some 5
# Spelled out, so that a temperature means what the lesson says it means and no tail is cut off in silence.
PLAIN_SAMPLING = {"top_k": 0, "top_p": 1, "min_p": 0}
# Without the first, a student who types "<|im_start|>" would get one secret piece; without the second, an invisible
# start mark would count as a piece of the text.
_PLAIN_PIECES = {"with_pieces": True, "parse_special": False, "add_special": False}


class RemoteProvider:
    """An OpenAI-compatible server.

    Parameters
    ----------
    name
        ``local``, ``openai`` or ``compatible``.
    base_url
        Up to and with ``/v1``.
    key
        Sent to this server and shown to nobody.
    model
        The name that goes into requests; may be empty.
    timeout
        Seconds to wait for the next piece of a reply.
    """

    def __init__(self, name: str, base_url: str, key: SecretStr | None, model: str, timeout: float) -> None:
        self.name = name
        self.model = model
        self._extra = PLAIN_SAMPLING if name == "local" else {}
        headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
        root = base_url.rstrip("/")
        # llama.cpp's own endpoints stand beside /v1; no other kind of server is known to show a token's bytes.
        self._tokenizer = None if name == "openai" else f"{root.removesuffix('/v1')}/tokenize"
        # The local model is asked directly, whatever proxy this computer has.
        self._http = httpx.AsyncClient(base_url=f"{root}/", headers=headers, timeout=timeout, trust_env=name != "local")
        self._capabilities: Capabilities | None = None
        self._probing = asyncio.Lock()
        # One list of the whole vocabulary costs the local model 200 MB while it is written; four at once would be 700.
        self._survey_turn = asyncio.Semaphore(1 if name == "local" else 8)

    async def capabilities(self) -> Capabilities:
        """Find out, once, what the provider can do, with a few requests for a single token."""
        async with self._probing:
            if self._capabilities is None:
                self._capabilities = await self._probe()
            return self._capabilities

    async def survey(self, prompt: str) -> Survey:
        """Return the next tokens after a prompt, as many as the provider tells."""
        able = await self.capabilities()
        if not able.logprobs:
            raise ProviderRefused(able.notice, mend="Choose another model in kit.toml for this exercise.")
        async with self._survey_turn:
            most = MOST_LOGPROBS if able.whole_vocabulary else able.logprobs
            found = await self._look(prompt, able.completions, most)
        if found is None:
            raise ProviderRefused("The model service did not show its probabilities this time.")
        return found

    async def tokenize(self, text: str) -> tuple[Piece, ...]:
        """Return the pieces into which the model cuts a text, if this server is llama.cpp's."""
        try:
            reply = await self._post(self._tokenizer, {"content": text, **_PLAIN_PIECES}) if self._tokenizer else {}
        except ProviderRefused:
            if self.name == "local":  # it has the endpoint, so something else is wrong
                raise
            reply = {}
        pieces = read_pieces(reply, "piece")
        if pieces is None:
            raise ProviderRefused(
                "This model service does not show how it cuts text into pieces.",
                mend="For this lesson, set ai.provider to local or recorded in kit.toml.",
            )
        return pieces

    async def send(self, ask: Ask) -> dict[str, Any]:
        """Return the reply to a request."""
        path, body, convert = await self._route(ask)
        reply = await self._post(path, body)
        return chat_to_completion(reply) if convert else reply

    async def stream(self, ask: Ask) -> AsyncIterator[bytes]:
        """Yield the events of a reply as they come. Leaving early closes the connection, which stops the model."""
        path, body, convert = await self._route(ask)
        async with self._opened(path, body) as response:
            async for line in _events(response):
                yield json.dumps(chat_to_completion(json.loads(line))).encode() if convert else line

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def _route(self, ask: Ask) -> tuple[str, dict[str, Any], bool]:
        """Return the endpoint, the body, and whether the reply must be turned from chat into a completion."""
        if ask.kind == "chat":
            return "chat/completions", as_chat(ask, self.model, self._extra), False
        if (await self.capabilities()).completions:
            return "completions", completion_body(ask, self.model, self._extra), False
        return "chat/completions", as_chat(ask, self.model, self._extra), True

    async def _probe(self) -> Capabilities:
        refused: AIError | None = None
        for completions in (True, False):
            for most in _TRIES:
                try:
                    found = await self._look(_PROBE, completions, most)
                except ProviderRefused as error:
                    refused = error
                    continue
                return Capabilities(
                    completions, len(found.tokens) if found else 0, bool(found and found.whole_vocabulary)
                )
        if await self._answers_without_logprobs():
            return Capabilities(completions=False, logprobs=0, whole_vocabulary=False)
        raise refused or ProviderUnavailable("The model service gives no usable answer.")

    async def _answers_without_logprobs(self) -> bool:
        ask = Ask("chat", (Turn("user", _PROBE),), max_tokens=1)
        try:
            return bool((await self._post("chat/completions", as_chat(ask, self.model, self._extra))).get("choices"))
        except ProviderRefused:
            return False

    async def _look(self, prompt: str, completions: bool, most: int) -> Survey | None:
        ask = Ask("completion", (Turn("user", prompt),), max_tokens=1, logprobs=most)
        if completions:
            reply = await self._post("completions", completion_body(ask, self.model, self._extra))
        else:
            reply = await self._post("chat/completions", as_chat(ask, self.model, self._extra))
        return await asyncio.to_thread(read_survey, reply, most == MOST_LOGPROBS)

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._opened(path, body) as response:
            raw = await response.aread()
        try:
            # Five megabytes of JSON take 150 ms to read: not on the loop that serves everyone's streams.
            reply = json.loads(raw) if len(raw) < 1 << 16 else await asyncio.to_thread(json.loads, raw)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            raise ProviderUnavailable("The model service gave an answer that is no answer.")
        return reply

    @asynccontextmanager
    async def _opened(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[httpx.Response]:
        try:
            response = await self._request(path, body)
            try:
                await _complain(response)
                yield response
            finally:
                await response.aclose()
        except httpx.TimeoutException:
            raise ProviderUnavailable("The model took too long to answer.") from None
        except httpx.HTTPError:
            raise ProviderUnavailable("The model can't be reached right now.") from None

    async def _request(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        request = self._http.build_request("POST", path, json=body)
        try:
            return await self._http.send(request, stream=True)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            # A kept connection that the server had closed meanwhile; nothing was answered, so asking again is safe.
            return await self._http.send(self._http.build_request("POST", path, json=body), stream=True)


async def _complain(response: httpx.Response) -> None:
    # What the service says is not passed on: it may repeat the key or name an account.
    status = response.status_code
    if status in {401, 402, 403}:
        raise ProviderRefused("The model service refused the school's key or account.")
    if status in {400, 404, 405, 422, 501}:
        raise ProviderRefused("The model service does not take this kind of request.")
    if status == 429:  # noqa: PLR2004 - too many requests
        raise ProviderUnavailable("The model service is busy.")
    if status >= 300:  # noqa: PLR2004 - anything but success
        raise ProviderUnavailable("The model service has a problem of its own.")


async def _events(response: httpx.Response) -> AsyncIterator[bytes]:
    """Yield the data of server-sent events, by hand: httpx would decode each piece twice on the way."""
    rest = b""
    async for piece in response.aiter_bytes():
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                data = line[5:].strip()
                if data == b"[DONE]":
                    return
                yield data
