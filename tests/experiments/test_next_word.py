"""The arithmetic of the picture."""

import math

import pytest

from kit.ai.client import TokenProb
from kit.experiments import Label, describe
from kit.experiments.next_word import Standing, find_bet, percent, praise, probabilities, roll, show_token
from kit.journal import Event
from kit.lessons import load_catalogue
from kit.settings import content_root

ICE = [
    TokenProb(*pair) for pair in ((" air", -0.452), (" water", -2.198), (" piz", -3.0), (" pizzas", -4.0), ("s", -5.0))
]


@pytest.fixture
def lesson():
    return load_catalogue(content_root())["next-word-please"]


def test_probabilities_are_a_softmax_over_the_whole_vocabulary():
    logprobs = [math.log(p) for p in (0.5, 0.3, 0.15, 0.05)]
    for temperature in (0.1, 0.7, 1.0, 2.0):
        z = math.log(sum(math.exp(lp / temperature) for lp in logprobs))
        shown = probabilities(logprobs[:2], temperature, z)
        whole = [math.exp(lp / temperature - z) for lp in logprobs]
        assert shown[:2] == pytest.approx(whole[:2])
        assert shown[2] == pytest.approx(sum(whole[2:]))
        assert sum(shown) == pytest.approx(1)


def test_the_same_seed_rolls_the_same():
    assert roll([0.7, 0.2, 0.1], 20, 7) == roll([0.7, 0.2, 0.1], 20, 7)
    assert sum(roll([0.7, 0.2, 0.1], 20, 7)) == 20
    assert roll([0.0, 1.0], 20, 7) == [0, 20]


@pytest.mark.parametrize(
    ("bet", "place", "match"),
    [("air", 1, "exact"), ("Water!", 2, "exact"), ("water balloon", 2, "exact"), ("“AIR”", 1, "exact"),
     ("pizza", 3, "partial"), ("pizzas", 4, "exact"), ("stone", None, None), ("p", None, None), ("…", None, None)],
)  # fmt: skip
def test_a_bet_is_found_among_the_tokens_and_a_beginning_is_called_one(bet, place, match):
    standing = find_bet(bet, ICE)
    assert (standing.place, standing.match) == (place, match)


@pytest.mark.parametrize(
    ("token", "shown", "space", "piece"),
    [(" Paris", "Paris", True, False), ("ing", "ing", False, True), ("\n\n", "⏎⏎", False, False),
     (" ", "▁", False, False), (",", ",", False, False), ("\t", "⇥", False, False)],
)  # fmt: skip
def test_tokens_are_drawn_so_that_people_can_read_them(token, shown, space, piece):
    assert show_token(token) == {"shown": shown, "space": space, "piece": piece}


def test_praise_fits_the_place():
    assert "Bull" in praise(Standing(1, -0.1, "exact"), 49152)
    assert "number 3" in praise(Standing(3, -2, "exact"), 49152)
    assert "top ten" in praise(Standing(9, -3, "exact"), 49152)
    assert "1,204 out of 49,152" in praise(Standing(1204, -9, "exact"), 49152)
    assert "no single piece" in praise(Standing(), 49152)
    assert "service" in praise(Standing(), None)


def test_a_run_of_a_wrong_shape_has_a_label_and_stops_nobodys_page(lesson):
    for value in (None, [], {}, {"prompt": "ice", "action": "reveal", "params": {}, "result": {"tokens": []}}):
        event = Event(1, "2026-11-23T00:00:00.000+00:00", "run", "next-word", value, "", "")
        assert describe(event, lesson) == Label("A run that can't be read")
    stranger = Event(1, "2026-11-23T00:00:00.000+00:00", "run", "no-such-exercise", {}, "", "")
    assert describe(stranger, lesson) == Label("A run that can't be read")


@pytest.mark.parametrize(("share", "words"), [(0.997, "over 99%"), (1.0, "100%"), (0.004, "under 1%"), (0.64, "64%")])
def test_a_share_in_words_is_never_rounded_to_all_or_nothing(share, words):
    assert percent(share) == words
