"""The desk: guard, provider, screen and label put together. The web server and the command line both stand on it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kit.ai.gateway.guard import Guard, Verdict
from kit.ai.gateway.replies import ScreenedStream, screen_reply
from kit.ai.gateway.surveys import Surveys
from kit.ai.screens import OutputScreen
from kit.ai.splits import joined, pieces_to_json
from kit.errors import KitError, MessageRefused, ProviderUnavailable

if TYPE_CHECKING:
    from kit.ai.asks import Ask, Kind
    from kit.ai.gateway.rules import LessonRules
    from kit.ai.providers import Provider
    from kit.settings.model import HelpSettings, Settings

__all__ = ["LABEL", "Desk", "as_steps", "help_reply", "help_text"]

LABEL = "Model output. It may be false."
RECORDED_LABEL = "Recorded model output. It may be false."
SPLIT_LABEL = "How this model cuts text. Other models cut it in other places."
HELP_LABEL = "This is not from a model."


class Desk:
    """Everything between a request that was let in and its reply.

    Parameters
    ----------
    settings
        The school's.
    provider
        Where replies come from.
    """

    def __init__(self, settings: Settings, provider: Provider) -> None:
        self.settings = settings
        self.provider = provider
        self.screen = OutputScreen()
        self.surveys = Surveys(provider, self.screen)
        self._guard = Guard(settings)

    def check(self, body: Any, kind: Kind, rules: LessonRules) -> Verdict:
        """Return the guard's verdict on a request."""
        return self._guard.check(body, kind, rules)

    async def answer(self, ask: Ask, verdict: Verdict) -> dict[str, Any]:
        """Return the model's reply, screened and labelled; the verdict gets the steps.

        Raises
        ------
        AIError
            When the provider refuses or can't be reached.
        """
        try:
            reply = await self._ask(ask)
        except KitError as error:
            verdict.note("model", "unavailable", error.message)
            raise
        verdict.note("model", "answered", f"{self.provider.model} ({self.provider.name})")
        hit = screen_reply(reply, self.screen)
        verdict.note("output", "hidden" if hit else "fine", hit.kind if hit else "nothing to hide")
        reply["x_kit"] = self.label(ask, verdict)
        verdict.note("label", "added", self.words)
        return reply

    def check_texts(self, body: Any, rules: LessonRules) -> Verdict:
        """Return the guard's verdict on a request to cut texts."""
        return self._guard.check_texts(body, rules)

    async def split(self, verdict: Verdict) -> dict[str, Any]:
        """Return how the model cuts the verdict's texts into pieces, labelled.

        Raises
        ------
        AIError
            When the provider can't do it, or would lose a part of a text.
        """
        splits = [{"text": text, "tokens": await self._pieces(text)} for text in verdict.texts]
        about = {"model": self.provider.model, "provider": self.provider.name, "label": SPLIT_LABEL}
        return {"splits": splits, "model": self.provider.model, "x_kit": {"outcome": "answered", **about}}

    async def _pieces(self, text: str) -> list[dict[str, Any]]:
        pieces = await self.provider.tokenize(text)
        # A tokenizer may change a text on the way, or have no piece for a rare character and drop it.
        if joined(pieces) != text.encode():
            raise MessageRefused("This model can't cut this text without changing it.", mend="Try other characters.")
        return pieces_to_json(pieces)

    def stream(self, ask: Ask) -> ScreenedStream:
        """Return the model's reply as a screened stream."""
        return ScreenedStream(self.provider.stream(ask), self.screen)

    @property
    def words(self) -> str:
        """The label in words."""
        return RECORDED_LABEL if self.provider.name == "recorded" else LABEL

    def label(self, ask: Ask, verdict: Verdict) -> dict[str, Any]:
        """Return what travels with each reply: where it comes from and how far it can be trusted."""
        return {
            "outcome": "masked" if verdict.masked else "answered",
            "label": self.words,
            "model": self.provider.model,
            "provider": self.provider.name,
            "parameters": ask.parameters,
            "masked": list(verdict.masked),
        }

    def is_survey(self, ask: Ask) -> bool:
        """Tell whether a request only wants the probabilities of the next word, which are the same for everyone."""
        return ask.kind == "completion" and ask.max_tokens == 1 and ask.logprobs > 0 and not ask.stream

    async def _ask(self, ask: Ask) -> dict[str, Any]:
        if self.is_survey(ask) and ask.temperature == 0:
            return await self.surveys.as_completion(ask.text, self.provider.model, ask.logprobs)
        reply = await self.provider.send(ask)
        if not reply.get("choices"):
            raise ProviderUnavailable("The model service gave an empty answer.")
        return reply


def help_text(card: HelpSettings) -> str:
    """Return the help card in words, for any client that shows text."""
    return (
        "It sounds as if you, or someone you know, may be having a hard time. No model was asked. "
        f"You are not alone. Please talk to a person: {card.at_school}. "
        f"{card.name}: {card.contact}. {card.url}"
    )


def help_reply(card: HelpSettings, kind: Kind) -> dict[str, Any]:
    """Return the help card as a reply, so that even a client that knows nothing of the kit shows it."""
    text = help_text(card)
    choice: dict[str, Any] = {"index": 0, "finish_reason": "content_filter", "logprobs": None}
    choice |= {"message": {"role": "assistant", "content": text}} if kind == "chat" else {"text": text}
    return {
        "id": "help",
        "object": "chat.completion" if kind == "chat" else "text_completion",
        "created": 0,
        "model": "none",
        "choices": [choice],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        "x_kit": {"outcome": "help", "label": HELP_LABEL, "help": {**card.model_dump(), "message": text}},
    }


def as_steps(verdict: Verdict) -> list[dict[str, str]]:
    """Return the steps as plain data."""
    return [asdict(step) for step in verdict.steps]
