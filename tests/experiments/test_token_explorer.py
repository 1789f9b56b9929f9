"""The token explorer's arithmetic: pieces join, letters are counted whole, and nothing believes a forged record."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.ai.providers.recorded import read_recordings
from kit.ai.splits import Piece
from kit.errors import LessonError
from kit.experiments import describe
from kit.experiments.token_explorer import (
    OWN,
    Bet,
    Cut,
    Score,
    arrives,
    budget_result,
    has_tiles,
    is_language_bet,
    load,
    parts,
    per_character,
    per_word,
    reach,
    read_bet,
    read_budget,
    read_cut,
    read_find,
    real_cuts,
    score,
    shown,
    times,
)
from kit.journal import Event
from kit.lessons import load_catalogue
from kit.settings import content_root

SLUG = "how-a-machine-reads"
FOLDER = content_root() / "notebooks" / "lessons" / SLUG / "data"
RECORDED = read_recordings(files("kit.ai") / "recordings").splits
FAMILY = "👨‍👩‍👧‍👦"


@pytest.fixture(scope="module")
def lesson():
    return load_catalogue(content_root())[SLUG]


def recorded(text: str, language: str = "") -> Cut:
    return Cut(text, RECORDED[text], language)


def by_bytes(text: str, sizes: list[int]) -> Cut:
    data, pieces = text.encode(), []
    for size in sizes:
        pieces.append(Piece(len(pieces), data[:size]))
        data = data[size:]
    return Cut(text, tuple(piece for piece in [*pieces, Piece(99, data)] if piece.data))


def event(kind, value, field="token-explorer", seq=7):
    return Event(seq, "2026-11-22T00:00:00.000+00:00", kind, field, value, "", "")


def run_of(text, tokens, action="split", **params):
    return event("run", {"action": action, "params": {"text": text, **params}, "result": {"tokens": tokens}})


# The measured facts that the lesson stands on


def test_one_picture_takes_more_pieces_than_the_longest_word_and_a_whole_sentence():
    data = load(FOLDER)
    big = {item.text: len(RECORDED[item.text]) for item in data.groups["big"].items}
    assert list(big.values()) == [15, 18, 11]
    assert max(big, key=lambda text: big[text]) == FAMILY
    assert len(next(iter(big))) == 45


def test_what_the_script_and_the_page_say_about_words_is_so():
    counts = {text: len(pieces) for text, pieces in RECORDED.items()}
    said = {
        "understanding": 1,
        "giraffe": 3,
        "library": 1,
        "strawberry": 3,
        "Emily": 1,
        "Xóchitl": 5,
        "Selam": 2,
        "ሰላም": 9,
    }
    assert {text: counts[text] for text in said} == said
    assert [piece.text for piece in RECORDED["basketball"]] == ["b", "asket", "ball"]
    assert [piece.id for piece in RECORDED["library"]] == [23345]
    starts = [piece.id for piece in RECORDED[FAMILY] if piece.data == b"\xf0\x9f"]
    assert starts == [10813] * 4


def test_the_same_message_costs_nine_times_as_much_in_amharic_and_chinese_costs_less_than_spanish():
    languages = load(FOLDER).languages
    assert len(languages) == 15
    counts = {code: len(RECORDED[one.text]) for code, one in languages.items()}
    ranked = sorted(counts, key=lambda code: -counts[code])
    assert (ranked[0], ranked[-1]) == ("am", "en")
    assert (counts["am"], counts["en"], counts["vi"]) == (99, 11, 45)
    assert counts["zh"] < counts["es"]


def test_a_limit_of_twenty_leaves_two_messages_whole():
    messages = {code: recorded(one.text, code) for code, one in load(FOLDER).languages.items()}
    assert budget_result(messages, 20)["whole"] == ["de", "en"]


# Arithmetic


def test_pieces_that_share_a_letter_stand_together():
    family = recorded(FAMILY)
    assert [part.text for part in parts(family)] == list(FAMILY)
    assert [len(part.pieces) for part in parts(family)] == [3, 2, 3, 2, 3, 2, 3]
    assert [part.text for part in parts(recorded("strawberry"))] == ["st", "raw", "berry"]


@given(st.text(min_size=1, max_size=30), st.lists(st.integers(1, 5), max_size=40))
def test_however_a_text_is_cut_its_parts_and_letters_are_whole(text, sizes):
    text = text.encode(errors="ignore").decode() or "a"
    cut = by_bytes(text, sizes)
    assert "".join(part.text for part in parts(cut)) == text
    assert sum(len(part.pieces) for part in parts(cut)) == len(cut.pieces)
    reached = reach(cut)
    assert reached == sorted(reached)
    assert reached[-1] == len(text)
    assert all(0 < place < len(text) for place in real_cuts(cut))
    assert arrives(cut, len(cut.pieces)) == 1
    assert all(0 <= arrives(cut, budget) <= 1 for budget in range(1, 60))


def test_a_letter_arrives_only_when_all_of_it_is_there():
    cut = by_bytes("aé b", [1, 1, 1, 1])
    assert reach(cut) == [1, 1, 2, 3, 4]
    assert arrives(cut, 2) == 0.25
    assert arrives(cut, 5) == 1


def test_numbers_compare_messages():
    english, chinese = recorded("The school bus is late today. Please wait inside."), by_bytes("今天", [1] * 6)
    assert times(by_bytes("abcd", [1] * 4), by_bytes("ab", [1, 1])) == 2
    assert per_word(english) == pytest.approx(11 / 9)
    assert per_character(chinese) == 3


def test_a_score_counts_pieces_and_cuts():
    cut = recorded("strawberry")
    assert score(Bet(1, "", "strawberry", 2, (5,)), cut) == Score(off=-1, found=1, real=2, wrong=0)
    assert score(Bet(1, "", "strawberry", 3, (2, 4)), cut) == Score(off=0, found=1, real=2, wrong=1)
    assert score(Bet(1, "", "strawberry", 18, None), cut) == Score(off=15, found=0, real=2, wrong=0)


@pytest.mark.parametrize("text", ["strawberry", "1,000,000", "no cap", "Xóchitl", "민준", "今天"])
def test_scissors_fit_between_letters(text):
    assert has_tiles(text)


@pytest.mark.parametrize("text", ["a", FAMILY, "🙂🙂", "يوسف", "हिन्दी", "x" * 31, "a+b", "❤️"])
def test_scissors_do_not_fit_into_pictures_marks_and_joined_letters(text):
    assert not has_tiles(text)


# Records that anybody may have written


GOOD = [{"id": 1, "bytes": [97]}, {"id": 2, "bytes": [98]}]


def test_a_cut_is_read_back():
    assert read_cut(run_of("ab", GOOD)) == Cut("ab", (Piece(1, b"a"), Piece(2, b"b")))
    assert read_cut(run_of("ab", GOOD, "language", language="es", name="Spanish")).language == "es"


@pytest.mark.parametrize(
    "forged",
    [
        event("run", None),
        event("run", {"action": "split"}),
        event("run", {"action": "split", "params": [], "result": {}}),
        event("answer", {"action": "split", "params": {"text": "ab"}, "result": {"tokens": GOOD}}),
        event("run", {"action": "split", "params": {"text": "ab"}, "result": {"tokens": GOOD}}, field="next-word"),
        run_of("abc", GOOD),
        run_of("ab", GOOD[:1]),
        run_of("ab", [*GOOD, {"id": 3, "bytes": []}]),
        run_of("ab", [*GOOD, {"id": 3}]),
        run_of("", []),
        run_of(3, GOOD),
        run_of("ab", GOOD, "language", language=5),
        run_of("x" * 300, [{"id": 1, "bytes": [120] * 300}]),
    ],
)
def test_a_forged_cut_is_none(forged, lesson):
    assert read_cut(forged) is None
    assert describe(forged, lesson)  # and still has a name on the page


def test_bets_limits_and_finds_are_read_or_passed_over():
    assert read_bet(event("prediction", {"text": "ab", "pieces": 2, "cuts": [1]})).cuts == (1,)
    assert read_bet(event("prediction", {"text": "ab", "pieces": 2, "cuts": ["x"]})).cuts is None
    for value in (None, {"text": 3, "pieces": 1}, {"text": "a", "pieces": True}, {"text": "a", "pieces": 0}):
        assert read_bet(event("prediction", value)) is None
    assert is_language_bet(event("prediction", {"most": "zh", "times": 3}))
    assert not is_language_bet(event("prediction", {"most": ["zh"], "times": 3}))
    assert not is_language_bet(event("run", {"most": "zh", "times": 3}))
    assert read_budget(event("run", {"action": "budget", "params": {"budget": 20}})) == 20
    for budget in (0, 61, True, 2.0, "20", None):
        assert read_budget(event("run", {"action": "budget", "params": {"budget": budget}})) is None
    assert read_find({"claim": "wow", "evidence": ["run-3"]}) == ("run-3", "wow")
    for claim in (None, 5, {"evidence": "run-3"}, {"evidence": [3], "claim": 4}):
        assert read_find(claim) == ("", "")


# Words for people


def test_runs_are_described_in_words(lesson):
    assert str(describe(run_of(" ab", [{"id": 9, "bytes": [32, 97, 98]}]), lesson)) == "Cut into pieces: “␣ab”: 1 piece"
    told = describe(run_of("ab", GOOD, "language", language="es", name="Spanish"), lesson)
    assert (told.text, told.about) == ("Spanish: 2 pieces", "The bus message")
    result = {"whole": ["en"], "shares": {"en": 1, "es": 0.5}}
    budget = event("run", {"action": "budget", "params": {"budget": 20}, "result": result})
    assert describe(budget, lesson).text == "Limit of 20: 1 of 2 arrive whole"


def test_spaces_at_the_ends_are_shown_and_long_texts_cut_short():
    assert shown("  a b ") == "␣␣a b␣"
    assert shown("x" * 60) == "x" * 27 + "…"


# The tables


def test_the_lesson_s_tables_are_read():
    data = load(FOLDER)
    assert list(data.groups) == ["words", "dress", "big", "emoji", "names", "slang", "numbers"]
    assert data.group_of("Xóchitl") == "names"
    assert data.group_of("raspberry") == OWN
    assert data.groups["emoji"].items[0].say == "slightly smiling face"
    assert data.groups["dress"].items[1].text == " library"
    assert [one.code for one in data.languages.values() if not one.spaces] == ["zh"]
    assert [one.code for one in data.languages.values() if one.direction == "rtl"] == ["ar"]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("bank.csv", None, "data/bank.csv isn't there"),
        ("bank.csv", b"group,text\nwords,the\n", "Line 2 of data/bank.csv should have: group, text, say"),
        ("bank.csv", b"group,text,say\nnobody,the,\n", "not the same"),
        ("languages.csv", b"\xff\xfe\x00", "can't be read"),
        ("languages.csv", b"code,language,own_name,direction,spaces,text\n", "no row for English"),
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, file: str, content: bytes | None, message: str):
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(LessonError, match=message):
        load(folder)
