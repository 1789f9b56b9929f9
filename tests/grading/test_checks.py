"""What the checks give for honest work, for half of it, for work in the wrong order, and for nonsense."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.grading import checks
from kit.journal import Event, Journal

TOKENS = [{"token": f" word{n}", "logprob": math.log(p)} for n, p in enumerate([0.4, 0.2, 0.1] + [0.02] * 7)]


def events(*steps):
    return [
        Event(seq, "2026-11-22T00:00:00.000+00:00", kind, field, value, "", "")
        for seq, (kind, field, value) in enumerate(steps, 1)
    ]


def given_events(call, *steps):
    with checks.bound_to(events(*steps)):
        return call()


def bet(prompt, word="cat"):
    return ("prediction", "next-word", {"prompt": prompt, "bet": word})


def run(prompt, action="reveal", temperature=1.0, **result):
    log_z = math.log(sum(math.exp(token["logprob"] / temperature) for token in TOKENS) * 1.1) if temperature else None
    log_z = 0.0 if temperature == 1 else log_z
    found = {"tokens": TOKENS, "log_z": log_z, **result}
    params = {"temperature": temperature, **({"rolls": 20, "seed": 5} if action == "roll" else {})}
    return ("run", "next-word", {"prompt": prompt, "action": action, "params": params, "result": found})


def rolled(prompt="a", temperature=1.0):
    kind, field, value = run(prompt, "roll", temperature)
    if temperature:
        shares = [math.exp(t["logprob"] / temperature - value["result"]["log_z"]) for t in TOKENS]
    else:
        shares = [1.0] + [0.0] * 9
    weights = [*shares, max(0.0, 1 - sum(shares))]
    counts = Counter(random.Random(5).choices(range(11), weights=weights, k=20))
    value["result"]["counts"] = [counts[n] for n in range(11)]
    return kind, field, value


def test_a_bet_counts_only_before_the_first_look_and_once_for_each_prompt():
    def call():
        return checks.bets_before_runs(points=4, minimum=4)

    assert given_events(call, bet("a"), run("a"), bet("b"), run("b")) == 2
    assert given_events(call, run("a"), bet("a"), run("a")) == 0
    assert given_events(call, bet("a"), bet("a", "dog"), run("a")) == 1
    assert given_events(call, bet("a", "  "), run("a")) == 0
    assert given_events(call, bet("a")) == 0
    assert given_events(call, bet("a"), run("a", "temperature", 2.0), bet("b"), run("b", "complete")) == 2


def test_different_temperatures_on_one_prompt_count():
    def call():
        return checks.temperatures_tried(points=3, prompts=1, settings=3)

    runs = [run("a"), run("a", "temperature", 0.5), run("a", "temperature", 0.5), run("b", "temperature", 2.0)]
    assert given_events(call, *runs) == 2
    assert given_events(call, *runs, run("a", "temperature", 0)) == 3
    assert given_events(call) == 0


def test_rolls_are_counted_over_all_prompts_and_forged_counts_are_not():
    def call():
        return checks.rolls_made(points=2, minimum=40)

    assert given_events(call, rolled("a")) == 1
    assert given_events(call, rolled("a"), rolled("b"), rolled("b")) == 2
    assert given_events(call, run("a", "roll", counts=["x"] * 11), run("a", "roll", counts=[-5] * 11)) == 0


def test_a_verdict_counts_after_the_sentence_is_there():
    def call():
        return checks.completions_judged(points=2, minimum=2)

    verdict = ("choice", "verdict-a", "wrong")
    assert given_events(call, run("a", "complete"), verdict) == 1
    assert given_events(call, verdict, run("a", "complete")) == 0
    assert given_events(call, run("a", "complete"), ("choice", "verdict-a", "maybe")) == 0


def test_a_closed_choice_takes_the_last_pick():
    def call():
        return checks.closed_choice(points=1, field="q", answer="b")

    assert given_events(call, ("choice", "q", "a"), ("choice", "q", "b")) == 1
    assert given_events(call, ("choice", "q", "b"), ("choice", "q", "a")) == 0
    assert given_events(call, ("answer", "q", "b")) == 0
    assert given_events(lambda: checks.closed_choice(1, "q", {"3", "4"}), ("choice", "q", 4)) == 1


@pytest.mark.parametrize("temperature", [1.0, 0.4, 2.0, 0])
def test_pictures_and_rolls_follow_from_their_record(temperature):
    def call():
        return checks.pictures_recomputed(points=2)

    assert given_events(call, run("a", "temperature", temperature), rolled("a", temperature)) == 2


def test_pictures_that_do_not_follow_earn_their_share_of_nothing():
    def call():
        return checks.pictures_recomputed(points=2)

    forged = run("a", tokens=[{"token": "x", "logprob": 0.5}])
    too_much = run("a", tokens=[{"token": "x", "logprob": -0.1}] * 10)
    wrong_dice = run("a", "roll", counts=[20] + [0] * 10)
    assert given_events(call, forged, too_much, wrong_dice) == 0
    assert given_events(call, run("a"), forged) == 1
    assert given_events(call) == 0


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("74%", 0),
        ("0.84", 2),
        ("84", 2),
        ("About 84 percent, I think", 2),
        ("0,84", 2),
        ("80 %", 1),
        ("40%", 0),
        ("no idea", 0),
        ("9" * 400, 0),
    ],
)
def test_a_number_is_worked_out_again(said, points):
    def call():
        return checks.number_recomputed(2, "sum", what="sum-of-shown", prompt="a")

    assert given_events(call, run("a"), ("answer", "sum", said)) == points


def test_every_number_that_can_be_asked_for():
    steps = [run("a", bet_rank=2), rolled("a")]
    share = steps[1][2]["result"]["counts"][0] / 20
    wanted = {"top-probability": 0.4, "bet-probability": 0.2, "rest-probability": 0.16, "top-share": share}
    for what, value in wanted.items():
        answer = ("answer", "n", f"{value:.2%}")
        assert given_events(lambda what=what: checks.number_recomputed(1, "n", what=what), *steps, answer) == 1


def test_sources_count_whole_or_half():
    whole = {"kind": "web", "title": "T", "authors": [], "who": "w", "evidence": "e", "others": "o", "seen": "2026"}
    begun = {**whole, "who": ""}
    empty = {**whole, "title": "", "who": "", "evidence": "", "others": " "}

    def call():
        return checks.sources_logged(points=2, minimum=2)

    assert given_events(call, ("source", "s1", whole), ("source", "s2", {**whole, "title": "", "authors": ["A"]})) == 2
    assert given_events(call, ("source", "s1", whole), ("source", "s2", begun)) == 1.5
    assert given_events(call, ("source", "s1", empty)) == 0
    assert given_events(call, ("source", "s1", whole), ("source", "s1", None)) == 0


def test_a_claim_must_link_to_what_is_there():
    def call():
        return checks.claim_linked(points=2, field="c", minimum=2)

    claim = {"claim": "It guesses.", "evidence": ["run-1", "run-1", "run-9"], "reasoning": ""}
    assert given_events(call, run("a"), ("claim", "c", claim)) == 1
    both = {**claim, "evidence": ["run-1", "s1"]}
    assert given_events(call, run("a"), ("source", "s1", {"title": "T"}), ("claim", "c", both)) == 2
    assert given_events(call, run("a"), ("claim", "c", {**both, "claim": " "})) == 0


def test_points_say_why():
    found = given_events(lambda: checks.bets_before_runs(points=4, minimum=4), bet("a"), run("a"))
    assert found.because == "1 of 4 bets came before the machine's answer."
    assert repr(found) == "1.0"


ALL = [
    lambda: checks.bets_before_runs(4, 4),
    lambda: checks.temperatures_tried(4),
    lambda: checks.rolls_made(4),
    lambda: checks.completions_judged(4),
    lambda: checks.closed_choice(4, "q", "a"),
    lambda: checks.number_recomputed(4, "q", what="top-share"),
    lambda: checks.number_recomputed(4, "q", what="bet-probability"),
    lambda: checks.pictures_recomputed(4),
    lambda: checks.sources_logged(4),
    lambda: checks.claim_linked(4, "q"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
RUN = st.fixed_dictionaries(
    {
        "prompt": JSON,
        "action": st.sampled_from(["reveal", "temperature", "roll", "complete"]),
        "params": st.fixed_dictionaries({"temperature": JSON, "rolls": JSON, "seed": JSON}),
        "result": st.fixed_dictionaries({"tokens": JSON, "log_z": JSON, "counts": JSON, "bet_rank": JSON}),
    }
)
KINDS = st.sampled_from(["answer", "choice", "prediction", "source", "citation", "claim", "statement", "ai", "submit"])
STEP = st.tuples(KINDS, st.just("q"), JSON) | st.tuples(st.just("run"), st.just("q"), RUN | JSON)


@settings(max_examples=200, deadline=None)
@given(st.lists(STEP, max_size=6))
def test_no_journal_makes_a_check_fail_or_give_too_much(steps):
    for call in ALL:
        assert 0 <= given_events(call, *steps) <= 4


def test_by_hand_the_journal_beside_the_notebook_is_looked_at(tmp_path, monkeypatch):
    Journal(tmp_path).append("choice", "q", "a")
    monkeypatch.chdir(tmp_path)
    assert checks.closed_choice(1, "q", "a") == 1


def test_by_hand_the_sessions_journal_is_looked_at_next(tmp_path, monkeypatch):
    Journal(tmp_path / "work").append("choice", "q", "a")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIT_SESSION_WORK", str(tmp_path / "work"))
    assert checks.closed_choice(1, "q", "a") == 1


def test_checks_are_cheap_to_import():
    heavy = ("nbgrader", "nbconvert", "sqlalchemy", "pydantic")
    program = f"import sys; from kit.grading import checks; sys.exit(any(name in sys.modules for name in {heavy}))"
    subprocess.run([sys.executable, "-c", program], check=True)
