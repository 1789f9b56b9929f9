"""The output screen: no phrase comes through, however a stream is cut; what is harmless comes through unchanged."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.ai.gateway.replies import ScreenedStream, screen_reply, text_of
from kit.ai.screens import OutputScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SCREEN = OutputScreen()
BAD = ["kill yourself", "hurt yourself", "have sex", "how to make a bomb", "you should die", "porn"]
FINE = "Once upon a time a kitten killed the mood, and we should die-cast a Scunthorpe penguin. "
safe_text = st.text(alphabet="abcdefgh kyou.,'\n", max_size=40)


def run_stream(pieces: list[str], shape: str = "text") -> tuple[str, list[dict[str, Any]]]:
    async def events() -> AsyncIterator[bytes]:
        for piece in pieces:
            choice = {"index": 0, "text": piece} if shape == "text" else {"index": 0, "delta": {"content": piece}}
            yield json.dumps({"choices": [choice]}).encode()

    async def collect() -> list[dict[str, Any]]:
        return [json.loads(raw) async for raw in ScreenedStream(events(), SCREEN)]

    found = asyncio.run(collect())
    return "".join(text_of(event) for event in found), found


def cut(text: str, cuts: list[int]) -> list[str]:
    edges = [0, *sorted({at % (len(text) + 1) for at in cuts}), len(text)]
    return [text[a:b] for a, b in pairwise(edges)]


@given(before=safe_text, bad=st.sampled_from(BAD), after=safe_text, cuts=st.lists(st.integers(0, 200), max_size=30))
def test_no_phrase_comes_through_however_the_stream_is_cut(before: str, bad: str, after: str, cuts: list[int]) -> None:
    said, events = run_stream(cut(f"{before} {bad} {after}", cuts))
    assert (
        SCREEN.find(said.replace("[hidden by the class filter: ", "")) is None or "hidden by the class filter" in said
    )
    assert bad not in said
    assert events[-1]["choices"][0]["finish_reason"] == "content_filter"


@given(cuts=st.lists(st.integers(0, 200), max_size=30))
def test_harmless_text_comes_through_unchanged(cuts: list[int]) -> None:
    said, _ = run_stream(cut(FINE, cuts), shape="delta")
    assert said == FINE


def test_a_phrase_at_the_very_end_is_caught() -> None:
    said, _ = run_stream(["You should", " just go kill", " yourself"])
    assert "kill" not in said
    assert "hidden by the class filter: self-harm" in said


def test_harmless_words_are_not_held_back() -> None:
    stream = SCREEN.stream()
    stream.feed("The cat sat on the")
    assert stream.safe == len("The cat sat on the")


def test_text_in_fields_that_no_screen_reads_is_dropped() -> None:
    reply = {"choices": [{"index": 0, "message": {"content": "Hi", "reasoning_content": "kill yourself"}}]}
    screen_reply(reply, SCREEN)
    assert "kill" not in json.dumps(reply)


def test_bad_words_lose_their_face_in_lists_of_next_words() -> None:
    tops = [{"token": " porn", "logprob": -1.0, "bytes": [1]}, {"token": " cat", "logprob": -2.0, "bytes": [2]}]
    reply = {"choices": [{"index": 0, "text": "a", "logprobs": {"content": [{"token": "a", "top_logprobs": tops}]}}]}
    screen_reply(reply, SCREEN)
    assert [top["token"] for top in tops] == ["[hidden]", " cat"]
    assert tops[0]["logprob"] == -1.0


@pytest.mark.parametrize("word", ["Nigeria", "Scunthorpe", "Dick Cheney", "peninsula", "cocktail", "Maine Coon"])
def test_innocent_words_stay(word: str) -> None:
    assert SCREEN.find(f"I read about {word} today.") is None
