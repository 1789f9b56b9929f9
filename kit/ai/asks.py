"""What may be asked of a model: an OpenAI request cut down to a short list of fields, each within its limits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from kit.ai.refusals import Malformed, TooLong

__all__ = ["LONGEST_TEXT", "MOST_TEXTS", "Ask", "Kind", "Turn", "every_text", "read_ask", "read_texts"]

Kind = Literal["completion", "chat"]

MOST_LOGPROBS = 50_000  # the local model knows 49,152 tokens
MOST_TEXTS, LONGEST_TEXT = 24, 200  # to be cut into pieces with one request
_MOST_LOGPROBS_IN_TEXT = 20
_MOST_STOPS, _LONGEST_STOP = 4, 40
_DEEPEST = 12

# Fields that change nothing at these values; clients send them unasked.
_HARMLESS: Mapping[str, tuple[Any, ...]] = {
    "n": (1, None),
    "best_of": (1, None),
    "echo": (False, None),
    "top_p": (1, None),
    "presence_penalty": (0, None),
    "frequency_penalty": (0, None),
    "suffix": ("", None),
}
_IGNORED = frozenset({"model", "stream_options", "user"})
_SHARED = frozenset({"max_tokens", "max_completion_tokens", "temperature", "seed", "stop", "stream", "logprobs"})
_OWN: Mapping[Kind, frozenset[str]] = {
    "completion": frozenset({"prompt"}),
    "chat": frozenset({"messages", "top_logprobs"}),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that passed the list of allowed fields."""

    kind: Kind
    turns: tuple[Turn, ...]
    max_tokens: int
    temperature: float = 0.0
    seed: int | None = None
    logprobs: int = 0
    stop: tuple[str, ...] = ()
    stream: bool = False

    @property
    def text(self) -> str:
        """The last thing said: the prompt."""
        return self.turns[-1].text

    @property
    def parameters(self) -> dict[str, object]:
        """What a reader must know to ask the same again."""
        found = {"temperature": self.temperature, "max_tokens": self.max_tokens, "seed": self.seed}
        return {name: value for name, value in found.items() if value is not None}

    def with_texts(self, change: Callable[[str], str]) -> Ask:
        """Return the same request with every text changed."""
        turns = tuple(replace(turn, text=change(turn.text)) for turn in self.turns)
        return replace(self, turns=turns, stop=tuple(change(stop) for stop in self.stop))


def every_text(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield every string anywhere in a JSON value, names of fields too: no corner of a request goes unscreened.

    Raises
    ------
    Malformed
        When the value is nested deeper than any honest request.
    """
    if depth > _DEEPEST:
        raise Malformed("This request is nested too deeply.")
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from every_text(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from every_text(part, depth + 1)


def read_ask(body: dict[str, Any], kind: Kind, most_tokens: int) -> Ask:
    """Return the request that a body stands for.

    Fields that would change what the model may do (tools, grammars, several replies ...) are refused by name. Numbers
    out of range are brought into it.

    Raises
    ------
    Malformed
    """
    _refuse_other_fields(body, kind)
    tokens = body.get("max_tokens") or body.get("max_completion_tokens") or most_tokens
    length = int(_number(tokens, "max_tokens", 1, most_tokens))
    return Ask(
        kind=kind,
        turns=_prompt(body) if kind == "completion" else _messages(body),
        max_tokens=length,
        temperature=_number(_given(body, "temperature", 1.0), "temperature", 0.0, 2.0),
        seed=None if body.get("seed") is None else int(_number(body["seed"], "seed", 0, 2**31 - 1)),
        logprobs=_logprobs(body, kind, length),
        stop=_stops(body.get("stop")),
        stream=_flag(body, "stream"),
    )


def read_texts(body: dict[str, Any]) -> tuple[str, ...]:
    """Return the texts that a request wants to have cut into pieces.

    Raises
    ------
    Malformed
    """
    texts = body.get("texts")
    if set(body) != {"texts"} or not isinstance(texts, list) or not 0 < len(texts) <= MOST_TEXTS:
        raise Malformed(f"A request to cut text has a list `texts` with up to {MOST_TEXTS} texts, and nothing else.")
    return tuple(_cuttable(text) for text in texts)


def _cuttable(text: Any) -> str:
    found = _text(text, "Each of the texts")
    if len(found) > LONGEST_TEXT:
        raise TooLong(f"A text to cut can have {LONGEST_TEXT} characters.")
    # Some models have no piece for some control characters, and would drop them without a word.
    if any(unicodedata.category(letter) == "Cc" for letter in found):
        raise Malformed("This text has an invisible control character.", mend="Type the text anew.")
    return found


def _refuse_other_fields(body: dict[str, Any], kind: Kind) -> None:
    for name, value in body.items():
        if name in _SHARED or name in _IGNORED or name in _OWN[kind]:
            continue
        if name not in _HARMLESS or value not in _HARMLESS[name]:
            raise Malformed(f"This gateway doesn't take the field {name[:40]!r} with that value.")


def _given(body: dict[str, Any], name: str, default: float) -> Any:
    return default if body.get(name) is None else body[name]


def _number(value: Any, name: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - only NaN is
        raise Malformed(f"{name} must be a number.")
    return min(max(value, low), high)


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise Malformed(f"{name} must be true or false.")
    return bool(value)


def _logprobs(body: dict[str, Any], kind: Kind, length: int) -> int:
    if kind == "chat":
        wanted = _given(body, "top_logprobs", 1) if _flag(body, "logprobs") else 0
    else:
        wanted = _given(body, "logprobs", 0)
    # All tokens of the vocabulary make some five megabytes: once, for one next word, but not for each word of a text.
    most = MOST_LOGPROBS if length == 1 and kind == "completion" else _MOST_LOGPROBS_IN_TEXT
    return int(_number(wanted, "logprobs", 0, most))


def _prompt(body: dict[str, Any]) -> tuple[Turn, ...]:
    prompt = body.get("prompt")
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    return (Turn("user", _text(prompt, "prompt")),)


def _messages(body: dict[str, Any]) -> tuple[Turn, ...]:
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise Malformed("messages must be a list of messages.")
    turns = tuple(_turn(message) for message in messages)
    if turns[-1].role != "user":
        raise Malformed("The last message must be the student's.")
    return turns


def _turn(message: Any) -> Turn:
    if not isinstance(message, dict) or not set(message) <= {"role", "content"}:
        raise Malformed("A message has a role and a content, and nothing else.")
    role = message.get("role")
    if role not in {"user", "assistant"}:
        raise Malformed("Only messages of the user and the assistant are taken; the lesson sets the rest.")
    return Turn(role, _text(message.get("content"), "content"))


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"{name} must be a text.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Malformed(f"{name} has characters that no text can have.") from None
    return value


def _stops(value: Any) -> tuple[str, ...]:
    stops = [value] if isinstance(value, str) else value or []
    if not isinstance(stops, list) or len(stops) > _MOST_STOPS:
        raise Malformed(f"stop takes up to {_MOST_STOPS} texts.")
    if any(not isinstance(stop, str) or not 0 < len(stop) <= _LONGEST_STOP for stop in stops):
        raise Malformed(f"Each stop is a text of 1 to {_LONGEST_STOP} characters.")
    return tuple(stops)
