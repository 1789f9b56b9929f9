"""Journals written by hand, for every check of every lesson: none raises, is slow, or earns what wasn't done."""

from __future__ import annotations

import itertools
import math
import time
from functools import cache
from typing import Any

import nbformat
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kit.experiments import describe, experiment_names
from kit.experiments.guess_about_me.survey import BOARD
from kit.grading.verdict import decide
from kit.journal import Event
from kit.lessons import load_catalogue
from kit.settings import content_root

CATALOGUE = load_catalogue(content_root())
LONGEST = 5.0  # seconds of one processor for one check on the worst journal; an honest one takes thousandths
MANY = 5_000
FELL_OVER = "could not be done"

Step = tuple[str, str, Any]


@cache
def cells(slug: str) -> tuple[tuple[str, float, str], ...]:
    notebook = nbformat.read(content_root() / "assignments" / "source" / slug / f"{slug}.ipynb", as_version=4)
    about = ((cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells)
    return tuple(
        (str(one["grade_id"]), float(one["points"]), str(cell.source))
        for cell, one in about
        if str(one.get("grade_id", "")).startswith("check-")
    )


CHECKS = [(slug, *cell) for slug in CATALOGUE.slugs for cell in cells(slug)]


def events(steps: list[Step]) -> list[Event]:
    return [
        Event(seq, "2026-11-22T00:00:00.000+00:00", kind, field, value, "", "")  # type: ignore[arg-type]
        for seq, (kind, field, value) in enumerate(steps, 1)
    ]


def run(field: str, action: str, params: Any, result: Any = None) -> Step:
    return ("run", field, {"action": action, "about": "", "params": params, "result": {} if result is None else result})


def letters(text: str) -> dict[str, Any]:
    return {"tokens": [{"id": 1, "bytes": list(letter.encode())} for letter in text]}


def nest(depth: int) -> list[Any]:
    found: list[Any] = ["a"]
    for _ in range(depth):
        found = [found]
    return found


FIELDS = ("precision", "recall", "family-pieces", "my-ratio", "smallest-crowd", "my-claim", "which-taught", "made-up")


def answers(text: str) -> list[Step]:
    return [("answer", field, text) for field in FIELDS]


def rules_tried() -> list[Step]:
    zero = dict.fromkeys(("caught", "missed", "false_alarms", "left_alone"), 0)
    told = [[f"w{number} {word}" for word in range(8)] for number in range(MANY)]
    return [
        run("scam-filter", ("try", "test")[number % 2], {"rules": rules, "unless": "a"}, zero)
        for number, rules in enumerate(told)
    ]


def lessons_taught() -> list[Step]:
    return [
        run("scam-filter", "learn", {"examples": 140, "wrong_labels": bool(number % 2), "seed": 7}, {"caught": True})
        for number in range(MANY)
    ]


def messages_made() -> list[Step]:
    first = run("scam-filter", "test", {"rules": ["zzz", "yyy", "xxx"], "unless": ""})
    said = {"says": "fine", "wants": ""}
    return [first, *(run("scam-filter", "fool", {"text": f"{n} {'q w e r ' * 18}", **said}) for n in range(MANY))]


def texts_cut() -> list[Step]:
    texts = [f"{number}{'x' * 150}" for number in range(1_000)]
    return [run("token-explorer", "split", {"text": text}, letters(text)) for text in texts]


def languages_cut() -> list[Step]:
    text = "x" * 200
    params = [{"language": f"l{number}", "name": "", "text": text} for number in range(350)]
    cut = [run("token-explorer", "language", one, letters(text)) for one in params]
    return [*cut, *(run("token-explorer", "budget", {"budget": number % 60 + 1}) for number in range(MANY))]


def clicks_at_the_desk() -> list[Step]:
    actions = itertools.cycle(("open", "evidence", "verdict", "mark", "search", "who"))
    params = {"page": "growers-records", "site": "growers", "query": "x"}
    result = {"picked": True, "verdict": "supported", "mark": "accept", "cite": "growers-records"}
    return [
        run("lateral-reading", action, {"claim": number % 9, **params}, result)
        for number, action in zip(range(MANY), actions, strict=False)
    ]


def every_setting() -> list[Step]:
    levels = itertools.product(*([level.id for level in fact.levels] for fact in BOARD.values()))
    every = itertools.cycle(dict(zip(BOARD, one, strict=True)) for one in levels)
    return [run("guess-about-me", "crowd", {"setting": next(every)}) for _ in range(MANY)]


def long_lists() -> list[Step]:
    many = ["a"] * 500_000
    return [
        run("guess-about-me", "find", {"character": "rowan", "clues": many}),
        run("guess-about-me", "redact", {"draft": "homework", "hidden": many}),
        run("lateral-reading", "search", {"claim": 1, "query": "x" * 1_000_000}),
        ("prediction", "lateral-reading", {"wrong": many, "most": 1}),
        ("prediction", "token-explorer", {"text": "x", "pieces": 1, "cuts": [1] * 500_000}),
        ("claim", "my-claim", {"claim": "a", "evidence": many}),
    ]


def nested() -> list[Step]:
    deep = nest(900)
    kinds = ("answer", "choice", "prediction", "run", "claim", "statement")
    plain = [(kind, field, deep) for kind in kinds for field in (*FIELDS, *experiment_names())]
    inside = [run(name, action, {"text": deep, "claim": deep}, deep) for name in experiment_names() for action in "ab"]
    source = dict.fromkeys(("title", "authors", "who", "evidence", "others"), deep)
    claim = {"claim": deep, "evidence": deep, "reasoning": deep}
    return [*plain, *inside, ("source", "source-1", source), ("claim", "my-claim", claim)]


HOSTILE = {
    "rules": rules_tried,
    "taught": lessons_taught,
    "made": messages_made,
    "texts": texts_cut,
    "languages": languages_cut,
    "desk": clicks_at_the_desk,
    "settings": every_setting,
    "lists": long_lists,
    "nested": nested,
    "digits": lambda: answers("9" * 1_000_000),
    "fractions": lambda: answers("1 of " * 200_000),
    "spaces": lambda: answers("1" + " " * 1_000_000 + "of"),
    "sizes": lambda: [("choice", field, 10**400) for field in FIELDS],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_check_of_any_lesson_falls_over_or_takes_long(name: str) -> None:
    journal = events(HOSTILE[name]())
    for slug, cell, points, source in CHECKS:
        start = time.process_time()
        verdict = decide(source, points, journal, content_root())
        spent = time.process_time() - start
        assert 0 <= verdict.points <= points, (slug, cell)
        assert FELL_OVER not in verdict.note, (slug, cell, verdict.note)
        assert spent < LONGEST, (slug, cell, round(spent, 2))


@pytest.mark.parametrize("name", ["rules", "taught", "texts", "languages", "nested", "lists", "sizes"])
def test_much_of_nothing_earns_nothing(name: str) -> None:
    journal = events(HOSTILE[name]())
    earned = {
        (slug, cell): decide(source, points, journal, content_root()).points for slug, cell, points, source in CHECKS
    }
    # Cuts without a bet are work of a kind; a journal of nothing but cuts shows texts of one's own.
    allowed = {("how-a-machine-reads", "check-kinds")}
    assert {key for key, points in earned.items() if points} <= allowed


NAMES = st.sampled_from([*experiment_names(), *FIELDS, "word-bet", "how-many-alone", "field-guide-find-1"])
ODD = st.sampled_from([True, -1, 10**400, math.nan, math.inf, "", "\ud800", "\u202e", "__proto__", "=1+1", "<script>"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | ODD | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)
# fmt: off
WORDS = [
    "try", "test", "learn", "fool", "split", "language", "budget", "search", "open", "who", "evidence", "verdict",
    "mark", "find", "crowd", "guess", "redact", "notice", "reveal", "roll", "complete", "temperature",
]
KEYS = [
    "rules", "unless", "examples", "wrong_labels", "seed", "text", "says", "wants", "language", "budget", "claim",
    "page", "site", "query", "character", "clues", "setting", "target", "likes", "draft", "hidden", "notice", "marks",
    "temperature", "rolls",
]
# fmt: on
PARAMS = st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5) | ANYTHING
RUN = st.fixed_dictionaries({"action": st.sampled_from(WORDS) | ANYTHING, "params": PARAMS, "result": ANYTHING})
KINDS = st.sampled_from(["run", "prediction", "answer", "choice", "claim", "source", "statement", "open"])
STEPS = st.lists(st.tuples(st.just("run"), NAMES, RUN) | st.tuples(KINDS, NAMES, ANYTHING), max_size=8)


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])  # to shrink takes minutes
@given(steps=STEPS)
def test_whatever_is_in_a_journal_every_check_gives_points_and_a_reason(steps: list[Step]) -> None:
    journal = events(steps)
    for slug, cell, points, source in CHECKS:
        verdict = decide(source, points, journal, content_root())
        assert 0 <= verdict.points <= points
        assert verdict.note
        assert FELL_OVER not in verdict.note, (slug, cell, verdict.note)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_whatever_a_run_is_it_gets_a_label_of_text_or_none(steps: list[Step]) -> None:
    for event in events(steps):
        label = describe(event, CATALOGUE["who-says"])
        assert label is None or (isinstance(label.text, str) and isinstance(label.about, str))


def test_a_label_that_is_a_list_or_has_no_end_is_one_that_cannot_be_read() -> None:
    listed = run("guess-about-me", "test", {}, {"right": 1, "total": 2, "baseline": 1})
    listed[2]["about"] = ["<b>"]
    endless = run("lateral-reading", "evidence", {"claim": 1}, {"picked": True, "title": nest(5_000), "site": ""})
    for event in events([listed, endless]):
        label = describe(event, CATALOGUE["who-says"])
        assert label is not None
        assert "can't be read" in label.text


@pytest.mark.parametrize("name", experiment_names())
@pytest.mark.parametrize("odd", [[], {}, None, 1, "no such"], ids=repr)
def test_a_run_of_no_known_action_costs_the_others_nothing(name: str, odd: Any) -> None:
    journal = events([run(name, odd, {}), run(name, odd, odd, odd)])
    for slug, cell, points, source in CHECKS:
        assert FELL_OVER not in decide(source, points, journal, content_root()).note, (slug, cell)


# To get points without the work


def earned(slug: str, cell: str, *steps: Step) -> float:
    [(points, source)] = [(points, source) for name, points, source in cells(slug) if name == cell]
    return decide(source, points, events(list(steps)), content_root()).points


def test_a_claim_can_not_rest_on_having_opened_the_page_or_on_itself() -> None:
    claim = {"claim": "It is so.", "evidence": ["open-1", "answer-2", "claim-3", "choice-4"], "reasoning": ""}
    steps: list[Step] = [("open", "x", {}), ("answer", "a", "b"), ("claim", "my-claim", claim), ("choice", "c", "d")]
    for slug in CATALOGUE.slugs:
        assert earned(slug, "check-claim", *steps) == 0


def test_whoever_believes_all_and_takes_any_page_for_proof_is_right_about_nothing() -> None:
    steps: list[Step] = [("prediction", "lateral-reading", {"wrong": [], "most": 1})]
    page = {"page": "bugle-bridge"}  # on none of the sentences
    for claim in range(1, 9):
        steps += [
            run("lateral-reading", "open", {"claim": claim, **page}),
            run("lateral-reading", "evidence", {"claim": claim, **page}, {"picked": True}),
            run("lateral-reading", "verdict", {"claim": claim}, {"verdict": "supported"}),
        ]
    assert earned("who-says", "check-verdicts", *steps) == 0


@pytest.mark.parametrize("query", ["", "   ", "the of and", "???", None, 7])
def test_whoever_asks_for_nothing_has_not_searched(query: Any) -> None:
    verdict = run("lateral-reading", "verdict", {"claim": 3}, {"verdict": "not-found"})
    search = run("lateral-reading", "search", {"claim": 3, "query": query})
    assert earned("who-says", "check-verdicts", search, verdict) == 0
    real = run("lateral-reading", "search", {"claim": 3, "query": "ice cream study"})
    assert earned("who-says", "check-verdicts", real, verdict) == 1


def test_thousands_of_drafts_before_it_cost_no_point() -> None:
    drafts: list[Step] = [("answer", "field-guide", f"Draft {number}") for number in range(5_000)]
    bet: Step = ("prediction", "token-explorer", {"text": "cat", "pieces": 1, "cuts": None})
    cut = run("token-explorer", "split", {"text": "cat"}, {"tokens": [{"id": 1, "bytes": list(b"cat")}]})
    find: Step = ("claim", "field-guide-find-1", {"claim": "Whole.", "evidence": ["run-1"], "reasoning": ""})
    before = earned("how-a-machine-reads", "check-bets", bet, cut)
    assert before > 0
    assert earned("how-a-machine-reads", "check-bets", *drafts, bet, cut) == before
    assert earned("how-a-machine-reads", "check-finds", *drafts, bet, cut, find) == 0  # the run is another
    find[2]["evidence"] = [f"run-{len(drafts) + 2}"]
    assert earned("how-a-machine-reads", "check-finds", *drafts, bet, cut, find) > 0
