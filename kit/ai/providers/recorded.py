"""Replies that a real model once gave to a lesson's prompts, for classes where no model runs. Always labelled so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kit.ai.providers.provider import Capabilities, Survey
from kit.ai.splits import Piece
from kit.errors import NotRecorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kit.ai.asks import Ask

__all__ = ["RecordedProvider", "Recording", "Recordings", "read_recordings"]


@dataclass(frozen=True, slots=True)
class Recording:
    """What the model gave for one prompt.

    Attributes
    ----------
    survey
        Its likeliest next tokens, with the sums over all others.
    tokens
        Its continuation at temperature 0: tokens and their log probabilities.
    """

    survey: Survey
    tokens: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Recordings:
    """All that was recorded.

    Attributes
    ----------
    model
        The model's name.
    prompts
        What it gave, by prompt.
    splits
        How it cuts the texts of a lesson's tables, by text.
    """

    model: str
    prompts: dict[str, Recording]
    splits: dict[str, tuple[Piece, ...]]


class RecordedProvider:
    """A provider that plays recordings. Knows the prompts and texts of the lessons and nothing else."""

    name = "recorded"

    def __init__(self, folder: Any = None) -> None:
        self._folder = folder

    @cached_property
    def _all(self) -> Recordings:
        return read_recordings(self._folder or files("kit.ai") / "recordings")

    @property
    def model(self) -> str:
        """The model that was recorded."""
        return self._all.model

    async def capabilities(self) -> Capabilities:
        """Return what recordings hold."""
        most = max((len(found.survey.tokens) for found in self._all.prompts.values()), default=0)
        return Capabilities(completions=True, logprobs=most, whole_vocabulary=False)

    async def survey(self, prompt: str) -> Survey:
        """Return the recorded next tokens."""
        return self._recording(prompt).survey

    async def tokenize(self, text: str) -> tuple[Piece, ...]:
        """Return the recorded pieces of a text."""
        found = self._all.splits.get(text)
        if found is None:
            raise NotRecorded(
                "No model runs here today. Only the texts on the lesson's lists were recorded.",
                mend="Pick one from a list that is new to you. It counts just as much.",
            )
        return found

    async def send(self, ask: Ask) -> dict[str, Any]:
        """Return the recorded continuation, as long as was asked for."""
        if ask.temperature > 0:
            raise NotRecorded("A recording has no dice in it.", mend="Use temperature 0, or start the model.")
        recorded = self._recording(ask.text).tokens
        return _reply(ask, self.model, recorded[: ask.max_tokens])

    async def stream(self, ask: Ask) -> AsyncIterator[bytes]:
        """Yield the recorded continuation as one event."""
        reply = await self.send(ask)
        if ask.kind == "chat":
            for choice in reply["choices"]:
                choice["delta"] = choice.pop("message")
        yield json.dumps(reply).encode()

    async def close(self) -> None:
        """Nothing to let go of."""

    def _recording(self, prompt: str) -> Recording:
        found = self._all.prompts.get(prompt)
        if found is None:
            raise NotRecorded("No model runs here, and there is no recording of this prompt.")
        return found


def _reply(ask: Ask, model: str, tokens: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    text = "".join(token for token, _ in tokens)
    content = [{"token": token, "logprob": logprob, "top_logprobs": []} for token, logprob in tokens]
    choice: dict[str, Any] = {"index": 0, "finish_reason": "length"}
    choice["logprobs"] = {"content": content} if ask.logprobs else None
    if ask.kind == "chat":
        choice["message"] = {"role": "assistant", "content": text}
    else:
        choice["text"] = text
    kind = "chat.completion" if ask.kind == "chat" else "text_completion"
    usage = {"prompt_tokens": 0, "completion_tokens": len(tokens), "total_tokens": len(tokens)}
    return {"id": "recorded", "object": kind, "created": 0, "model": model, "choices": [choice], "usage": usage}


def read_recordings(folder: Any) -> Recordings:
    """Return what every ``<lesson>.json`` of a folder holds."""
    model, prompts, splits = "", dict[str, Recording](), dict[str, tuple[Piece, ...]]()
    for file in sorted(folder.iterdir(), key=lambda entry: str(entry.name)):
        if not file.name.endswith(".json"):
            continue
        data = json.loads(file.read_text(encoding="utf-8"))
        model = data["model"]
        prompts |= {prompt["text"]: _recording(prompt) for prompt in data.get("prompts", ())}
        splits |= {text: _pieces(pieces) for text, pieces in data.get("splits", {}).items()}
    return Recordings(model, prompts, splits)


def _recording(prompt: dict[str, Any]) -> Recording:
    tokens, logprobs = zip(*prompt["next"], strict=True)
    survey = Survey(tokens, logprobs, whole_vocabulary=False, log_z=prompt["log_z"])
    return Recording(survey, tuple((token, logprob) for token, logprob in prompt["greedy"]))


def _pieces(recorded: list[list[Any]]) -> tuple[Piece, ...]:
    return tuple(Piece(number, bytes.fromhex(data)) for number, data in recorded)
