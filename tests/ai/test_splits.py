"""Pieces of text, in and out of JSON, and what the recordings of them hold."""

from __future__ import annotations

import asyncio
from importlib.resources import files

import pytest

from kit.ai.providers.recorded import RecordedProvider, read_recordings
from kit.ai.record import texts_of
from kit.ai.splits import Piece, joined, pieces_to_json, read_pieces
from kit.errors import NotRecorded
from kit.lessons import load_catalogue
from kit.settings import content_root

LESSON = "how-a-machine-reads"
HALF_AN_EMOJI = "🙂".encode()[:2]


def test_a_piece_that_is_no_whole_letter_has_bytes_and_no_text() -> None:
    assert Piece(1, b"st").text == "st"
    assert Piece(2, HALF_AN_EMOJI).text is None
    shown = pieces_to_json([Piece(1, b" a"), Piece(2, HALF_AN_EMOJI)])
    assert shown == [{"id": 1, "text": " a", "bytes": [32, 97]}, {"id": 2, "text": None, "bytes": [240, 159]}]
    assert read_pieces({"tokens": shown}) == (Piece(1, b" a"), Piece(2, HALF_AN_EMOJI))


def test_llama_gives_letters_as_text_and_parts_of_letters_as_numbers() -> None:
    reply = {"tokens": [{"id": 7, "piece": "é"}, {"id": 8, "piece": [240, 159]}]}
    assert read_pieces(reply, "piece") == (Piece(7, "é".encode()), Piece(8, HALF_AN_EMOJI))


@pytest.mark.parametrize(
    "tokens",
    [
        None,
        "st",
        [1, 2],  # what other servers call tokens
        [{"id": 1}],
        [{"id": "1", "bytes": [1]}],
        [{"id": True, "bytes": [1]}],
        [{"id": 1, "bytes": [256]}],
        [{"id": 1, "bytes": [True]}],
        [{"id": 1, "bytes": [1.0]}],
        [{"id": 1, "bytes": [1]}, None],
    ],
)
def test_what_is_no_list_of_pieces_is_none(tokens: object) -> None:
    assert read_pieces({"tokens": tokens}) is None


def test_every_text_of_the_lesson_is_recorded_and_joins_again() -> None:
    recorded = read_recordings(files("kit.ai") / "recordings").splits
    texts = texts_of(load_catalogue(content_root()), LESSON)
    assert len(texts) > 60
    assert " library" in texts, "a space at the start must survive the table"
    for text in texts:
        assert joined(recorded[text]) == text.encode(), text
    assert set(recorded) == set(texts), "run `python -m kit.ai.record how-a-machine-reads`"


def test_a_lesson_that_cuts_nothing_has_no_texts_to_record() -> None:
    assert texts_of(load_catalogue(content_root()), "next-word-please") == []


def test_recordings_play_the_lesson_s_texts_and_no_others() -> None:
    provider = RecordedProvider()
    pieces = asyncio.run(provider.tokenize("strawberry"))
    assert [piece.text for piece in pieces] == ["st", "raw", "berry"]
    with pytest.raises(NotRecorded, match="Only the texts on the lesson's lists") as caught:
        asyncio.run(provider.tokenize("raspberry"))
    assert "list that is new to you" in caught.value.mend
