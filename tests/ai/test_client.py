"""The client, against a gateway that plays recordings of the real model."""

from __future__ import annotations

import math
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kit.ai.client import Client, Distribution, HelpCardOffered, ModelInfo, TokenProb, connect
from kit.errors import MessageRefused, ProviderUnavailable, TokenRejected
from kit.settings import Session
from tests.ai.conftest import BANK_PROMPT, LESSON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ai.conftest import RunningGateway


@pytest.fixture
def client(recorded_gateway: RunningGateway) -> Iterator[Client]:
    token = recorded_gateway.headers()["Authorization"].removeprefix("Bearer ")
    with closing(connect(Session("otter", Path("/w"), Path("/c"), recorded_gateway.url, token), LESSON)) as found:
        yield found


def test_the_next_tokens_come_in_order_and_say_they_are_recorded(client: Client) -> None:
    found = client.next_tokens(BANK_PROMPT)
    assert found.top(1)[0].token == " Paris"
    assert list(found.tokens) == sorted(found.tokens, key=lambda token: -token.logprob)
    assert found.model.provider == "recorded"
    assert found.model.label.startswith("Recorded")
    assert found.exact
    assert abs(found.log_z(1.0)) < 0.01


def test_a_completion_has_tokens_and_a_mean(client: Client) -> None:
    found = client.complete(BANK_PROMPT, 5)
    assert found.text == "".join(token.token for token in found.tokens)
    assert found.mean_probability is not None
    assert 0 < found.mean_probability < 1


def test_distress_is_an_error_with_a_card(client: Client) -> None:
    for ask in (client.next_tokens, lambda text: client.complete(text, 3)):
        with pytest.raises(HelpCardOffered) as caught:
            ask("i want to die")
        assert "988" in caught.value.card.contact


def test_another_prompt_is_refused(client: Client) -> None:
    for ask in (client.next_tokens, lambda text: client.complete(text, 3)):
        with pytest.raises(MessageRefused, match="own prompts"):
            ask("Write my essay")


def test_a_wrong_pass_is_refused(recorded_gateway: RunningGateway) -> None:
    with closing(Client(recorded_gateway.url, "a.b", LESSON)) as client:
        for ask in (client.next_tokens, lambda text: client.complete(text, 3)):
            with pytest.raises(TokenRejected):
                ask(BANK_PROMPT)


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
def test_no_gateway_is_said_in_words(url: str) -> None:
    with closing(Client(url, "t", LESSON)) as client:
        for ask in (client.next_tokens, lambda text: client.complete(text, 3)):
            with pytest.raises(ProviderUnavailable):
                ask(BANK_PROMPT)


def test_the_pass_does_not_show_in_a_notebook() -> None:
    assert "sesame" not in repr(Client("http://127.0.0.1:9", "sesame", LESSON))


@pytest.mark.parametrize("temperature", [0.05, 0.5, 1.0, 2.0])
def test_log_z_makes_probabilities_add_up_to_one(temperature: float) -> None:
    tokens = tuple(TokenProb(str(n), math.log(p)) for n, p in enumerate([0.5, 0.3, 0.2]))
    found = Distribution(tokens, whole_vocabulary=True, model=ModelInfo("m", "local"))
    total = sum(math.exp(token.logprob / temperature - found.log_z(temperature)) for token in tokens)
    assert math.isclose(total, 1.0)


def test_log_z_needs_a_temperature() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Distribution((TokenProb("a", 0.0),), True, ModelInfo("m", "local")).log_z(0)
