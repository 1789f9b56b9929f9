"""The gateway's web face: who may come in, what goes out."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kit.ai.gateway.limits import Limits
from kit.ai.gateway.log import log_request
from kit.ai.gateway.sse import (
    error_body,
    error_outcome,
    help_response,
    open_stream,
    outcome_of,
    reply_headers,
)
from kit.ai.gateway.surveys import MEDIA_TYPE
from kit.ai.refusals import Malformed, TooLong, status_of
from kit.ai.tokens import Pass, read_token
from kit.errors import AIError, KitError, TokenRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from kit.ai.asks import Ask, Kind
    from kit.ai.gateway.desk import Desk
    from kit.ai.gateway.guard import Verdict
    from kit.ai.gateway.rules import LessonRules

__all__ = ["build_app"]

_LARGEST_BODY = 64 * 1024


def build_app(desk: Desk, secret: bytes, rules_of: Callable[[str], LessonRules]) -> Starlette:
    """Return the gateway.

    Parameters
    ----------
    desk
        Does the work.
    secret
        Signs the passes.
    rules_of
        The rules of a lesson by its slug.
    """
    door = _Door(desk, secret, rules_of)
    return Starlette(
        routes=[
            Route("/v1/completions", door.completions, methods=["POST"]),
            Route("/v1/chat/completions", door.chat, methods=["POST"]),
            Route("/v1/tokenize", door.tokenize, methods=["POST"]),
            Route("/v1/models", door.models),
            Route("/healthz", door.health),
        ],
        # A web page elsewhere that points its own name at 127.0.0.1 is turned away by the name.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        exception_handlers={KitError: _on_error, HTTPException: _on_http_error, Exception: _on_error},
    )


class _Door:
    def __init__(self, desk: Desk, secret: bytes, rules_of: Callable[[str], LessonRules]) -> None:
        self._desk = desk
        self._secret = secret
        self._rules_of = rules_of
        self._limits = Limits(desk.settings.ai.requests_per_minute)

    async def completions(self, request: Request) -> Response:
        return await self._reply(request, "completion")

    async def chat(self, request: Request) -> Response:
        return await self._reply(request, "chat")

    async def tokenize(self, request: Request) -> Response:
        started = time.perf_counter()
        holder, body = await self._let_in(request)
        verdict = self._desk.check_texts(body, self._rules_of(holder.lesson))
        if verdict.help or not verdict.texts:
            return self._turn_away(holder, verdict, "completion", started)
        try:
            reply = await self._desk.split(verdict)
        except AIError as error:
            log_request(holder.lesson, error_outcome(error), 0, started)
            raise
        log_request(holder.lesson, "answered", sum(len(split["tokens"]) for split in reply["splits"]), started)
        return JSONResponse(reply, headers={"X-Kit-Outcome": "answered", "Cache-Control": "no-store"})

    async def models(self, request: Request) -> Response:
        self._pass(request)
        able = await self._desk.provider.capabilities()
        facts = {"provider": self._desk.provider.name, "logprobs": able.logprobs, "notice": able.notice}
        model = {"id": self._desk.provider.model, "object": "model", "created": 0, "owned_by": "class", "x_kit": facts}
        return JSONResponse({"object": "list", "data": [model]})

    async def health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok"})

    def _pass(self, request: Request) -> Pass:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise TokenRejected("This page has no pass for the AI.")
        return read_token(self._secret, token.strip())

    async def _let_in(self, request: Request) -> tuple[Pass, Any]:
        holder = self._pass(request)
        self._limits.take(holder.student)
        return holder, await _body(request)

    def _turn_away(
        self, holder: Pass, verdict: Verdict, kind: Kind, started: float, *, stream: bool = False
    ) -> Response:
        """Return the help card, or say why not."""
        log_request(holder.lesson, "help" if verdict.help else "refused", 0, started)
        if not verdict.help:
            raise verdict.error or Malformed("This request can't be read.")
        return help_response(self._desk.settings.help, kind, stream=stream)

    async def _reply(self, request: Request, kind: Kind) -> Response:
        started = time.perf_counter()
        holder, body = await self._let_in(request)
        verdict = self._desk.check(body, kind, self._rules_of(holder.lesson))
        if verdict.help or verdict.ask is None:
            stream = isinstance(body, dict) and body.get("stream") is True
            return self._turn_away(holder, verdict, kind, started, stream=stream)
        try:
            return await self._ask_model(request, verdict.ask, verdict, holder, started)
        except AIError:
            log_request(holder.lesson, "unavailable", 0, started)
            raise

    async def _ask_model(self, request: Request, ask: Ask, verdict: Verdict, holder: Pass, started: float) -> Response:
        with ExitStack() as stack:
            stack.enter_context(self._limits.one_of_few(holder.student))
            if ask.stream:
                # The reply keeps its place in the queue until its last piece is out.
                return await open_stream(self._desk, ask, verdict, _Closing(stack.pop_all(), holder, verdict, started))
            response = await self._whole(request, ask, verdict)
        log_request(holder.lesson, outcome_of(verdict), ask.max_tokens, started)
        return response

    async def _whole(self, request: Request, ask: Ask, verdict: Verdict) -> Response:
        if self._desk.is_survey(ask) and request.headers.get("accept") == MEDIA_TYPE:
            packed = await self._desk.surveys.packed(ask.text)
            label = json.dumps(self._desk.label(ask, verdict))
            headers = {**reply_headers(self._desk, verdict), "Content-Encoding": "gzip", "X-Kit": label}
            return Response(packed, media_type=MEDIA_TYPE, headers=headers)
        return JSONResponse(await self._desk.answer(ask, verdict), headers=reply_headers(self._desk, verdict))


class _Closing:
    """What is done when a stream is over, however it ended."""

    def __init__(self, stack: ExitStack, holder: Pass, verdict: Verdict, started: float) -> None:
        self._stack, self._holder, self._verdict, self._started = stack, holder, verdict, started

    def __call__(self, tokens: int) -> None:
        self._stack.close()
        log_request(self._holder.lesson, outcome_of(self._verdict), tokens, self._started)


async def _body(request: Request) -> Any:
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > _LARGEST_BODY:
            raise TooLong("This message is far too long.")
    try:
        return json.loads(bytes(raw))
    except (ValueError, RecursionError):
        raise Malformed("This request is not JSON.") from None


async def _on_error(_: Request, error: Exception) -> Response:
    found = error if isinstance(error, KitError) else AIError("Something went wrong in the gateway.")
    headers = {"X-Kit-Outcome": error_outcome(found)}
    return JSONResponse(error_body(found), status_code=status_of(found), headers=headers)


async def _on_http_error(_: Request, error: Exception) -> Response:
    found = Malformed("The gateway has no such page or method.")
    return JSONResponse(error_body(found), status_code=getattr(error, "status_code", 404))
