"""Text cut into pieces: by the real tokenizer, for the one lesson that needs it, with the guard before it."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from kit.ai.asks import LONGEST_TEXT, MOST_TEXTS
from kit.ai.client import Client, HelpCardOffered
from kit.ai.gateway.desk import Desk
from kit.ai.gateway.guard import Guard
from kit.ai.gateway.rules import LessonRules, rules_of_lesson
from kit.ai.providers.recorded import read_recordings
from kit.ai.screens import CrisisScreen, mask
from kit.ai.splits import Piece, joined
from kit.ai.tokens import mint_token
from kit.errors import AIError, MessageRefused, NotRecorded, ProviderUnavailable, TokenRejected
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.settings.load import load_settings
from tests.ai.conftest import LESSON, SECRET, RunningGateway, gateway_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKENS = "how-a-machine-reads"
FAMILY = "👨‍👩‍👧‍👦"
DISTRESS = "i want to kill myself"
SETTINGS = load_settings(content_root())
RULES = LessonRules(generation=False, bank=frozenset(), free=False, splits=True)
RECORDED = read_recordings(content_root() / "kit" / "ai" / "recordings").splits


def client_of(gateway: RunningGateway, student: str = "otter", lesson: str = TOKENS) -> Client:
    return Client(gateway.url, mint_token(SECRET, student, lesson, 600), lesson)


@pytest.fixture
def client(gateway: RunningGateway) -> Iterator[Client]:
    with closing(client_of(gateway)) as found:
        yield found


def post(gateway: RunningGateway, body: Any, lesson: str = TOKENS) -> httpx.Response:
    headers = {"Authorization": f"Bearer {mint_token(SECRET, 'otter', lesson, 600)}"}
    return httpx.post(f"{gateway.url}/v1/tokenize", json=body, headers=headers, trust_env=False)


@pytest.mark.model
def test_words_come_in_the_model_s_own_pieces(client: Client) -> None:
    split = client.split("strawberry")
    assert [(piece.id, piece.text) for piece in split.tokens] == [(302, "st"), (1709, "raw"), (9500, "berry")]
    assert (split.text, split.model.name, split.model.provider) == ("strawberry", "SmolLM2-135M-Instruct", "local")
    assert "Other models" in split.model.label


@pytest.mark.model
def test_a_space_before_a_word_makes_another_piece(client: Client) -> None:
    plain, spaced = client.split_all(["library", " library"])
    assert [piece.text for piece in spaced.tokens] == [" library"]
    assert plain.tokens[0].id != spaced.tokens[0].id


@pytest.mark.model
def test_a_family_is_cut_within_its_pictures(client: Client) -> None:
    split = client.split(FAMILY)
    assert len(split.tokens) == 18
    assert joined(split.tokens) == FAMILY.encode()
    assert all(piece.text is None for piece in split.tokens)
    assert sum(piece.data == b"\xf0\x9f" for piece in split.tokens) == 4


@pytest.mark.model
@pytest.mark.parametrize("typed", ["<|im_start|>", "<|im_end|>", "<|endoftext|>", "a<|im_start|>system"])
def test_a_special_mark_that_a_student_types_is_plain_text(client: Client, typed: str) -> None:
    split = client.split(typed)
    assert joined(split.tokens) == typed.encode()
    assert len(split.tokens) > 5
    assert all(piece.id > 20 for piece in split.tokens), "the special tokens have the first numbers"


@pytest.mark.model
def test_the_recordings_are_what_the_model_does(client: Client) -> None:
    texts = list(RECORDED)
    for start in range(0, len(texts), MOST_TEXTS):
        for split in client.split_all(texts[start : start + MOST_TEXTS]):
            assert split.tokens == RECORDED[split.text], split.text


@pytest.mark.model
def test_every_kind_of_sign_joins_again_or_is_refused(client: Client) -> None:
    planes = (
        0x20,
        0xA0,
        0x370,
        0x590,
        0x900,
        0x1200,
        0x3040,
        0x4E00,
        0xAC00,
        0xFB50,
        0x1F300,
        0x1F900,
        0x20000,
        0xE0100,
    )
    for start in planes:
        text = "".join(map(chr, range(start, start + 32)))
        assert joined(client.split(text).tokens) == text.encode(), hex(start)
    with pytest.raises(MessageRefused, match="without changing it"):
        client.split("a\U00080000b")  # the model has no pieces for these bytes, and drops them


@pytest.mark.model
def test_the_pieces_are_only_for_lessons_about_pieces(gateway: RunningGateway) -> None:
    response = post(gateway, {"texts": ["dog"]}, LESSON)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "message-refused")


@pytest.mark.model
def test_the_lesson_about_pieces_can_have_nothing_generated(gateway: RunningGateway) -> None:
    headers = {"Authorization": f"Bearer {mint_token(SECRET, 'otter', TOKENS, 600)}"}
    body = {"prompt": "strawberry", "max_tokens": 3}
    response = httpx.post(f"{gateway.url}/v1/completions", json=body, headers=headers, trust_env=False)
    assert response.status_code == 403
    assert "without AI" in response.json()["error"]["message"]


@pytest.mark.model
def test_distress_brings_the_card_and_no_pieces(gateway: RunningGateway, client: Client) -> None:
    response = post(gateway, {"texts": ["dog", DISTRESS]})
    assert response.headers["x-kit-outcome"] == "help"
    assert "splits" not in response.json()
    with pytest.raises(HelpCardOffered) as caught:
        client.split(DISTRESS)
    assert "988" in caught.value.card.contact
    # Also in a lesson that cuts nothing, and in a field that nobody reads.
    assert post(gateway, {"texts": [DISTRESS]}, LESSON).headers["x-kit-outcome"] == "help"
    assert post(gateway, {"texts": ["dog"], "note": DISTRESS}).headers["x-kit-outcome"] == "help"


@pytest.mark.model
@pytest.mark.parametrize("token", ["", "Bearer x.y", "Bearer " + mint_token(b"z" * 32, "a", TOKENS, 60)])
def test_nothing_is_cut_without_a_pass(gateway: RunningGateway, token: str) -> None:
    url = f"{gateway.url}/v1/tokenize"
    response = httpx.post(url, json={"texts": ["dog"]}, headers={"Authorization": token}, trust_env=False)
    assert response.status_code == 401


@pytest.mark.model
def test_no_text_and_no_student_in_the_log(gateway: RunningGateway) -> None:
    with closing(client_of(gateway, "a-very-particular-heron")) as client:
        client.split("a very particular zebra")
    log = gateway.log.read_text()
    assert "zebra" not in log
    assert "heron" not in log
    assert f'"lesson": "{TOKENS}", "outcome": "answered"' in log


def test_recordings_serve_the_lists_and_say_so_of_other_words(recorded_gateway: RunningGateway) -> None:
    with closing(client_of(recorded_gateway)) as client:
        split = client.split("strawberry")
        assert len(split.tokens) == 3
        assert split.model.provider == "recorded"
        with pytest.raises(NotRecorded, match="were recorded"):
            client.split("raspberry jam")


def test_many_texts_are_one_question(tmp_path: Path) -> None:
    texts = [text for text in RECORDED if len(text) > 20][:15]
    with gateway_process(tmp_path, KIT_AI__PROVIDER="recorded", KIT_AI__REQUESTS_PER_MINUTE="2") as gateway:
        with closing(client_of(gateway)) as client:
            assert len(client.split_all(texts)) == len(texts)
            assert client.split("library")
        assert post(gateway, {"texts": ["library"]}).status_code == 429


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "texts"),
        ({"texts": []}, "texts"),
        ({"texts": "dog"}, "texts"),
        ({"texts": ["dog"], "parse_special": True}, "nothing else"),
        ({"texts": ["dog"] * (MOST_TEXTS + 1)}, "texts"),
        ({"texts": [""]}, "must be a text"),
        ({"texts": [3]}, "must be a text"),
        ({"texts": ["x" * (LONGEST_TEXT + 1)]}, "200 characters"),
        ({"texts": ["x" * LONGEST_TEXT] * 40}, "characters"),
        ({"texts": ["a\x04b"]}, "control character"),
        ({"texts": ["a\ud800"]}, "no text can have"),
        ({"texts": ["Write to joe@example.org"]}, "email"),
        ([], "JSON object"),
    ],
)
def test_what_can_not_be_cut_is_refused_in_words(body: Any, message: str) -> None:
    verdict = Guard(SETTINGS).check_texts(body, RULES)
    assert isinstance(verdict.error, MessageRefused)
    assert message in verdict.error.message
    assert verdict.texts == ()


def test_a_text_that_is_too_long_is_still_looked_at_for_distress() -> None:
    assert Guard(SETTINGS).check_texts({"texts": [DISTRESS + " because nobody listens" * 400]}, RULES).help


def test_the_steps_say_what_was_done_with_a_text() -> None:
    verdict = Guard(SETTINGS).check_texts({"texts": ["dog"]}, RULES)
    assert [step.step for step in verdict.steps] == ["distress", "length", "personal data", "lesson rules"]
    assert verdict.texts == ("dog",)


def test_no_text_of_the_lesson_sets_off_a_screen() -> None:
    assert rules_of_lesson(load_catalogue(content_root())[TOKENS], SETTINGS).splits
    assert not CrisisScreen().hit(RECORDED)
    assert [text for text in RECORDED if mask(text).kinds] == []


class Forgetful:
    """A tokenizer that drops what it doesn't know, as real ones do."""

    name, model = "local", "forgetful"

    async def tokenize(self, text: str) -> tuple[Piece, ...]:
        return tuple(Piece(ord(letter), letter.encode()) for letter in text if letter.isascii())


def test_a_tokenizer_that_loses_a_letter_is_found_out() -> None:
    import asyncio

    desk = Desk(SETTINGS, Forgetful())  # type: ignore[arg-type]
    fine = desk.check_texts({"texts": ["cafe"]}, RULES)
    assert json.dumps(asyncio.run(desk.split(fine)))
    lost = desk.check_texts({"texts": ["café"]}, RULES)
    with pytest.raises(AIError, match="without changing it"):
        asyncio.run(desk.split(lost))


def test_the_client_says_what_is_wrong_with_its_pass(recorded_gateway: RunningGateway) -> None:
    with closing(Client(recorded_gateway.url, "a.b", TOKENS)) as client, pytest.raises(TokenRejected):
        client.split("dog")
    for url in ("", "http://127.0.0.1:9"):
        with closing(Client(url, "t", TOKENS)) as client, pytest.raises(ProviderUnavailable):
            client.split("dog")
