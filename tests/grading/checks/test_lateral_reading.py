"""What the checks on the desk give: for honest work, for half of it, for clicking alone, and for nonsense."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.experiments.lateral_reading import load
from kit.grading import checks
from kit.journal import Event
from kit.settings import content_root

WEB = load(content_root() / "notebooks" / "lessons" / "who-says" / "data")
KEY = "s c cn s c s s s"
GUESS = ("prediction", "lateral-reading", {"prompt": "answer", "bet": "1 of 8", "wrong": [6], "most": 6})
ALL = {
    "guess": lambda: checks.guess_before_looking(points=1),
    "judged": lambda: checks.claims_judged(points=6, key=KEY, enough=6),
    "errors": lambda: checks.errors_found(points=3, key=KEY),
    "sources": lambda: checks.independent_sources(points=3, claims=6),
    "who": lambda: checks.sites_looked_up(points=2, minimum=4),
    "cited": lambda: checks.answer_cited(points=2, cited=4),
}


def events(*steps):
    return [
        Event(seq, "2026-11-22T00:00:00.000+00:00", kind, field, value, "", "")
        for seq, (kind, field, value) in enumerate(steps, 1)
    ]


def points(name, *steps):
    with checks.bound_to(events(*steps), content_root()):
        return ALL[name]()


def step(action, claim, result=None, **params):
    return ("run", "lateral-reading", {"action": action, "params": {"claim": claim, **params}, "result": result or {}})


def search(claim):
    return step("search", claim, query="otter")


def evidence(claim, *pages, who=True):
    done = []
    for page in pages:
        done.append(step("open", claim, page=page))
        if who:
            done.append(step("who", claim, site=WEB.pages[page].site))
        done.append(step("evidence", claim, {"picked": True}, page=page))
    return done


def verdict(claim, found):
    return step("verdict", claim, {"verdict": found})


def mark(claim, what, cite=None):
    return step("mark", claim, {"mark": what, "cite": cite})


HONEST = {
    1: ("supported", "ledger-first-race", "library-race-clock"),
    2: ("contradicted", "growers-records", "scales-certificates"),
    3: ("contradicted", "library-journal", "boatlab-ice-cream"),
    4: ("supported", "tolliver-pumpkins", "echo-pigs"),
    5: ("contradicted", "rivers-wren-report", "water-numbers"),
    6: ("supported", "ledger-otter-stops-race", "rivers-log-2014"),
    7: ("supported", "echo-band", "boatlab-hum"),
    8: ("supported", "museum-apple-line", "chronicle-1931"),
}


def honest(*claims):
    done = [GUESS]
    for claim in claims or HONEST:
        found, *pages = HONEST[claim]
        done += [search(claim), *evidence(claim, *pages), verdict(claim, found)]
    return done


def marked():
    done = honest()
    for claim, (found, page, _) in HONEST.items():
        done.append(mark(claim, "accept" if found == "supported" else "reject", page if found == "supported" else None))
    return done


def test_the_whole_work_gets_all_points():
    assert {name: float(points(name, *marked())) for name in ALL} == {
        "guess": 1,
        "judged": 6,
        "errors": 3,
        "sources": 3,
        "who": 2,
        "cited": 2,
    }


def test_an_empty_journal_gets_nothing_and_a_reason():
    for name in ALL:
        found = points(name)
        assert found == 0, name
        assert found.because


def test_the_guess_must_come_before_the_first_look_and_may_be_any():
    assert points("guess", GUESS) == 1
    assert points("guess", GUESS, search(1)) == 1
    assert points("guess", search(1), GUESS) == 0
    assert points("guess", ("prediction", "lateral-reading", {"wrong": [], "most": 2}), search(1)) == 1


def test_six_right_verdicts_give_all_points_and_three_give_half():
    assert points("judged", *honest(1, 2, 3, 4, 5, 6)) == 6
    assert points("judged", *honest(1, 2, 3)) == 3
    assert points("judged", *honest(), verdict(1, "contradicted")) == 6  # the last one counts; seven are right


def test_a_verdict_without_anything_looked_at_is_only_a_click():
    assert points("judged", GUESS, *(verdict(claim, found) for claim, (found, *_) in HONEST.items())) == 0
    assert points("judged", GUESS, verdict(3, "not-found")) == 0
    assert points("judged", GUESS, search(3), verdict(3, "not-found")) == 1


def test_doubting_everything_finds_no_error():
    doubt = [GUESS]
    for claim, (_, *pages) in HONEST.items():
        doubt += [*evidence(claim, *pages), verdict(claim, "contradicted")]
    assert points("errors", *doubt) == 0
    assert points("errors", *honest(2, 3, 5)) == 3
    assert points("errors", *honest(2)) == 1
    one_wrong = [*honest(2, 3, 5), *evidence(6, "forum-otter-fake"), verdict(6, "contradicted")]
    assert points("errors", *one_wrong) == 2


def test_not_found_is_right_for_the_journal_that_does_not_exist_and_for_nothing_else():
    for claim in HONEST:
        found = points("errors", GUESS, search(claim), verdict(claim, "not-found"))
        assert found == (1 if claim == 3 else 0)


@pytest.mark.parametrize(
    ("claim", "pages", "whole"),
    [
        (2, ("growers-records", "ledger-record-boat"), 1.0),
        (2, ("growers-records",), 0.5),
        (2, ("topwonders-pumpkins", "amazefacts-pumpkins"), 0.0),  # they say the opposite of the verdict
        (6, ("ledger-otter-stops-race", "chronicle-otter-reprint"), 0.5),  # printed again
        (6, ("rivers-log-2014", "ledger-otter-stops-race"), 1.0),
        (5, ("otters-timeline", "otters-thank"), 0.5),  # one owner, and one of the pages says the opposite
        (8, ("museum-apple-line", "wiki-bridge"), 0.5),  # the wiki has it from the museum
        (7, ("bugle-bridge", "visit-bridge"), 0.0),  # neither says anything about the claim
    ],
)
def test_copies_and_sister_sites_are_one_source(claim, pages, whole):
    done = [GUESS, *evidence(claim, *pages), verdict(claim, HONEST[claim][0])]
    with checks.bound_to(events(*done), content_root()):
        assert checks.independent_sources(points=1, claims=1) == whole


def test_a_page_that_says_the_opposite_is_no_source_and_may_be_weighed():
    weighed = [GUESS, *evidence(8, "museum-apple-line", "library-bridge-age", "visit-bridge"), verdict(8, "supported")]
    with checks.bound_to(events(*weighed), content_root()):
        assert checks.independent_sources(points=1, claims=1) == 1
    only = [GUESS, *evidence(8, "visit-bridge"), verdict(8, "supported")]
    with checks.bound_to(events(*only), content_root()):
        found = checks.independent_sources(points=1, claims=1)
    assert found == 0
    assert found.because.endswith("Most pages picked don't speak for the verdict: sentence 8.")


def test_having_found_nothing_stands_on_pages_that_say_so_and_not_on_the_press_release():
    for pages, whole in ((("library-journal", "boatlab-ice-cream"), 1), (("frostwick-champions",), 0)):
        done = [GUESS, search(3), *evidence(3, *pages), verdict(3, "not-found")]
        with checks.bound_to(events(*done), content_root()):
            assert checks.independent_sources(points=1, claims=1) == whole


@pytest.mark.parametrize("found", ["supported", "contradicted"])
def test_to_pick_every_page_is_not_to_choose(found):
    done = [GUESS]
    for claim in HONEST:
        done += [search(claim), *evidence(claim, *WEB.pages), verdict(claim, found)]
        done.append(mark(claim, "accept", "mediawatch-press-releases"))
    assert {name: float(points(name, *done)) for name in ("judged", "errors", "sources")} == {
        "judged": 0,
        "errors": 0,
        "sources": 0,
    }
    cited = points("cited", *done)
    assert cited == 1  # half for the marks; none of the sentences stands on that page
    assert cited.because.endswith("doesn't say it: sentence 1, 2, 3, 4, 5, 6, 7, 8.")


def test_a_site_that_says_nothing_about_the_sentence_was_not_looked_into_for_its_word():
    pages = ("bugle-bridge", "mediawatch-clickbarrel", "frostwick-flavors", "forum-first-boat")
    assert points("who", GUESS, *evidence(8, *pages), verdict(8, "supported")) == 0


def test_a_kept_sentence_needs_a_page_that_says_the_same():
    base = [GUESS, *evidence(8, "museum-apple-line", "visit-bridge"), verdict(8, "supported")]
    for page, whole in (("museum-apple-line", 9), ("visit-bridge", 1)):
        with checks.bound_to(events(*base, mark(8, "accept", page)), content_root()):
            assert checks.answer_cited(points=16, cited=1) == whole


def test_two_sites_that_copied_one_number_are_one_source_also_for_who_believes_it():
    done = [GUESS, *evidence(2, "topwonders-pumpkins", "wiki-regatta"), verdict(2, "supported")]
    with checks.bound_to(events(*done), content_root()):
        assert checks.independent_sources(points=1, claims=1) == 0.5


def test_who_is_behind_it_must_be_asked_before_the_verdict():
    pages = HONEST[6][1:]
    before = [GUESS, *evidence(6, *pages), verdict(6, "supported")]
    after = [GUESS, *evidence(6, *pages, who=False), verdict(6, "supported"), step("who", 6, site="ledger")]
    assert points("who", *before) == 1
    assert points("who", *after) == 0
    assert points("who", GUESS, *(step("who", 1, site=site) for site in WEB.sites)) == 0  # none of them was used


def test_a_page_that_was_never_opened_is_no_evidence():
    picked = [step("evidence", 2, {"picked": True}, page=page) for page in HONEST[2][1:]]
    done = [GUESS, *picked, verdict(2, "contradicted"), mark(2, "accept", "growers-records")]
    assert points("judged", *done) == 0
    assert points("sources", *done) == 0
    assert points("cited", *done) == pytest.approx(2 * (1 / 8) / 2, abs=0.01)


def test_a_revised_sentence_must_be_written_and_cite_a_page_of_ones_own():
    base = [*honest(2), mark(2, "revise", "growers-records")]
    written = ("answer", "lateral-reading-sentence-2", "The heaviest boat weighed 1,490 pounds.")
    with checks.bound_to(events(*base), content_root()):
        assert checks.answer_cited(points=16, cited=1) == 1
    with checks.bound_to(events(*base, written), content_root()):
        assert checks.answer_cited(points=16, cited=1) == 9
    with checks.bound_to(events(*honest(2), mark(2, "revise", "ledger-pigs"), written), content_root()):
        assert checks.answer_cited(points=16, cited=1) == 1
    cut = [*honest(), *(mark(claim, "reject") for claim in HONEST)]
    assert points("cited", *cut) == 1  # who cuts everything has no sentence with a source


def test_a_journal_of_clicks_by_hand_does_not_get_beyond_what_it_shows():
    forged = [GUESS, *(step("who", 1, site=site) for site in WEB.sites), *(verdict(c, "supported") for c in HONEST)]
    assert {name: float(points(name, *forged)) for name in ALL} == {
        "guess": 1,
        "judged": 0,
        "errors": 0,
        "sources": 0,
        "who": 0,
        "cited": 0,
    }


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(math.nan) | st.just(math.inf) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
SHAPED = st.builds(
    step,
    st.sampled_from(["search", "open", "who", "evidence", "verdict", "mark", "dance"]),
    st.sampled_from([1, 2, 3, 99, True, "2", None]),
    ANYTHING,
    page=st.sampled_from(["growers-records", "gone"]) | ANYTHING,
    site=st.sampled_from(["growers"]) | ANYTHING,
    query=ANYTHING,
)
PLAIN = st.tuples(
    st.sampled_from(["run", "prediction", "answer"]),
    st.sampled_from(["lateral-reading", "lateral-reading-sentence-2"]),
    ANYTHING,
)


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(SHAPED | PLAIN, max_size=8))
def test_no_journal_makes_a_check_fail(steps):
    for name in ALL:
        assert 0 <= points(name, *steps) <= 6
