"""Ask a model from a lesson's page: through the gateway, with this page's pass."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kit.ai.splits import Split, read_pieces
from kit.errors import (
    AIError,
    HelpOffered,
    MessageRefused,
    NotRecorded,
    ProviderRefused,
    ProviderUnavailable,
    TokenRejected,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import httpx
    import openai

    from kit.settings import Session

__all__ = ["Client", "Completion", "Distribution", "HelpCard", "HelpCardOffered", "ModelInfo", "TokenProb", "connect"]

_SURVEY_TYPE = "application/vnd.kit.survey+json"
_ALL_TOKENS = 50_000
_TIMEOUT = 120.0  # thirty students at once may wait in line for one model
_ERRORS: dict[str, type[AIError]] = {
    kind.code: kind for kind in (TokenRejected, MessageRefused, ProviderRefused, ProviderUnavailable, NotRecorded)
}


class TokenProb(NamedTuple):
    """A token and the natural logarithm of its probability at temperature 1."""

    token: str
    logprob: float


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model spoke.

    Attributes
    ----------
    name
        Such as ``SmolLM2-135M-Instruct``.
    provider
        ``local``, ``openai``, ``compatible`` or ``recorded``.
    label
        The sentence that stands beside everything a model says.
    """

    name: str
    provider: str
    label: str = "Model output. It may be false."


@dataclass(frozen=True)
class Distribution:
    """The tokens that may come next after a prompt, the likeliest first.

    Attributes
    ----------
    tokens
        As many as the provider tells; the local model tells all 49,152.
    whole_vocabulary
        These are all tokens there are.
    model
        Which model was asked.
    """

    tokens: tuple[TokenProb, ...]
    whole_vocabulary: bool
    model: ModelInfo
    recorded_log_z: Mapping[str, float] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether ``log_z`` counts every token, not only those that are shown."""
        return self.whole_vocabulary or bool(self.recorded_log_z)

    def top(self, n: int) -> tuple[TokenProb, ...]:
        """Return the ``n`` likeliest tokens."""
        return self.tokens[:n]

    def log_z(self, temperature: float) -> float:
        """Return the logarithm of the sum of ``exp(logprob / temperature)`` over the whole vocabulary.

        The probability of a token at that temperature is ``exp(logprob / temperature - log_z)``. Where only some tokens
        are known, all others count as one token with the rest of the probability; at temperature 1 that is exact.
        """
        if temperature <= 0:
            raise ValueError("log_z needs a temperature above 0; at 0 the likeliest token is certain")
        known = self._kept.get(temperature)
        if known is None:
            known = self._kept[temperature] = self._work_out(temperature)
        return known

    @cached_property
    def _kept(self) -> dict[float, float]:
        return {}

    def _work_out(self, temperature: float) -> float:
        if self.recorded_log_z:
            return _between({float(at): z for at, z in self.recorded_log_z.items()}, temperature)
        logprobs = [token.logprob for token in self.tokens]
        rest = 1.0 - sum(map(math.exp, logprobs))
        if not self.whole_vocabulary and rest > 0:
            logprobs.append(math.log(rest))
        # The largest is taken out first, or a low temperature would make every term zero.
        largest = max(logprobs)
        return largest / temperature + math.log(sum(math.exp((lp - largest) / temperature) for lp in logprobs))


def _between(grid: dict[float, float], temperature: float) -> float:
    below = max((at for at in grid if at <= temperature), default=min(grid))
    above = min((at for at in grid if at >= temperature), default=max(grid))
    if above == below:
        return grid[below]
    share = (temperature - below) / (above - below)
    return grid[below] * (1 - share) + grid[above] * share


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that a model wrote.

    Attributes
    ----------
    text
        What it wrote; may end in a notice of the class filter.
    tokens
        Piece by piece, with the logarithm of each one's probability. Empty when the provider doesn't tell.
    mean_probability
        How sure the model was on average, 0 to 1; ``None`` when the provider doesn't tell.
    model
        Which model it was.
    """

    text: str
    tokens: tuple[TokenProb, ...]
    mean_probability: float | None
    model: ModelInfo


@dataclass(frozen=True, slots=True)
class HelpCard:
    """Where a person can find help: what a page shows instead of a reply."""

    name: str
    contact: str
    url: str
    at_school: str
    message: str


class HelpCardOffered(HelpOffered):
    """The gateway answered with the help card and asked no model.

    Attributes
    ----------
    card
        What to show.
    """

    def __init__(self, card: HelpCard) -> None:
        super().__init__(card.message, mend=f"{card.contact}. {card.url}")
        self.card = card


def connect(session: Session, lesson: str) -> Client:
    """Return a client for this page. Nothing is asked and nothing heavy is imported yet."""
    return Client(session.gateway_url, session.gateway_token, lesson)


class Client:
    """Asks the gateway for one student and lesson.

    Parameters
    ----------
    url
        The gateway's address; empty when none runs.
    token
        This page's pass.
    lesson
        The slug; only for people who read this object.
    """

    def __init__(self, url: str, token: str, lesson: str) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self.lesson = lesson

    def __repr__(self) -> str:
        return f"Client(lesson={self.lesson!r})"  # not the pass: a repr ends up in notebooks

    def next_tokens(self, prompt_text: str) -> Distribution:
        """Return the probabilities of what may come next after a prompt.

        Raises
        ------
        AIError
            One of its subclasses; ``HelpCardOffered`` when the help card is to be shown.
        """
        import httpx

        body = {"prompt": prompt_text, "max_tokens": 1, "temperature": 0, "logprobs": _ALL_TOKENS}
        try:
            # The openai package would check 49,152 entries one by one; this page's student would wait for it.
            response = self._http.post("/v1/completions", json=body, headers={"Accept": _SURVEY_TYPE})
        except httpx.HTTPError:
            raise _gone() from None
        if response.headers.get("content-type") != _SURVEY_TYPE:
            raise _error_of(response.json())
        return _distribution(response.json(), json.loads(response.headers["x-kit"]))

    def complete(self, prompt_text: str, max_tokens: int, temperature: float = 0, seed: int = 0) -> Completion:
        """Return how the model goes on after a prompt.

        Raises
        ------
        AIError
            One of its subclasses; ``HelpCardOffered`` when the help card is to be shown.
        """
        import openai

        try:
            reply = self.openai.completions.create(
                model="class", prompt=prompt_text, max_tokens=max_tokens, temperature=temperature, seed=seed, logprobs=1
            )
        except openai.APIStatusError as error:
            raise _error_of({"error": error.body}) from None
        except openai.APIError:
            raise _gone() from None
        return _completion(reply.model_dump(warnings=False))

    def split(self, text: str) -> Split:
        """Return the pieces into which the model cuts a text.

        Raises
        ------
        AIError
            One of its subclasses; ``HelpCardOffered`` when the help card is to be shown.
        """
        return self.split_all([text])[0]

    def split_all(self, texts: Sequence[str]) -> tuple[Split, ...]:
        """Return the pieces of several texts; one request, so that a table of languages costs no more than a word.

        Raises
        ------
        AIError
            One of its subclasses; ``HelpCardOffered`` when the help card is to be shown.
        """
        import httpx

        try:
            reply = self._http.post("/v1/tokenize", json={"texts": list(texts)}).json()
        except (httpx.HTTPError, ValueError):
            raise _gone() from None
        found = _splits(reply)
        if len(found) != len(texts):
            raise _error_of(reply)
        return found

    def close(self) -> None:
        """Let go of the connections that were opened."""
        for opened in ("_http", "openai"):
            if opened in self.__dict__:
                self.__dict__.pop(opened).close()

    @cached_property
    def openai(self) -> openai.OpenAI:
        """The ``openai`` package's own client, for lessons that show code. Imported at the first use (a second)."""
        import openai

        self._need_gateway()
        return openai.OpenAI(base_url=f"{self._url}/v1", api_key=self._token, max_retries=0, timeout=_TIMEOUT)

    @cached_property
    def _http(self) -> httpx.Client:
        import httpx

        self._need_gateway()
        headers = {"Authorization": f"Bearer {self._token}"}
        return httpx.Client(base_url=self._url, headers=headers, timeout=_TIMEOUT, trust_env=False)

    def _need_gateway(self) -> None:
        if not self._url:
            raise ProviderUnavailable("No model runs for this page.", mend="Start the class with `kit demo`.")


def _gone() -> ProviderUnavailable:
    return ProviderUnavailable("The class's AI gateway can't be reached right now.")


def _error_of(reply: Mapping[str, Any]) -> AIError:
    """Return the error that a reply stands for; a help card is one, so that no page takes it for model text."""
    label = reply.get("x_kit") or {}
    if label.get("outcome") == "help":
        return HelpCardOffered(HelpCard(**label["help"]))
    said = reply.get("error") or {}
    kind = _ERRORS.get(said.get("code", ""), AIError)
    return kind(said.get("message") or "The AI gateway gave no usable answer.", mend=said.get("mend") or "")


def _model(label: Mapping[str, Any]) -> ModelInfo:
    return ModelInfo(label["model"], label["provider"], label["label"])


def _splits(reply: Mapping[str, Any]) -> tuple[Split, ...]:
    found = [(split["text"], read_pieces(split)) for split in reply.get("splits") or ()]
    return tuple(Split(text, pieces, _model(reply["x_kit"])) for text, pieces in found if pieces is not None)


def _distribution(survey: Mapping[str, Any], label: Mapping[str, Any]) -> Distribution:
    tokens = tuple(map(TokenProb, survey["tokens"], survey["logprobs"]))
    return Distribution(tokens, survey["whole_vocabulary"], _model(label), survey["log_z"])


def _completion(reply: Mapping[str, Any]) -> Completion:
    label = reply.get("x_kit") or {}
    if label.get("outcome") == "help" or not reply.get("choices"):
        raise _error_of(reply)
    choice = reply["choices"][0]
    logprobs = choice.get("logprobs") or {}
    tokens = tuple(TokenProb(*pair) for pair in _pairs(logprobs))
    mean = sum(math.exp(token.logprob) for token in tokens) / len(tokens) if tokens else None
    return Completion(choice["text"], tokens, mean, _model(label))


def _pairs(logprobs: Mapping[str, Any]) -> list[tuple[str, float]]:
    # llama.cpp and the chat endpoints say `content`; the old completions endpoint says two lists side by side.
    if content := logprobs.get("content"):
        return [(piece["token"], piece["logprob"]) for piece in content]
    return list(zip(logprobs.get("tokens") or (), logprobs.get("token_logprobs") or (), strict=False))
