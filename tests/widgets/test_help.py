"""Words that sound like distress bring up the help card in any card, and cost the student nothing."""

import json

import pytest

from kit.settings import Session
from kit.widgets.claim import MOST_EVIDENCE, Claim
from kit.widgets.exercises.next_word import NextWord
from kit.widgets.help import help_for, looked_at
from kit.widgets.respond import LONGEST_ANSWER, Respond

from .conftest import Page

DISTRESS = "i want to die"
HARMLESS = "This homework is killing me, and the bus was late."


@pytest.fixture
def session(tmp_path):
    return Session("amber-otter", tmp_path, tmp_path)


@pytest.mark.parametrize(
    "words", [DISTRESS, {"bet": DISTRESS}, {"fields": {"authors": ["Ana", DISTRESS]}}, [[DISTRESS]]]
)
def test_distress_is_found_wherever_it_is_written(words, session):
    assert "988" in help_for(words, session)["contact"]


@pytest.mark.parametrize("words", ["", HARMLESS, {"text": HARMLESS, "evidence": ["run-1"], "level": 3, "none": None}])
def test_a_harmless_answer_brings_up_nothing(words, session):
    assert help_for(words, session) is None


def test_the_school_says_whom_to_turn_to(tmp_path):
    own = {"name": "Our counselor", "contact": "Room 12", "url": "https://school.example", "at_school": "Ms. Example"}
    session = Session("amber-otter", tmp_path, tmp_path, help=json.dumps(own))
    assert help_for(DISTRESS, session) == own


def test_the_card_comes_with_the_answer_and_the_words_are_saved(desk, written):
    page = Page(Respond(desk, "idea", "Your idea?"))
    assert "help" not in page.send("save", text=HARMLESS)
    assert page.send("save", text=DISTRESS)["help"]["name"].startswith("988")
    assert page.send("save", text=DISTRESS + " really")["help"]
    assert [(event.kind, event.value) for event in written()] == [
        ("answer", HARMLESS),
        ("answer", DISTRESS),
        ("ai", {"outcome": "help"}),  # once, and without the words
        ("answer", DISTRESS + " really"),
    ]


def test_a_bet_can_bring_it_up_too(desk):
    page = Page(NextWord(desk, ["ice"]))
    assert page.send("bet", prompt="ice", bet="suicide", sure=3)["help"]


def test_words_that_are_refused_bring_it_up_all_the_same(desk, written):
    page = Page(NextWord(desk, ["ice"]))
    reply = page.send("bet", prompt="ice", bet=DISTRESS, sure=3)
    assert not reply["ok"]
    assert reply["help"]["name"].startswith("988")
    assert page.send("bet", unknown=[{"deep": DISTRESS}])["help"]
    assert DISTRESS not in str(written())


def test_the_longest_argument_is_looked_through_to_its_last_word(desk):
    page = Page(Claim(desk, "my-claim", "Your claim?"))
    argument = {"claim": "no " * 6_000, "evidence": ["run-1" + "x" * 59] * MOST_EVIDENCE}
    last = "why " * ((LONGEST_ANSWER - len(DISTRESS)) // 4) + DISTRESS
    assert page.send("save", **argument, reasoning=last)["help"]


def test_words_that_are_refused_for_their_length_bring_it_up_too(desk):
    page = Page(Respond(desk, "idea", "Your idea?"))
    reply = page.send("save", text=DISTRESS + " because" * 60_000)
    assert "20,000" in reply["message"]
    assert reply["help"]


@pytest.mark.parametrize("words", ["x" * 500_000, ["x" * 20_000] * 25, ["x"] * 250_000, [[["x" * 9]]] * 50_000])
def test_no_message_is_so_long_that_a_class_would_wait_for_it(words):
    looked = list(looked_at(words))
    assert sum(map(len, looked)) <= 50_000
    assert len(looked) <= 500
