"""What the checks on the scam filter give for honest work, for half of it, and for journals written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.experiments.scam_filter import SEED, Rules, load, score_rules, score_taught
from kit.grading import checks
from kit.journal import Event
from kit.settings import content_root

PILE = load(content_root() / "notebooks" / "lessons" / "told-or-taught" / "data")
TOLD = ["gift card", "[link]", "pay", "send"]


def events(*steps):
    return [
        Event(seq, "2026-11-22T00:00:00.000+00:00", kind, field, value, "", "")
        for seq, (kind, field, value) in enumerate(steps, 1)
    ]


def given_events(call, *steps):
    with checks.bound_to(events(*steps)):
        return call()


def run(action, params, result):
    return ("run", "scam-filter", {"action": action, "params": params, "result": result})


def rules_run(action, told=TOLD, unless="", **forged):
    rules = Rules.told(told, unless)
    messages = PILE.known if action == "try" else PILE.new
    return run(action, rules.to_params(), {**score_rules(messages, rules).to_result(), **forged})


def lesson_run(examples, wrong=False, **forged):
    params = {"examples": examples, "wrong_labels": wrong, "seed": SEED}
    return run("learn", params, {**score_taught(PILE, examples, wrong)[1].to_result(), **forged})


def made(text, says, wants="money"):
    # What the machines said is not believed, so it need not be there.
    return run("fool", {"text": text, "says": says, "wants": wants if says == "scam" else ""}, {})


BET = ("prediction", "word-bet", {"prompt": "word-bet", "bet": "free"})
PAST_TAUGHT = "Bring the money to practice on Monday at lunch, or the class will hear it"
FLAGGED = "Send us your recipe and we will add it to your account of the trip: cookbook.example"


def test_a_prediction_counts_before_the_machine_is_taught():
    def call():
        return checks.bet_before_teaching(2, "word-bet")

    assert given_events(call, BET, lesson_run(10)) == 2
    assert given_events(call, BET) == 2
    assert given_events(call, lesson_run(10), BET) == 0
    assert given_events(call, ("prediction", "word-bet", {"bet": " "})) == 0
    assert given_events(call, ("answer", "word-bet", "free")) == 0


def test_rules_count_when_tried_and_more_when_tested():
    def call():
        return checks.rules_tested(3)

    assert given_events(call, rules_run("try")) == 1
    assert given_events(call, rules_run("try"), rules_run("test")) == 3
    assert given_events(call, rules_run("try", ["free", "pay"])) == 0
    assert given_events(call) == 0


def test_rules_with_other_counts_than_they_give_count_for_nothing():
    def call():
        return checks.rules_tested(3)

    assert given_events(call, rules_run("try", caught=56), rules_run("test", caught=24)) == 0
    assert given_events(call, rules_run("test", caught=True)) == 0


def test_numbers_of_examples_are_counted_once_and_only_with_right_labels():
    def call():
        return checks.sizes_taught(3)

    assert given_events(call, lesson_run(10), lesson_run(10), lesson_run(140)) == 2
    assert given_events(call, lesson_run(10), lesson_run(20, wrong=True), lesson_run(30)) == 1
    assert given_events(call, lesson_run(10, caught=24), lesson_run(20), lesson_run(40)) == 2


def test_teaching_it_wrong_counts_once():
    def call():
        return checks.taught_wrong(1)

    assert given_events(call, lesson_run(20, wrong=True)) == 1
    assert given_events(call, lesson_run(20), lesson_run(20, wrong=True, missed=0)) == 0


SCORES = score_rules(PILE.new, Rules.told(TOLD))


@pytest.mark.parametrize(
    ("what", "said", "points"),
    [
        ("precision", f"{SCORES.caught} of {SCORES.flagged}", 2),
        ("precision", f"{SCORES.caught}/{SCORES.flagged}", 2),
        ("precision", f"{SCORES.caught} out of {SCORES.flagged} were scams", 2),
        ("precision", f"about {SCORES.precision:.0%}", 2),
        ("precision", f"{SCORES.precision:.2f}", 2),
        ("precision", f"{SCORES.precision - 0.05:.0%}", 1),
        ("precision", f"{SCORES.caught}", 0),
        ("precision", "12 of 0", 0),
        ("precision", "", 0),
        ("recall", f"{SCORES.caught} of 24", 2),
        ("recall", f"{SCORES.precision:.0%}", 0 if abs(SCORES.precision - SCORES.recall) > 0.06 else 1),
    ],
)
def test_a_number_is_read_off_the_own_test(what, said, points):
    def call():
        return checks.rate_read_off(2, "number", what)

    assert given_events(call, rules_run("test"), ("answer", "number", said)) == points


def test_rules_that_flag_nothing_have_no_precision_and_saying_so_is_right():
    def call():
        return checks.rate_read_off(2, "number", "precision")

    silent = rules_run("test", ["xylophone", "zebra", "quark"])
    assert given_events(call, silent, ("answer", "number", "There is none, it flagged nothing.")) == 2
    assert given_events(call, silent, ("answer", "number", "0")) == 2
    assert given_events(call, silent, ("answer", "number", "80%")) == 0
    assert given_events(call, ("answer", "number", "80%")) == 0


def test_the_number_comes_from_the_first_test_only():
    perfect = rules_run("test", ["library", "zebra", "quark"])
    said = ("answer", "number", f"{SCORES.precision:.0%}")
    assert given_events(lambda: checks.rate_read_off(2, "number", "precision"), rules_run("test"), perfect, said) == 2


def test_each_way_to_fool_a_machine_counts_once():
    def call():
        return checks.machines_fooled(4)

    test = rules_run("test")
    assert given_events(call, test, made(PAST_TAUGHT, "scam")) == 2  # no rule has a word for it either
    assert given_events(call, test, made(PAST_TAUGHT, "scam"), made(PAST_TAUGHT, "scam")) == 2
    assert given_events(call, test, made(PAST_TAUGHT, "scam"), made(FLAGGED, "fine")) == 4
    assert given_events(call, test, made("Can you send me the notes from class?", "fine")) == 1
    assert given_events(call, made(PAST_TAUGHT, "scam")) == 0


def test_messages_that_the_page_would_refuse_do_not_count():
    def call():
        return checks.machines_fooled(4)

    refused = [
        made("Hi", "scam"),
        made(PAST_TAUGHT, "scam", wants=""),
        made(PAST_TAUGHT, "scam", wants=["money"]),
        made(PAST_TAUGHT + "!" * 160, "scam"),
        made("Come to the library today: cool-books.com", "scam"),
        made(PAST_TAUGHT, "maybe"),
        made(PAST_TAUGHT, ["scam"]),
    ]
    assert given_events(call, rules_run("test"), *refused) == 0


ALL = [
    lambda: checks.bet_before_teaching(4, "word-bet"),
    lambda: checks.rules_tested(4),
    lambda: checks.sizes_taught(4),
    lambda: checks.taught_wrong(4),
    lambda: checks.rate_read_off(4, "number", "precision"),
    lambda: checks.rate_read_off(4, "number", "recall"),
    lambda: checks.machines_fooled(4),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PARAMS = st.fixed_dictionaries(
    {name: JSON | st.sampled_from(["scam", "pay me the money now", 10, 140, True, ["pay", "send", "[link]"], "", SEED])
     for name in ("rules", "unless", "examples", "wrong_labels", "seed", "text", "says", "wants")}
)  # fmt: skip
VALUE = st.fixed_dictionaries(
    {"action": st.sampled_from(["try", "test", "learn", "fool"]) | JSON, "params": PARAMS | JSON, "result": JSON}
)
STEP = (
    st.tuples(st.just("run"), st.just("scam-filter"), VALUE | JSON)
    | st.tuples(st.just("answer"), st.just("number"), JSON | st.from_regex(r"\d+ of \d+", fullmatch=True))
    | st.tuples(st.just("prediction"), st.just("word-bet"), JSON)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(STEP, max_size=6))
def test_no_journal_makes_a_check_fail_or_give_too_much(steps):
    for call in ALL:
        assert 0 <= given_events(call, *steps) <= 4


def test_a_flood_of_runs_is_not_looked_at_for_ever():
    flood = [made(PAST_TAUGHT, "fine")] * 2_000
    assert given_events(lambda: checks.machines_fooled(4), rules_run("test"), *flood) == 0
