"""A reply on its way back: screened, whole or in a stream, and labelled."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, Any

from kit.ai.screens.output import HIDDEN_TOKEN, Hit, OutputScreen, hidden_notice

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

__all__ = ["ScreenedStream", "screen_reply", "text_of"]

_CHOICE_FIELDS = {"index", "text", "delta", "message", "logprobs", "finish_reason"}
_TEXT_FIELDS = {"role", "content", "refusal"}


def text_of(reply: dict[str, Any]) -> str:
    """Return the text of a whole reply or of one event of a stream."""
    for choice in reply.get("choices") or ():
        spoken = choice.get("delta") or choice.get("message") or {}
        return choice.get("text") or spoken.get("content") or ""
    return ""


def screen_reply(reply: dict[str, Any], screen: OutputScreen) -> Hit | None:
    """Cut a whole reply, in place, at the first phrase that is not for a class; return what was found."""
    _tidy(reply, screen)
    text = text_of(reply)
    hit = screen.find(text)
    if hit:
        _set_text(reply["choices"][0], f"{text[: hit.end]} {hidden_notice(hit.kind)}".strip())
    return hit


class ScreenedStream:
    """The events of a stream, let through when what they say can't become a phrase that is not for a class.

    Attributes
    ----------
    hit
        What was found, once the stream is over.
    events
        How many pieces of text came.
    """

    def __init__(self, events: AsyncIterator[bytes], screen: OutputScreen) -> None:
        self._events = events
        self._screen = screen
        self._text = screen.stream()
        self._held: deque[tuple[int, bytes]] = deque()
        self._length = 0
        self._last: dict[str, Any] = {}
        self.hit: Hit | None = None
        self.events = 0

    async def __aiter__(self) -> AsyncGenerator[bytes]:
        """Yield JSON of events, without ``data:``."""
        async for raw in self._events:
            self._take(raw)
            if self.hit:
                break
            for event in self._released(self._text.safe):
                yield event
        self.hit = self.hit or self._text.close()
        for event in self._released(self.hit.end if self.hit else self._length):
            yield event
        if self.hit:
            yield self._notice(self.hit)

    def _take(self, raw: bytes) -> None:
        event = json.loads(raw)
        if _tidy(event, self._screen):
            raw = json.dumps(event).encode()
        text = text_of(event)
        self._last = event if event.get("choices") else self._last
        self._length += len(text)
        self.events += bool(text)
        self.hit = self._text.feed(text)
        self._held.append((self._length, raw))

    def _released(self, safe: int) -> list[bytes]:
        found = []
        while self._held and self._held[0][0] <= safe:
            found.append(self._held.popleft()[1])
        return found

    def _notice(self, hit: Hit) -> bytes:
        choice = self._last["choices"][0]
        _set_text(choice, f" {hidden_notice(hit.kind)}")
        return json.dumps(self._last).encode()


def _set_text(choice: dict[str, Any], text: str) -> None:
    choice["logprobs"], choice["finish_reason"] = None, "content_filter"
    for place in ("delta", "message"):
        if place in choice:
            choice[place] = {"role": "assistant", "content": text}
            return
    choice["text"] = text


def _tidy(event: dict[str, Any], screen: OutputScreen) -> bool:
    """Leave only fields that the screen reads; return whether anything was taken out."""
    choices = event.get("choices") or []
    changed = len(choices) > 1
    del choices[1:]
    for choice in choices:
        changed |= _drop(choice, _CHOICE_FIELDS)
        for place in ("delta", "message"):
            changed |= _drop(choice.get(place) or {}, _TEXT_FIELDS)
        changed |= _hide_words(choice.get("logprobs"), screen)
    return changed


def _drop(fields: dict[str, Any], known: set[str]) -> bool:
    unknown = [name for name in fields if name not in known or (name == "refusal" and fields[name])]
    for name in unknown:
        del fields[name]
    return bool(unknown)


def _hide_words(logprobs: dict[str, Any] | None, screen: OutputScreen) -> bool:
    changed = False
    for token in (logprobs or {}).get("content") or ():
        for top in token.get("top_logprobs") or ():
            if screen.hides(top["token"]):
                top["token"], top["bytes"], changed = HIDDEN_TOKEN, None, True
    return changed
