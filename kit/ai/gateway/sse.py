"""What goes out of the gateway: streams of server-sent events, help cards and errors, in the OpenAI shapes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from kit.ai.gateway.desk import help_reply
from kit.errors import AIError, KitError, ProviderRefused, ProviderUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable

    from starlette.types import Receive, Scope, Send

    from kit.ai.asks import Ask, Kind
    from kit.ai.gateway.desk import Desk
    from kit.ai.gateway.guard import Verdict
    from kit.settings.model import HelpSettings

__all__ = ["error_body", "error_outcome", "help_response", "open_stream", "outcome_of", "reply_headers"]

_DONE = b"data: [DONE]\n\n"


def outcome_of(verdict: Verdict) -> str:
    """Return the outcome of a request that reached the model."""
    return "masked" if verdict.masked else "answered"


def error_outcome(error: KitError) -> str:
    """Return the outcome of a request that ended in an error."""
    return "unavailable" if isinstance(error, ProviderRefused | ProviderUnavailable) else "refused"


def error_body(error: KitError) -> dict[str, Any]:
    """Return an error as the OpenAI protocol has it; the kit's stable code is in ``code``."""
    said = {"message": error.message, "mend": error.mend, "type": "kit_error", "code": error.code, "param": None}
    return {"error": said, "x_kit": {"outcome": error_outcome(error)}}


def reply_headers(desk: Desk, verdict: Verdict) -> dict[str, str]:
    """Return the headers that label a reply."""
    return {"X-Kit-Outcome": outcome_of(verdict), "X-Kit-Label": desk.words, "Cache-Control": "no-store"}


def help_response(card: HelpSettings, kind: Kind, *, stream: bool) -> Response:
    """Return the help card, as a stream if one was asked for."""
    reply, headers = help_reply(card, kind), {"X-Kit-Outcome": "help", "Cache-Control": "no-store"}
    if not stream:
        return JSONResponse(reply, headers=headers)
    for choice in reply["choices"]:
        if "message" in choice:
            choice["delta"] = choice.pop("message")
            reply["object"] = "chat.completion.chunk"
    return Response(_event(reply) + _DONE, media_type="text/event-stream", headers=headers)


class _LiveResponse(StreamingResponse):
    """A stream that tells when it is over, also when the reader left before its first piece."""

    def __init__(self, pieces: AsyncIterator[bytes], headers: dict[str, str], over: Callable[[], None]) -> None:
        super().__init__(pieces, media_type="text/event-stream", headers=headers)
        self._over = over

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._over()


async def open_stream(desk: Desk, ask: Ask, verdict: Verdict, closing: Callable[[int], None]) -> Response:
    """Return a stream whose first piece is there already, so that a provider that fails at once is a plain error."""
    stream = desk.stream(ask)
    pieces = stream.__aiter__()
    try:
        first = await anext(pieces, b"")
    except BaseException:
        closing(0)
        raise
    body = _body(first, pieces, desk.label(ask, verdict))
    return _LiveResponse(body, reply_headers(desk, verdict), lambda: closing(stream.events))


async def _body(first: bytes, pieces: AsyncGenerator[bytes], label: dict[str, Any]) -> AsyncIterator[bytes]:
    try:
        if first:
            yield b"data: " + first + b"\n\n"
        async for piece in pieces:
            yield b"data: " + piece + b"\n\n"
    except AIError as error:
        yield _event(error_body(error))
        return
    finally:
        await pieces.aclose()  # closes the connection to the model, which stops writing
    yield _event({"object": "x_kit", "choices": [], "x_kit": label})
    yield _DONE


def _event(body: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(body).encode() + b"\n\n"
