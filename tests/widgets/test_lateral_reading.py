"""The lateral-reading desk: the guess comes first, only what was read can be picked, the key stays in Python."""

from __future__ import annotations

import json

import pytest

from kit.errors import LessonError
from kit.experiments.lateral_reading import load, read
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.widgets.claim import Claim
from kit.widgets.desk import Desk
from kit.widgets.exercises import find_exercise
from kit.widgets.exercises.lateral_reading import LateralReading
from kit.widgets.exercises.lateral_reading.views import cite_page, correct
from kit.widgets.sources import Sources

from .conftest import Page

WEB = load(content_root() / "notebooks" / "lessons" / "who-says" / "data")


@pytest.fixture
def lesson():
    return load_catalogue(content_root())["who-says"]


@pytest.fixture
def guess(desk):
    return Page(LateralReading(desk, "guess"), client="guess")


@pytest.fixture
def check(desk, guess):
    card = LateralReading(desk, "check")
    assert guess.send("guess", wrong=[7, 6, 6], most=6)["ok"]
    return Page(card, client="check")


@pytest.fixture
def answer(desk):
    return Page(LateralReading(desk, "answer", into="corrected-answer"), client="answer")


def claim(page, number):
    return page.card.data["claims"][number - 1]


def take(page, number, *names):
    for name in names:
        page.send("open", claim=number, page=name)
        assert page.send("evidence", claim=number, page=name, picked=True)["ok"]


def test_it_is_found_by_its_name_and_a_wrong_part_is_told(desk):
    assert find_exercise("lateral-reading") is LateralReading
    with pytest.raises(LessonError):
        LateralReading(desk, "nope")


# The guess


def test_a_guess_is_kept_once_and_can_not_be_changed(guess, written):
    assert not guess.card.done
    assert guess.send("guess", wrong=[2, 6], most=6)["ok"]
    assert not guess.send("guess", wrong=[3], most=3)["ok"]
    (event,) = written()
    assert (event.kind, event.field) == ("prediction", "lateral-reading")
    assert event.value == {"prompt": "answer", "bet": "2 of 8 are wrong; number 6 the most", "wrong": [2, 6], "most": 6}
    assert guess.card.done


@pytest.mark.parametrize(
    "body",
    [
        {"wrong": [9], "most": 1},
        {"wrong": [1], "most": 0},
        {"wrong": ["1"], "most": 1},
        {"wrong": [True], "most": 1},
        {"wrong": [1] * 100, "most": 1},
        {"wrong": [1]},
        {"wrong": [1], "most": 1, "score": 20},
    ],
)
def test_a_guess_that_is_none_is_refused(guess, written, body):
    assert not guess.send("guess", **body)["ok"]
    assert written() == ()


def test_nothing_opens_before_the_guess(desk, guess, written):
    page = Page(LateralReading(desk, "check"))
    for kind, more in (
        ("search", {"query": "otter"}),
        ("open", {"page": "ledger-pigs"}),
        ("who", {"site": "ledger"}),
        ("evidence", {"page": "ledger-pigs", "picked": True}),
        ("verdict", {"verdict": "not-found"}),
    ):
        reply = page.send(kind, claim=1, **more)
        assert (reply["ok"], reply["code"]) == (False, "message-refused")
    assert written() == ()
    assert page.card.data["guess"] is None


# The small web


def test_a_search_is_recorded_with_what_it_found_and_can_be_run_again(check, written):
    reply = check.send("search", claim=2, query="heaviest pumpkin boat")
    run = written()[-1].value
    assert run["params"] == {"claim": 2, "query": "heaviest pumpkin boat"}
    assert run["result"]["pages"] == WEB.index.search("heaviest pumpkin boat")
    assert [one["id"] for one in reply["result"]["results"]] == run["result"]["pages"]
    assert reply["result"]["results"][0]["site"] == "Amaze-Facts"
    assert all(len(one["excerpt"]) <= 172 for one in reply["result"]["results"])
    assert check.send("search", claim=2, query="zebra")["result"]["results"] == []


def test_a_page_comes_with_its_site_and_its_links_and_without_what_it_proves(check):
    page = check.send("open", claim=2, page="wiki-regatta")["result"]
    assert page["site"] == {"id": "wiki", "name": "Regatta Wiki", "address": "regattawiki.example", "look": "plain"}
    assert page["address"] == "regattawiki.example/wiki/Great_Pumpkin_Regatta"
    assert page["date"] == "September 30, 2024"
    assert {
        "id": "topwonders-pumpkins",
        "title": WEB.pages["topwonders-pumpkins"].title,
        "site": "Top Wonders Daily",
    } in (page["links"])
    assert set(page) == {"id", "title", "author", "date", "address", "site", "paragraphs", "links"}


def test_who_is_behind_a_site_is_told_in_two_ways(check, written):
    site = check.send("who", claim=2, site="topwonders")["result"]
    assert "expert team" in site["about"]
    assert site["others"]["by"] == "Marlow Media Watch"
    assert "ClickBarrel Media" in site["others"]["text"]
    assert check.send("who", claim=1, site="paddletalk")["result"]["others"] is None
    assert [event.value["params"]["site"] for event in written()[1:]] == ["topwonders", "paddletalk"]


@pytest.mark.parametrize("query", ["", "   ", "?!", "the of", "\u200b"])
def test_a_search_for_nothing_is_no_run_and_says_what_to_type(check, written, query):
    before = written()
    reply = check.send("search", claim=2, query=query)
    assert (reply["ok"], reply["code"]) == (False, "message-refused")
    assert "two or three" in reply["mend"]
    assert written() == before


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("open", {"page": "no-such-page"}),
        ("open", {"page": "../../../roster.csv"}),
        ("open", {"page": "x" * 65}),
        ("who", {"site": "nobody"}),
        ("search", {"query": "x" * 81}),
        ("search", {"query": 7}),
        ("evidence", {"page": "ledger-pigs", "picked": True}),  # not opened yet
        ("evidence", {"page": "ledger-pigs", "picked": "yes"}),
        ("verdict", {"verdict": "supported"}),  # no evidence
        ("verdict", {"verdict": "not-found"}),  # no search
        ("verdict", {"verdict": "true"}),
        ("reason", {"text": "x" * 2001}),
        ("mark", {"mark": "accept", "cite": ""}),  # belongs to another part
    ],
)
def test_what_can_not_be_is_refused_and_not_written(check, written, kind, more):
    before = written()
    assert not check.send(kind, claim=1, **more)["ok"]
    assert not check.send(kind, claim=9, **more)["ok"]
    assert written() == before


def test_the_same_page_opened_twice_in_a_row_is_one_step(check, written):
    for _ in range(3):
        check.send("open", claim=1, page="ledger-pigs")
    check.send("open", claim=2, page="ledger-pigs")
    assert [event.value["action"] for event in written()[1:]] == ["open", "open"]


# Evidence and verdicts


def test_evidence_is_picked_and_taken_back(check):
    take(check, 2, "growers-records", "topwonders-pumpkins")
    check.send("who", claim=2, site="growers")
    assert [(one["site"], one["known"]) for one in claim(check, 2)["evidence"]] == [
        ("Marlow Giant Pumpkin Growers' Club", True),
        ("Top Wonders Daily", False),
    ]
    assert check.send("evidence", claim=2, page="topwonders-pumpkins", picked=False)["ok"]
    assert [one["page"] for one in claim(check, 2)["evidence"]] == ["growers-records"]


def test_two_sites_of_one_owner_are_told_to_be_one_source(check):
    take(check, 2, "topwonders-pumpkins", "amazefacts-pumpkins")
    assert claim(check, 2)["sources"] == 1
    take(check, 2, "ledger-record-boat")
    assert claim(check, 2)["sources"] == 2


def test_a_verdict_can_be_changed_and_six_make_it_done(check):
    for number in range(1, 7):
        assert not check.card.done
        check.send("search", claim=number, query="otter")
        assert check.send("verdict", claim=number, verdict="not-found")["ok"]
    assert check.card.done
    take(check, 6, "rivers-log-2014")
    check.send("verdict", claim=6, verdict="supported")
    assert claim(check, 6)["verdict"] == "supported"
    assert check.card.done


def test_a_reason_is_saved_as_typed_and_words_of_distress_bring_the_help_card(check, written):
    check.send("reason", claim=3, text="The library has no such journal.")
    assert (written()[-1].kind, written()[-1].field) == ("answer", "lateral-reading-why-3")
    assert claim(check, 3)["why"] == "The library has no such journal."
    reply = check.send("reason", claim=3, text="I want to hurt myself")
    assert reply["ok"]
    assert "988" in reply["help"]["contact"] + reply["help"]["name"]


def test_the_words_of_this_lesson_bring_up_no_help_card(check):
    for words in (
        "Two sources say so.",
        "I cut sentence 3, nobody could find it.",
        "The sources say 1931, I would sign it.",
    ):
        assert "help" not in check.send("reason", claim=3, text=words)


def test_what_was_done_is_there_again_on_another_page(desk, check):
    take(check, 5, "water-numbers")
    check.send("verdict", claim=5, verdict="contradicted")
    again = Desk(desk.session, desk.lesson)
    card = LateralReading(again, "check")
    again.close()
    assert card.data["last"] == 5
    assert card.data["claims"][4]["verdict"] == "contradicted"
    assert card.data["guess"]["most"] == 6


def test_a_journal_full_of_steps_takes_no_more(check, monkeypatch, written):
    monkeypatch.setattr("kit.widgets.exercises.lateral_reading.card.MOST_STEPS", 2)
    assert check.send("open", claim=1, page="ledger-pigs")["ok"]
    assert check.send("open", claim=2, page="ledger-pigs")["ok"]
    assert not check.send("open", claim=3, page="ledger-pigs")["ok"]
    assert len(written()) == 3


# The answer with one's name on it


def test_a_sentence_is_kept_revised_or_cut_with_a_page_of_ones_own(check, answer, written):
    take(check, 2, "ledger-record-boat", "growers-records")
    assert not answer.send("mark", claim=2, mark="accept", cite="ledger-pigs")["ok"]
    assert answer.send("mark", claim=2, mark="revise", cite="ledger-record-boat")["ok"]
    assert claim(answer, 2)["missing"] == ["sentence"]
    answer.send("sentence", claim=2, text="The heaviest boat weighed 1,490 pounds.")
    assert claim(answer, 2)["missing"] == []
    assert answer.send("mark", claim=6, mark="accept", cite="")["ok"]
    assert claim(answer, 6)["missing"] == ["source"]
    assert answer.send("mark", claim=6, mark="reject", cite="")["ok"]
    assert claim(answer, 6)["missing"] == []
    assert written()[-1].value["result"] == {"mark": "reject", "cite": None}


def test_it_is_done_when_every_sentence_has_its_mark(check, answer):
    for number in range(1, 9):
        assert not answer.card.done
        answer.send("mark", claim=number, mark="reject", cite="")
    assert answer.card.done


def test_the_corrected_answer_numbers_its_sources_and_cites_in_mla(check, answer):
    take(check, 2, "ledger-record-boat")
    take(check, 6, "ledger-otter-stops-race")
    take(check, 7, "chronicle-band")
    answer.send("mark", claim=7, mark="accept", cite="chronicle-band")
    answer.send("mark", claim=2, mark="revise", cite="ledger-record-boat")
    answer.send("sentence", claim=2, text="The heaviest boat weighed 1,490 pounds.")
    answer.send("mark", claim=6, mark="accept", cite="ledger-otter-stops-race")
    text = answer.card.data["corrected"]
    lines = text.splitlines()
    assert lines[0] == "The heaviest boat weighed 1,490 pounds. [1]"
    assert lines[1] == f"{WEB.claims[6].text} [2]"
    assert lines[3:5] == ["", "Sources"]
    assert lines[5].startswith("[1] Whitlock, Dana. “1,490 Pounds: Aunt Gourda Is the Heaviest Boat Ever.” ")
    assert "The Harborlight Ledger" in lines[5]
    assert len(lines) == 8
    assert any(italic for _, italic in answer.card.data["citations"]["chronicle-band"])


def test_every_page_of_the_web_can_be_cited():
    for page in WEB.pages:
        cited = cite_page(WEB, page, "2026-11-23").text
        assert WEB.site_of(page).address in cited, cited
    assert cite_page(WEB, "visit-bridge", "2026-11-23").text.startswith("“The Singing Bridge")


def test_an_answer_without_marks_is_empty(check, answer):
    assert answer.card.data["corrected"] == ""
    assert correct(WEB, read((), WEB), {}, {}) == ""


# What other cards see of it, and what nobody sees


def test_picked_pages_and_verdicts_can_be_linked_and_turned_pages_can_not(desk, check):
    card = Claim(desk, "my-claim", "How much?")
    check.send("search", claim=6, query="otter")
    take(check, 6, "rivers-log-2014")
    check.send("verdict", claim=6, verdict="supported")
    pieces = [(piece["about"], piece["text"]) for piece in card.data["pieces"]]
    assert pieces == [
        ("Sentence 6: the otter in the boat", "“Rangers' log, October 2014”, Marlow Office of Rivers and Wildlife"),
        ("Sentence 6: the otter in the boat", "My verdict: supported"),
    ]


def test_a_verdict_that_was_changed_is_marked_and_whoever_built_on_it_has_to_look_again(desk, check):
    card = Claim(desk, "my-claim", "How much?")
    check.send("search", claim=6, query="otter")
    take(check, 6, "rivers-log-2014")
    check.send("verdict", claim=6, verdict="contradicted")
    old = card.data["pieces"][-1]["id"]
    page = Page(card, client="claim")
    assert page.send("save", claim="Seven.", evidence=[old], reasoning="I looked.")["ok"]
    assert card.done
    check.send("verdict", claim=6, verdict="supported")
    assert [(piece["text"], piece["changed"]) for piece in card.data["pieces"][1:]] == [
        ("My verdict: contradicted", True),
        ("My verdict: supported", False),
    ]
    assert not card.done
    assert page.send("save", claim="Seven!", evidence=[old], reasoning="I looked.")["ok"]  # nothing written gets lost
    assert page.send("save", claim="Seven!", evidence=[old, card.data["pieces"][-1]["id"]], reasoning="I looked.")["ok"]
    assert card.done


def test_a_page_that_was_taken_back_or_picked_twice_is_offered_once_at_most(desk, check):
    card = Claim(desk, "my-claim", "How much?")
    take(check, 6, "rivers-log-2014", "ledger-otter-stops-race")
    check.send("evidence", claim=6, page="rivers-log-2014", picked=False)
    take(check, 6, "ledger-otter-stops-race")
    offered = [piece["text"] for piece in card.data["pieces"] if not piece["changed"]]
    assert offered == ["“Otter stops race for forty minutes”, The Harborlight Ledger"]


def test_the_key_never_leaves_python(check, answer):
    for page in WEB.pages:
        check.send("open", claim=1, page=page)
    for site in WEB.sites:
        check.send("who", claim=1, site=site)
    sent = json.dumps([check.card.comm.said, check.card.data, answer.card.data, answer.card.comm.said])
    for word in ("says", "copy_of", "taken_from", "owner", "against"):
        assert f'"{word}"' not in sent


def test_a_claim_asks_for_logged_sources_only_where_there_is_a_log(desk):
    assert not Claim(desk, "my-claim", "How much?").data["log"]
    Sources(desk, "source-log")
    assert Claim(desk, "my-claim", "How much?").data["log"]
