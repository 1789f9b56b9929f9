"""What the token explorer's checks give for honest work, for half of it, and for a journal that was written by hand."""

from __future__ import annotations

import time
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.ai.providers.recorded import read_recordings
from kit.experiments.token_explorer import Cut, budget_result, load
from kit.grading import checks
from kit.journal import Event
from kit.settings import content_root

SLUG = "how-a-machine-reads"
RECORDED = read_recordings(files("kit.ai") / "recordings").splits
LANGUAGES = load(content_root() / "notebooks" / "lessons" / SLUG / "data").languages
FAMILY = "👨‍👩‍👧‍👦"


def given_events(call, *steps):
    events = [
        Event(seq, "2026-11-22T00:00:00.000+00:00", kind, field, value, "", "")
        for seq, (kind, field, value) in enumerate(steps, 1)
    ]
    with checks.bound_to(events):
        return call()


def bet(text, pieces=2):
    return ("prediction", "token-explorer", {"text": text, "pieces": pieces, "cuts": None})


def tokens_of(text):
    return [{"id": piece.id, "bytes": list(piece.data)} for piece in RECORDED[text]]


def cut(text, tokens=None):
    result = {"tokens": tokens or tokens_of(text)}
    return ("run", "token-explorer", {"action": "split", "params": {"text": text}, "result": result})


def message(code):
    one = LANGUAGES[code]
    params = {"language": code, "name": one.name, "text": one.text}
    return (
        "run",
        "token-explorer",
        {"action": "language", "params": params, "result": {"tokens": tokens_of(one.text)}},
    )


def limit(budget, codes, result=None):
    messages = {code: Cut(LANGUAGES[code].text, RECORDED[LANGUAGES[code].text], code) for code in codes}
    found = result or budget_result(messages, budget)
    return ("run", "token-explorer", {"action": "budget", "params": {"budget": budget}, "result": found})


def find(number, run, note="Wow."):
    return ("claim", f"field-guide-find-{number}", {"claim": note, "evidence": [run], "reasoning": ""})


MOST = ("prediction", "token-explorer", {"most": "zh", "times": 3})


def test_a_bet_counts_before_the_cut_and_once_for_each_text():
    def call():
        return checks.cuts_bet_on(points=4, minimum=2)

    assert given_events(call, bet("library"), cut("library"), bet("pizza"), cut("pizza")) == 4
    assert given_events(call, cut("library"), bet("library"), cut("library")) == 0
    assert given_events(call, bet("library"), bet("library", 3), cut("library")) == 2
    assert given_events(call, bet("library"), bet("pizza")) == 0


def test_a_bet_on_pieces_that_do_not_join_counts_for_nothing():
    forged = cut("library", [{"id": 1, "bytes": [1]}])
    assert given_events(lambda: checks.cuts_bet_on(4, 1), bet("library"), forged) == 0


def test_kinds_are_groups_of_the_bank_and_texts_of_ones_own():
    def call():
        return checks.kinds_cut(points=2, slug=SLUG, minimum=4)

    own = cut("ab", [{"id": 1, "bytes": [97, 98]}])
    assert given_events(call, cut("library"), cut("pizza")) == 0.5
    assert given_events(call, cut("library"), cut("Emily"), cut("🔥"), own) == 2
    assert given_events(call, message("es"), message("fr")) == 0


@pytest.mark.parametrize(
    ("said", "points"), [("18", 2), ("It made 18 pieces!", 2), (18, 2), ("17", 0), ("", 0), (None, 0)]
)
def test_pieces_are_counted_again(said, points):
    def call():
        return checks.pieces_counted(points=2, field="n", text=FAMILY)

    assert given_events(call, cut(FAMILY), ("answer", "n", said)) == points
    assert given_events(call, ("answer", "n", said)) == 0


def test_the_bet_on_languages_must_come_first():
    def call():
        return checks.languages_bet_on(points=2)

    assert given_events(call, MOST, message("en"), message("zh")) == 2
    assert given_events(call, message("en"), MOST, message("zh")) == 0
    assert given_events(call, MOST) == 0
    assert given_events(call, message("en")) == 0


@pytest.mark.parametrize(
    ("said", "points"), [("4.1", 2), ("about 4.09 times", 2), ("4", 2), ("4.3", 1), ("45", 0), ("0,24", 0), ("many", 0)]
)
def test_a_ratio_is_worked_out_again(said, points):
    def call():
        return checks.ratio_recomputed(points=2, field="r", language="vi")

    assert given_events(call, message("vi"), message("en"), ("answer", "r", said)) == points
    assert given_events(call, message("vi"), ("answer", "r", said)) == 0


def test_limits_count_once_each_if_they_follow_from_the_cuts_before():
    def call():
        return checks.limits_tried(points=3, minimum=3)

    codes = ("en", "am")
    cuts = [message(code) for code in codes]
    assert given_events(call, *cuts, limit(20, codes), limit(20, codes), limit(11, codes)) == 2
    assert given_events(call, *cuts, limit(20, codes), limit(11, codes), limit(50, codes)) == 3
    assert given_events(call, limit(20, codes), *cuts) == 0
    assert given_events(call, *cuts, limit(20, codes, {"whole": ["am"], "shares": {"am": 1}})) == 0


def test_finds_need_a_cut_of_their_own_and_a_note():
    def call():
        return checks.finds_collected(points=2, page="field-guide", minimum=2)

    cuts = [cut("library"), message("am")]
    assert given_events(call, *cuts, find(1, "run-1"), find(2, "run-2")) == 2
    assert given_events(call, *cuts, find(1, "run-1"), find(2, "run-1")) == 1
    assert given_events(call, *cuts, find(1, "run-1"), find(2, "run-2", " ")) == 1
    assert given_events(call, *cuts, find(1, "run-1"), find(1, "run-9")) == 0
    assert given_events(call, bet("library"), find(1, "prediction-1")) == 0


def test_points_say_why():
    found = given_events(lambda: checks.cuts_bet_on(points=4, minimum=6), bet("library"), cut("library"))
    assert found.because == "1 of 6 bets came before the machine's cut."


ALL = [
    lambda: checks.cuts_bet_on(4, 2),
    lambda: checks.kinds_cut(4, SLUG, 2),
    lambda: checks.pieces_counted(4, "q", "a"),
    lambda: checks.languages_bet_on(4),
    lambda: checks.ratio_recomputed(4, "q", "vi"),
    lambda: checks.limits_tried(4),
    lambda: checks.finds_collected(4, "field-guide"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
RUN = st.fixed_dictionaries(
    {
        "action": st.sampled_from(["split", "language", "budget"]),
        "params": st.fixed_dictionaries({"text": JSON, "language": JSON, "name": JSON, "budget": JSON}) | JSON,
        "result": st.fixed_dictionaries({"tokens": JSON, "whole": JSON, "shares": JSON}) | JSON,
    }
)
BET = st.fixed_dictionaries({"text": JSON, "pieces": JSON, "cuts": JSON, "most": JSON, "times": JSON})
FIND = st.fixed_dictionaries({"claim": JSON, "evidence": JSON})
STEP = (
    st.tuples(st.just("run"), st.just("token-explorer"), RUN | JSON)
    | st.tuples(st.just("prediction"), st.just("token-explorer"), BET | JSON)
    | st.tuples(st.just("claim"), st.just("field-guide-find-1"), FIND | JSON)
    | st.tuples(st.just("answer"), st.just("q"), JSON)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(STEP, max_size=6))
def test_no_journal_makes_a_check_fail_or_give_too_much(steps):
    for call in ALL:
        assert 0 <= given_events(call, *steps) <= 4


def test_a_huge_journal_does_not_hold_up_the_class():
    steps = [limit(1 + number % 60, ("en",), {"whole": []}) for number in range(3000)]
    steps[:0] = [message("am")] * 1000
    started = time.perf_counter()
    for call in ALL:
        given_events(call, *steps)
    assert time.perf_counter() - started < 30  # checks that look back from each event would take minutes
