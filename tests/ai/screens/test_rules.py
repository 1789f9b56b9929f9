"""The language of the rules, and that looking under first words finds what looking everywhere would find."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.ai.screens.letters import plain, readings
from kit.ai.screens.rules import Rules, load_rules
from kit.ai.screens.table import read_phrases

DATA = Path(__file__).parents[1] / "data"
RULES = load_rules("crisis.txt")
SOURCE = (files("kit.ai.screens") / "data" / "crisis.txt").read_text(encoding="utf-8")
WORDS = sorted({word for word in re.split(r"[^\w']+", SOURCE) if word})
LISTS = [phrase for file in sorted(DATA.glob("*.txt")) for phrase in read_phrases(file)]


def every_phrase(rules: Rules) -> set[re.Pattern[str]]:
    return {rules.anywhere, *(phrase for phrases in rules.by_first_word.values() for phrase in phrases)}


def hit_anywhere(rules: Rules, form: str) -> bool:
    """Try every phrase at every place: slow, and plainly right."""
    rest = rules.exceptions.sub(" ", form)
    return any(phrase.search(rest) for phrase in every_phrase(rules))


@pytest.mark.parametrize("text", LISTS)
def test_first_words_lead_to_every_phrase_of_the_lists(text: str) -> None:
    for form in readings(text):
        assert RULES.hit(form) == hit_anywhere(RULES, form)


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_first_words_lead_to_every_phrase_of_the_rules_own_words(words: list[str]) -> None:
    form = plain(" ".join(words))
    assert RULES.hit(form) == hit_anywhere(RULES, form)


def test_few_phrases_are_tried_at_a_word_of_an_ordinary_text() -> None:
    # Trying all of them at each word made a class wait for one long message.
    words = plain(" ".join(read_phrases(DATA / "near-misses.txt"))).split()
    tried = sum(len(RULES.by_first_word.get(word, ())) for word in words)
    assert len(every_phrase(RULES)) > 200
    assert tried / len(words) < 10
