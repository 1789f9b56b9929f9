"""The source log and the cards that point at it."""

import pytest

from kit.widgets.claim import Claim
from kit.widgets.sources import Sources
from kit.widgets.statement import AIStatement

from .conftest import Page

FIELDS = {
    "kind": "web",
    "title": "Why does ice float?",
    "authors": ["Ana Rivera"],
    "site": "Science Desk",
    "date": "March 2024",
    "url": "https://example.org/ice",
    "who": "A museum",
    "evidence": "Numbers",
    "others": "They agree",
}


@pytest.fixture
def card(desk):
    return Sources(desk, "source-log", minimum=1)


def test_a_source_gets_its_id_from_python_and_is_edited_under_it(card, written):
    page = Page(card)
    first = page.send("save", id="", fields={**FIELDS, "title": "Why"})["result"]["id"]
    page.send("save", id=first, fields=FIELDS)
    assert [event.field for event in written()] == [first, first]
    assert [item["label"] for item in card.data["items"]] == ["Why does ice float?"]
    assert card.done


def test_a_source_without_its_three_answers_is_not_complete(card):
    Page(card).send("save", id="", fields={**FIELDS, "others": " "})
    assert card.data["items"][0]["missing"] == ["others"]
    assert not card.done


def test_removing_can_be_undone(card, written):
    page = Page(card)
    key = page.send("save", id="", fields=FIELDS)["result"]["id"]
    assert page.send("remove", id=key)["ok"]
    assert card.data["items"] == []
    assert not page.send("save", id=key, fields=FIELDS)["ok"]
    assert page.send("restore", id=key)["ok"]
    assert card.data["items"][0]["fields"]["who"] == "A museum"
    assert [event.value is None for event in written()] == [False, True, False]


@pytest.mark.parametrize("forged", ["run-1", "source-1", "source-ABCDEF01", "../../x", "source-00000000"])
def test_an_id_that_python_did_not_give_is_refused(card, written, forged):
    page = Page(card)
    assert not page.send("save", id=forged, fields=FIELDS)["ok"]
    assert not page.send("restore", id=forged)["ok"]
    assert not page.send("remove", id=forged)["ok"]
    assert not page.send("cite", id=forged, style="mla")["ok"]
    assert written() == ()


def test_the_citation_picked_is_kept_as_text_and_follows_the_source(card, desk):
    page = Page(card)
    key = page.send("save", id="", fields=FIELDS)["result"]["id"]
    page.send("cite", id=key, style="apa")
    assert desk.state().citations[key] == {
        "style": "apa",
        "text": "Rivera, A. (2024, March). Why does ice float? Science Desk. https://example.org/ice",
    }
    page.send("save", id=key, fields={**FIELDS, "date": "2025"})
    assert "(2025)" in desk.state().citations[key]["text"]
    assert card.data["items"][0]["style"] == "apa"


def test_a_claim_points_at_what_is_there_and_at_nothing_else(desk, card):
    claim = Claim(desk, "my-claim", "When is it right?")
    assert claim.data["pieces"] == []
    key = Page(card).send("save", id="", fields=FIELDS)["result"]["id"]
    source = {"id": key, "kind": "source", "text": "Why does ice float?", "about": "", "changed": False}
    assert claim.data["pieces"] == [source]
    page = Page(claim)
    for wrong in (["run-1"], ["source-00000000"], [key, key], [key] * 51, [7]):
        assert not page.send("save", claim="a", evidence=wrong, reasoning="b")["ok"]
    assert page.send("save", claim="a", evidence=[], reasoning="b")["ok"]
    assert not claim.done
    assert page.send("save", claim="a", evidence=[key], reasoning="b")["ok"]
    assert claim.done


def test_a_claim_is_open_again_when_its_only_evidence_is_removed(desk, card):
    claim = Claim(desk, "my-claim", "When is it right?")
    key = Page(card).send("save", id="", fields=FIELDS)["result"]["id"]
    Page(claim).send("save", claim="a", evidence=[key], reasoning="b")
    Page(card, "page-2").send("remove", id=key)
    assert not claim.done
    assert Page(claim, "page-3").send("save", claim="a!", evidence=[key], reasoning="b")["ok"]


def test_an_ai_use_statement_is_done_by_a_no_or_by_a_full_yes(desk):
    card = AIStatement(desk, "my-ai-use")
    page = Page(card)
    empty = {"tool": "", "purpose": "", "kept": "", "changed": ""}
    assert not page.send("save", used="perhaps", **empty)["ok"]
    page.send("save", used="no", **empty)
    assert card.done
    page.send("save", used="yes", **empty)
    assert not card.done
    page.send("save", used="yes", tool="A chatbot", purpose="Ideas", kept="One word", changed="")
    assert card.done
    assert desk.state().statements["my-ai-use"]["tool"] == "A chatbot"
