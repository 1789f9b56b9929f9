"""What the checks on *guess about me* give: for honest work, for half of it, for forged numbers, and for nonsense."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.experiments.guess_about_me import load
from kit.grading import checks
from kit.journal import Event
from kit.settings import content_root

DATA = load(content_root() / "notebooks" / "lessons" / "what-can-it-guess" / "data")
START = {"birthday": "month", "bus": "line", "pet": "kind"}
GOOD = {"bus": "side", "club": "kind", "grade": "grade"}
ALL = {
    "prediction": lambda: checks.predicted_before_counting(points=2, field="how-many-alone"),
    "find": lambda: checks.people_looked_for(points=3, people=3, facts=3),
    "crowd": lambda: checks.crowd_reached(points=4),
    "smallest": lambda: checks.smallest_crowd_counted(points=2, field="smallest-crowd"),
    "guesser": lambda: checks.guesser_tried(points=2, characters=2),
    "messages": lambda: checks.messages_made_safe(points=3, messages=3),
}


def events(*steps):
    return [
        Event(seq, "2026-11-22T00:00:00.000+00:00", kind, field, value, "", "")
        for seq, (kind, field, value) in enumerate(steps, 1)
    ]


def earned(name, *steps):
    with checks.bound_to(events(*steps)):
        return ALL[name]()


def run(action, result=None, **params):
    return (
        "run",
        "guess-about-me",
        {"action": action, "about": "", "params": params, "result": {} if result is None else result},
    )


def predicted(text="about 20"):
    return ("prediction", "how-many-alone", {"prompt": "how-many-alone", "bet": text})


def bet(target="little_sibling", right=80):
    return ("prediction", "guess-about-me", {"prompt": target, "bet": right})


def said(text):
    return ("answer", "smallest-crowd", text)


def places(draft, *marks):
    return [place for mark in marks for place in DATA.drafts[draft].marks[mark]]


def everything(draft):
    found = DATA.drafts[draft]
    return places(draft, *found.planted, *found.parts)


# Honest work, and half of it


def test_a_prediction_counts_when_it_came_first():
    assert earned("prediction", predicted(), run("crowd", setting=START)) == 2
    assert earned("prediction", predicted()) == 2
    assert earned("prediction", run("crowd", setting=START), predicted()) == 0
    assert earned("prediction", run("crowd", setting=START)) == 0
    assert earned("prediction", predicted("  ")) == 0
    assert earned("prediction", run("find", character="puddlejumper", clues=[]), predicted()) == 2


def test_each_person_looked_for_with_three_facts_counts_once_found_or_not():
    koala = run("find", character="quietkoala", clues=["grade", "bus", "music"])
    puddle = run("find", character="puddlejumper", clues=["pet", "bus", "birthday"])
    assert earned("find", koala) == 1
    assert earned("find", koala, koala, puddle) == 2
    part = earned("find", koala, puddle, run("find", character="cometsocks", clues=["bus", "club"]))
    assert part == pytest.approx(2 + 2 / 3, abs=0.01)
    assert part.because == "2 of 3 people were looked for with 3 facts, 1 with fewer."
    assert earned("find", koala, puddle, run("find", character="cometsocks", clues=["bus", "club", "pet"])) == 3
    same = run("find", character="cometsocks", clues=["bus", "bus", "bus"])
    assert earned("find", same) == pytest.approx(1 / 3, abs=0.01)
    assert earned("find", run("find", character="nobody", clues=["bus", "club", "pet"])) == 0


def test_the_goal_is_worked_out_again_whatever_a_run_claims():
    forged = {"crowds": 2, "alone": 0, "smallest": 60, "answered": ["bus", "club"]}
    own = {**START, "club": "club"}
    assert earned("crowd", run("crowd", setting=GOOD)) == 4
    assert earned("crowd", run("crowd", forged, setting=own)) == 1
    assert earned("crowd", run("crowd", forged, setting=START)) == 0
    assert earned("crowd", run("crowd", setting={})) == 1
    assert earned("crowd", run("crowd", forged, setting={"bus": "exact"})) == 0
    assert earned("crowd", run("crowd", setting={"bus": "side", "club": "club", "wake": "early"})) == 2
    assert earned("crowd", run("crowd", setting=own), run("crowd", setting=GOOD), run("crowd", setting={})) == 4


def test_the_smallest_crowd_is_that_of_a_good_setting_or_before_that_of_any_own_one():
    good, last = run("crowd", setting=GOOD), run("crowd", setting={"bus": "side", "club": "kind"})
    assert earned("smallest", good, said("3")) == 2
    assert earned("smallest", good, said("It is 3 rows.")) == 2
    assert earned("smallest", good, last, said("15")) == earned("smallest", good, last, said("3")) == 2
    assert earned("smallest", good, said("4")) == 0
    near, nothing = run("crowd", setting={"bus": "side", "club": "club", "wake": "early"}), run("crowd", setting={})
    assert earned("smallest", near, nothing, said("2")) == earned("smallest", near, nothing, said("120")) == 2
    assert earned("smallest", near, nothing, good, said("2")) == earned("smallest", good, nothing, said("120")) == 0
    assert earned("smallest", said("3")) == 0
    assert earned("smallest", good, said("three")) == 0
    assert earned("smallest", run("crowd", setting=START), said("1")) == 0


def test_two_characters_and_a_bet_before_the_trial():
    one, other = (
        run("guess", target="grade", likes={"snack": "popcorn"}),
        run("guess", target="grade", likes={"music": "pop"}),
    )
    trial = run("test", target="little_sibling")
    assert earned("guesser", one, other, bet(), trial) == 2
    assert earned("guesser", one, one, bet(), trial) == 1.5
    assert earned("guesser", one, other, trial, bet()) == 1
    assert earned("guesser", one, other, bet("grade"), trial) == 1
    assert (
        earned("guesser", run("guess", target="grade", likes={}), run("guess", target="grade", likes={"snack": "gold"}))
        == 0
    )
    assert earned("guesser", bet(right=True), trial) == 0


def test_a_message_must_be_safe_and_useful_and_half_is_for_safe():
    assert earned("messages", *(run("redact", draft=draft, hidden=everything(draft)) for draft in DATA.drafts)) == 3
    useless = [*everything("thank-you"), *places("thank-you", "note")]
    assert earned("messages", run("redact", draft="thank-you", hidden=useless)) == 0.5
    assert earned("messages", run("redact", draft="thank-you", hidden=[])) == 0
    black = list(range(len(DATA.drafts["thank-you"].words)))
    assert earned("messages", run("redact", draft="thank-you", hidden=black)) == 0
    claimed = {"given_away": 0, "planted": 6, "missing": 0, "needed": 5}
    assert earned("messages", run("redact", claimed, draft="thank-you", hidden=[1])) == 0
    assert earned("messages", run("redact", draft="tuba", hidden=everything("thank-you"))) == 0


# Nonsense


def test_an_empty_journal_earns_nothing_and_says_why():
    for name in ALL:
        points = earned(name)
        assert points == 0
        assert points.because


WRONG = [None, True, -1, 10**400, math.nan, math.inf, "", "x" * 10_000, [], [[]], {}, {"bus": {}}, [None] * 1000]
PARAMS = ("character", "clues", "setting", "target", "likes", "draft", "hidden")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_a_journal_of_wrong_types_earns_nothing(name, wrong):
    steps = [
        ("run", "guess-about-me", wrong),
        ("prediction", "guess-about-me", wrong),
        ("answer", "smallest-crowd", wrong),
    ]
    steps += [("prediction", "how-many-alone", {"bet": wrong})] if not isinstance(wrong, str) or not wrong else []
    for action in ("find", "guess", "test", "redact"):
        steps += [("run", "guess-about-me", {"action": action, "params": wrong})]
        steps += [run(action, **dict.fromkeys(PARAMS, wrong))]
        steps += [("prediction", "guess-about-me", {"prompt": wrong, "bet": wrong})]
    assert earned(name, *steps) == 0


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_journal_at_all_makes_a_check_raise(data):
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*PARAMS, *START, "x"]), inner, max_size=4)
        ),
        max_leaves=8,
    )
    action = st.sampled_from(["find", "crowd", "guess", "test", "redact", "notice"])
    steps = [
        (
            "run",
            "guess-about-me",
            {"action": data.draw(action), "params": data.draw(values), "result": data.draw(values)},
        )
        for _ in range(data.draw(st.integers(0, 5)))
    ]
    for name in ALL:
        assert 0 <= earned(name, *steps) <= 4


def test_a_hand_made_flood_is_not_read_to_its_end():
    flood = [run("crowd", setting=START) for _ in range(3000)]
    assert earned("crowd", *flood, run("crowd", setting=GOOD)) == 0
