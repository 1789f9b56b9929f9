# ruff: noqa: RUF001 - look-alike letters are what is tested
"""The crisis screen against lists of phrases; the table is printed (run pytest with -s to see it)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.ai.screens import CrisisScreen
from kit.ai.screens.table import Score, read_phrases, score

DATA = Path(__file__).parents[1] / "data"


def scored(name: str) -> Score:
    found = score(read_phrases(DATA / f"{name}.txt"))
    print(f"\n{name:<24} {found.phrases:>3} phrases, card {len(found.hits):>3}, no card {len(found.misses):>3}")
    for phrase in found.hits if "near" in name else found.misses:
        print(f"    wrong: {phrase}")
    return found


def test_every_phrase_of_distress_brings_up_the_card() -> None:
    found = scored("distress")
    assert found.phrases >= 60
    assert found.misses == ()


def test_at_most_two_harmless_phrases_bring_up_the_card() -> None:
    found = scored("near-misses")
    assert found.phrases >= 60
    assert len(found.hits) <= 2


def test_rates_on_phrases_that_the_rules_were_not_made_for() -> None:
    # Honest floors, far below 100 %: no list of rules knows all the ways in which people say it.
    distress, harmless = scored("held-out-distress"), scored("held-out-near-misses")
    assert len(distress.hits) / distress.phrases >= 0.4
    assert len(harmless.hits) / harmless.phrases <= 0.2


@pytest.mark.parametrize(
    "disguised",
    [
        "I WANT TO DIE",
        "i   want\nto\tdie",
        "i want to d.i.e",
        "i-want-to-die",
        "i wаnt tо diе",
        "i w\u200bant to d\u200bie",
        "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i want to diiiiieeee",
        "1 w4nt t0 d13",
        "i want to d!e",
        "I want to díe",
        "𝐢 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐝𝐢𝐞",
        "w a n t   t o   d i e",
        "iwanttodie",
        "ɪ ᴡᴀɴᴛ ᴛᴏ ᴅɪᴇ",
        "🅸 🆆🅰🅽🆃 🆃🅾 🅳🅸🅴",
        "🄸 🅆🄰🄽🅃 🅃🄾 🄳🄸🄴",
        "🇮 🇼🇦🇳🇹 🇹🇴 🇩🇮🇪",
        "i wanŧ ŧø đɨɇ",
        "i\u3164want\u3164to\u3164die",
        "ŉobody would notice if i died",
    ],
)
def test_disguises_are_seen_through(disguised: str) -> None:
    assert CrisisScreen().hit([disguised])


def test_a_phrase_split_over_several_texts_is_read_as_one() -> None:
    assert CrisisScreen().hit(["I want to", "die"])
    assert not CrisisScreen().hit(["I want to", "sing"])
