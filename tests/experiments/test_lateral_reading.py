"""The small web holds together, each claim has its evidence in it, and a journal is read for what it is."""

from __future__ import annotations

import shutil

import pytest

import kit.experiments
from kit.errors import LessonError
from kit.experiments import describe, find_experiment
from kit.experiments.lateral_reading import Web, load, opinions, questions, read, replaced
from kit.experiments.lateral_reading.search import Index, words
from kit.journal import Journal
from kit.lessons import load_catalogue
from kit.lessons.check.reading import count_syllables, grade_level
from kit.settings import content_root

FOLDER = content_root() / "notebooks" / "lessons" / "who-says" / "data"
TRUE, FALSE = {1, 4, 6, 7, 8}, {2, 3, 5}
FEWEST_PAGES, FEWEST_SITES = 40, 16


@pytest.fixture(scope="module")
def web() -> Web:
    return load(FOLDER)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path)


def speakers(web, claim, stance):
    pages = [page.id for page in web.pages.values() if page.says.get(claim) == stance]
    return web.independent(pages, claim)


# What is in the web


def test_there_is_enough_to_get_lost_in(web):
    assert len(web.pages) >= FEWEST_PAGES
    assert len(web.sites) >= FEWEST_SITES
    assert {page.site for page in web.pages.values()} == set(web.sites)
    assert list(web.claims) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("claim", sorted(TRUE))
def test_a_true_claim_is_supported_by_two_independent_sites_and_mostly(web, claim):
    assert len(speakers(web, claim, "for")) >= 2
    assert len(speakers(web, claim, "for")) > len(speakers(web, claim, "against"))


@pytest.mark.parametrize("claim", sorted(FALSE))
def test_a_planted_error_is_found_out_by_two_independent_sites_and_not_without_its_followers(web, claim):
    assert len(speakers(web, claim, "against")) >= 2
    assert 1 <= len(speakers(web, claim, "for")) < len(speakers(web, claim, "against"))


@pytest.mark.parametrize("claim", [1, 2, 3, 4, 5, 6, 7, 8])
def test_a_search_with_the_claims_own_words_finds_two_independent_sites_that_settle_it(web, claim):
    found = web.index.search(web.claims[claim].text)
    right = "supported" if claim in TRUE else "contradicted"
    assert len(web.independent([page for page in found if web.fits(page, claim, right)], claim)) >= 2


def test_the_page_that_repeats_itself_comes_first_although_it_is_wrong(web):
    first, second, *_ = web.index.search("heaviest pumpkin boat")
    assert {first, second} == {"topwonders-pumpkins", "amazefacts-pumpkins"}


def test_the_numbers_of_the_web_are_one_story(web):
    pages = web.pages
    for page in ("ledger-record-boat", "scales-certificates", "growers-records", "encyclo-regatta"):
        assert "1,490" in pages[page].text
    wrong = {page.id for page in pages.values() if "4,190" in page.text}
    assert wrong == {"topwonders-pumpkins", "amazefacts-pumpkins", "wiki-regatta", "growers-records"}
    old = {page.id for page in pages.values() if "1913" in page.text}
    assert old == {"visit-bridge", "library-bridge-age"}
    nobody = {page.id for page in pages.values() if "Lena Marsh" in page.text}
    assert nobody == {"library-journal", "boatlab-ice-cream"}


def test_copies_and_sites_of_one_owner_are_one_source(web):
    assert web.independent(["topwonders-pumpkins", "amazefacts-pumpkins", "wiki-regatta"], 2) == {"ClickBarrel Media"}
    assert web.independent(["rivers-log-2014", "scales-certificates"], 6) == {"State of Marlow"}
    assert web.independent(["ledger-otter-stops-race", "chronicle-otter-reprint"], 6) == {"Ledger Readers' Cooperative"}
    assert len(web.independent(["ledger-otter-stops-race", "echo-eyewitness"], 6)) == 2


def test_a_copy_says_what_it_copies(web):
    for page in web.pages.values():
        if page.copy_of and page.site != "oldpages":
            shared = set(words(page.text)) & set(words(web.pages[page.copy_of].text))
            assert len(shared) / len(set(words(web.pages[page.copy_of].text))) > 0.5, page.id


def test_most_sites_are_spoken_of_by_somebody_else_and_nobody_praises_themselves(web):
    spoken_of = [site for site in web.sites.values() if site.others]
    assert len(spoken_of) >= len(web.sites) - 3
    assert all(web.sites[site.others.by].owner != site.owner for site in spoken_of)


def test_a_good_look_proves_nothing(web):
    looks = {}
    for claim in FALSE:
        for page in web.pages.values():
            if claim in page.says:
                looks.setdefault(page.says[claim], set()).add(web.site_of(page.id).look)
    assert looks["for"] & looks["against"]
    assert web.sites["bugle"].look == web.sites["ledger"].look


def test_pages_are_short_and_no_harder_than_grade_eight(web):
    for page in web.pages.values():
        assert 80 <= len(page.text.split()) <= 180, page.id
        grade = grade_level(page.text)
        assert grade is None or grade <= 8.5, f"{page.id}: {grade}"
    assert count_syllables("pumpkin") == 2  # else the measure above would say nothing


def test_addresses_belong_to_nobody(web):
    assert all(site.address.endswith(".example") for site in web.sites.values())
    text = " ".join(page.text for page in web.pages.values())
    assert "http" not in text
    assert "@" not in text


# Reading the files


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("pages.yml", "site: ledger\n", "site: nowhere\n", "site `nowhere` that isn't there"),
        ("pages.yml", "links: [library-race-clock, ledger-pigs]", "links: [gone]", "page `gone` that isn't there"),
        ("pages.yml", "says: {1: for, 4: for}", "says: {9: for}", "claim 9 that isn't there"),
        ("pages.yml", "copy_of: visit-bridge", "copy_of: gone", "page `gone`"),
        ("sites.yml", "by: mediawatch", "by: gone", "`gone`"),
        ("sites.yml", "address: harborlightledger.example", "address: harborlightledger.com", "address"),
        ("answer.yml", "asked:", "question:", "asked"),
        ("sites.yml", "sites:", "places:", "list `sites`"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_in_a_sentence(tmp_path, file, old, new, told):
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    changed = (folder / file).read_text(encoding="utf-8").replace(old, new, 1)
    (folder / file).write_text(changed, encoding="utf-8")
    with pytest.raises(LessonError, match=told.replace("`", ".").replace("{", ".")):
        load(folder)


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(LessonError, match=r"answer\.yml"):
        load(tmp_path)


# The search engine


def test_words_are_compared_without_capitals_plurals_and_little_words():
    assert words("The Otters' berries, and the otter's glass") == ["otter", "berry", "otter", "glass"]
    assert words("4,190 pounds") == ["4190", "pound"]


def test_rare_words_count_more_and_long_pages_less():
    index = Index(
        {
            "rare": ("", "", "pumpkin trombone"),
            "common": ("", "", "pumpkin pumpkin pumpkin"),
            "long": ("", "", "pumpkin trombone " + "filler " * 50),
            "other": ("", "", "pumpkin"),
        }
    )
    assert index.search("trombone pumpkin")[:2] == ["rare", "long"]
    assert index.search("the and of") == []
    assert index.search("zebra") == []


def test_the_excerpt_is_the_sentence_that_was_asked_for(web):
    assert web.index.excerpt("boatlab-ice-cream", "Lena Marsh journal").startswith(
        "Three people have asked us for Dr. Lena"
    )


# Reading a journal


def run(journal, action, claim, result=None, **params):
    value = {"action": action, "params": {"claim": claim, **params}, "result": result or {}}
    return journal.append("run", "lateral-reading", value)


def picked(page, yes=True):
    return {"picked": yes, "title": page, "site": "A site", "about": "a claim"}


def test_a_journal_is_folded_into_what_was_done(journal, web):
    journal.append("prediction", "lateral-reading", {"prompt": "answer", "bet": "2 of 8", "wrong": [7, 6], "most": 6})
    journal.append("prediction", "lateral-reading", {"prompt": "answer", "bet": "1 of 8", "wrong": [2], "most": 2})
    run(journal, "search", 6, query="otter race")
    run(journal, "open", 6, page="ledger-otter-stops-race")
    run(journal, "who", 6, site="ledger")
    run(journal, "evidence", 6, picked("x"), page="ledger-otter-stops-race")
    run(journal, "evidence", 6, picked("x"), page="echo-eyewitness")  # never opened
    run(journal, "verdict", 6, {"verdict": "contradicted", "about": ""})
    run(journal, "verdict", 6, {"verdict": "supported", "about": ""})
    run(journal, "mark", 6, {"mark": "accept", "cite": "ledger-otter-stops-race"})
    found = read(journal.read().events, web)
    assert (found.guess.wrong, found.guess.most) == ((6, 7), 6)
    assert found.first_step == 3
    assert found.evidence == {6: ["ledger-otter-stops-race"]}
    assert found.looked_up == {"ledger": 5}
    assert (found.verdicts, found.judged_at) == ({6: "supported"}, {6: 8})
    assert (found.marks, found.cited) == ({6: "accept"}, {6: "ledger-otter-stops-race"})
    assert set(found.seconds()) == {6}
    assert opinions(journal.read().events) == {"6": "supported"}


def test_what_is_taken_back_is_no_evidence(journal, web):
    run(journal, "open", 2, page="growers-records")
    run(journal, "evidence", 2, picked("x"), page="growers-records")
    run(journal, "evidence", 2, picked("x", yes=False), page="growers-records")
    run(journal, "mark", 2, {"mark": "accept", "cite": "growers-records"})
    found = read(journal.read().events, web)
    assert (found.evidence, found.cited) == ({2: []}, {})


HOSTILE = [
    None,
    [],
    "verdict",
    {"action": ["verdict"]},
    {"action": "verdict", "params": {"claim": True}, "result": {"verdict": "supported"}},
    {"action": "verdict", "params": {"claim": 99}, "result": {"verdict": "supported"}},
    {"action": "verdict", "params": {"claim": 2}, "result": {"verdict": ["supported"]}},
    {"action": "open", "params": {"claim": 2, "page": {"a": 1}}},
    {"action": "open", "params": {"claim": 2, "page": "../../roster.csv"}},
    {"action": "evidence", "params": {"claim": 2, "page": "x" * 10_000}, "result": []},
    {"action": "mark", "params": {"claim": 1.0}, "result": {"mark": "accept"}},
    {"action": "search", "params": {"claim": 1, "query": 7}},
    {"wrong": [1] * 100_000, "most": 1},
    {"wrong": [{}], "most": 1},
    {"wrong": [1], "most": 1e300},
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("kind", ["run", "prediction"])
def test_nonsense_in_a_journal_is_passed_over(journal, web, kind, value, lesson):
    event = journal.append(kind, "lateral-reading", value)
    found = read(journal.read().events, web)
    assert (found.guess, found.steps, found.verdicts) == (None, [], {})
    assert opinions(journal.read().events) == {} or value["params"]["claim"] == 99
    assert replaced([event]) == frozenset()
    describe(event, lesson)


def test_a_later_verdict_on_a_sentence_and_a_later_pick_of_a_page_replace_the_earlier(journal):
    first = run(journal, "verdict", 6, {"verdict": "contradicted", "about": ""})
    run(journal, "verdict", 5, {"verdict": "supported", "about": ""})
    pick = run(journal, "evidence", 6, picked("x"), page="rivers-log-2014")
    run(journal, "evidence", 5, picked("x"), page="rivers-log-2014")
    run(journal, "verdict", 6, {"verdict": "supported", "about": ""})
    run(journal, "evidence", 6, picked("x", yes=False), page="rivers-log-2014")
    events = journal.read().events
    assert replaced(events) == {first.id, pick.id}
    assert kit.experiments.replaced(events) == {first.id, pick.id}
    assert replaced(events[:4]) == frozenset()


# Names for what was done


@pytest.fixture(scope="module")
def lesson():
    catalogue = load_catalogue(content_root())
    return catalogue[catalogue.slugs[0]]


def test_evidence_and_verdicts_have_names_and_turning_pages_has_none(journal, lesson):
    assert find_experiment("lateral-reading").NAME == "lateral-reading"
    result = {"picked": True, "title": "Our numbers", "site": "Water District", "about": "otters and the river"}
    label = describe(run(journal, "evidence", 5, result, page="water-numbers"), lesson)
    assert str(label) == "Sentence 5: otters and the river: “Our numbers”, Water District"
    verdict = describe(run(journal, "verdict", 3, {"verdict": "not-found", "about": "ice cream"}), lesson)
    assert str(verdict) == "Sentence 3: ice cream: My verdict: not found"
    assert describe(run(journal, "search", 3, query="ice"), lesson) is None
    assert describe(run(journal, "open", 3, page="water-numbers"), lesson) is None
    assert describe(run(journal, "evidence", 5, {**result, "picked": False}), lesson) is None


def test_a_class_is_asked_about_the_claims_in_their_own_words():
    assert questions(FOLDER)["7"].startswith("The school band tunes its instruments")
    assert set(questions(FOLDER)) == {"1", "2", "3", "4", "5", "6", "7", "8"}
