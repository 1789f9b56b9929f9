"""The OpenAI protocol, from requests to JSON and back, and between its two dialects (completions and chat)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.ai.providers.provider import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kit.ai.asks import Ask

__all__ = ["as_chat", "chat_to_completion", "completion_body", "read_survey"]

TALK = (
    "You are a language model in a school lesson for ages 11 to 18. Answer in a few plain sentences. "
    "You are a program, not a person, and not a counselor. "
    "If someone may be in danger, say: talk to an adult you trust."
)
CONTINUE = "Continue the text. Write only what comes next, with no comment."

_CERTAIN = 0.999  # share of all probability from which a list counts as the whole vocabulary


def completion_body(ask: Ask, model: str, extra: dict[str, Any]) -> dict[str, Any]:
    """Return the body for ``/v1/completions``."""
    body = {**_shared(ask, model), "prompt": ask.text, **extra}
    if ask.logprobs:
        body["logprobs"] = ask.logprobs
    return body


def as_chat(ask: Ask, model: str, extra: dict[str, Any]) -> dict[str, Any]:
    """Return the body for ``/v1/chat/completions``; plain text becomes a task to continue it."""
    system = CONTINUE if ask.kind == "completion" else TALK
    messages = [{"role": "system", "content": system}]
    messages += [{"role": turn.role, "content": turn.text} for turn in ask.turns]
    body = {**_shared(ask, model), "messages": messages, **extra}
    if ask.logprobs:
        body |= {"logprobs": True, "top_logprobs": ask.logprobs}
    return body


def _shared(ask: Ask, model: str) -> dict[str, Any]:
    body: dict[str, Any] = {"max_tokens": ask.max_tokens, "temperature": ask.temperature, "stream": ask.stream}
    optional = {"model": model, "seed": ask.seed, "stop": list(ask.stop)}
    return body | {name: value for name, value in optional.items() if value not in ("", None, [])}


def chat_to_completion(event: dict[str, Any]) -> dict[str, Any]:
    """Return a chat reply, or one event of its stream, in the shape of a completion."""
    choices = [
        {
            "index": choice.get("index", 0),
            "text": (choice.get("message") or choice.get("delta") or {}).get("content") or "",
            "logprobs": choice.get("logprobs"),
            "finish_reason": choice.get("finish_reason"),
        }
        for choice in event.get("choices", [])
    ]
    return {**event, "object": "text_completion", "choices": choices}


def read_survey(reply: dict[str, Any], vocabulary: bool) -> Survey | None:
    """Return the first token's alternatives from a reply in any of the three shapes in use; ``None`` without any.

    Parameters
    ----------
    reply
        A completion (with the old ``top_logprobs`` or llama.cpp's ``content``) or a chat completion.
    vocabulary
        Whether every token was asked for; believed only if the probabilities add up to one.
    """
    found = sorted(_alternatives(reply), key=lambda pair: -pair[1])
    if not found:
        return None
    tokens, logprobs = zip(*found, strict=True)
    return Survey(tokens, logprobs, vocabulary and _mass(logprobs) > _CERTAIN)


def _alternatives(reply: dict[str, Any]) -> list[tuple[str, float]]:
    logprobs = (reply.get("choices") or [{}])[0].get("logprobs") or {}
    if content := logprobs.get("content"):
        return [(top["token"], float(top["logprob"])) for top in content[0]["top_logprobs"]]
    if old := logprobs.get("top_logprobs"):
        return [(token, float(logprob)) for token, logprob in (old[0] or {}).items()]
    return []


def _mass(logprobs: Iterable[float]) -> float:
    from math import exp

    return sum(exp(logprob) for logprob in logprobs)
