"""What the gateway asks of any provider."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from kit.ai.asks import Ask
    from kit.ai.splits import Piece

__all__ = ["Capabilities", "Provider", "Survey"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider turned out to be able to do.

    Attributes
    ----------
    completions
        It continues plain text (``/v1/completions``). If not, it is asked through the chat endpoint.
    logprobs
        How many of the next tokens it tells probabilities of; 0 means none.
    whole_vocabulary
        It tells them for every token it knows.
    """

    completions: bool
    logprobs: int
    whole_vocabulary: bool

    @property
    def notice(self) -> str:
        """What a student should know about this provider, in a sentence; empty when there is nothing to say."""
        if self.whole_vocabulary:
            return ""
        if self.logprobs:
            return f"This model service shows only its {self.logprobs} likeliest next words, so some numbers are rough."
        return "This model service does not show its probabilities."


@dataclass(frozen=True, slots=True)
class Survey:
    """The tokens that may come next, the likeliest first, with the natural logarithm of their probability.

    Attributes
    ----------
    tokens, logprobs
        Side by side.
    whole_vocabulary
        These are all there are.
    log_z
        For recordings: by temperature (``"0.70"``), the logarithm of the sum over the whole vocabulary.
    """

    tokens: tuple[str, ...]
    logprobs: tuple[float, ...]
    whole_vocabulary: bool
    log_z: Mapping[str, float] = field(default_factory=dict)


class Provider(Protocol):
    """A source of replies. Errors are :class:`~kit.errors.AIError` with no key and no address in them."""

    @property
    def name(self) -> str:
        """``local``, ``openai``, ``compatible`` or ``recorded``."""

    @property
    def model(self) -> str:
        """The model's name."""

    async def capabilities(self) -> Capabilities:
        """Find out, once, what the provider can do."""

    async def survey(self, prompt: str) -> Survey:
        """Return the next tokens after a prompt, as many as the provider tells."""

    async def tokenize(self, text: str) -> tuple[Piece, ...]:
        """Return the pieces into which the model cuts a text. Nothing in the text counts as a special token."""

    async def send(self, ask: Ask) -> dict[str, Any]:
        """Return the reply to a request, as the OpenAI protocol has it."""

    def stream(self, ask: Ask) -> AsyncIterator[bytes]:
        """Yield the events of a reply: JSON, without ``data:``, without the last ``[DONE]``."""

    async def close(self) -> None:
        """Let go of connections."""
