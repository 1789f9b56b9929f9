"""Messages in, journal, answers out: nothing is called saved that isn't, and nothing forged gets in."""

import logging
import re
import resource
from contextlib import contextmanager
from dataclasses import replace

import comm
import pytest

from kit.widgets.respond import LONGEST_ANSWER, Respond

from .conftest import Line, Page


@pytest.fixture
def card(desk):
    return Respond(desk, "first-idea", "What do you think?")


@contextmanager
def full_disk(file):
    """Let the file grow by a few letters more, as a disk would that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = file.stat().st_size if file.exists() else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_an_answer_is_acknowledged_after_it_is_in_the_journal(card, written, monkeypatch):
    seen = []
    monkeypatch.setattr(type(card), "send", lambda self, reply: seen.append((reply, written())))
    card.comm.handle_msg(
        {"content": {"data": {"method": "custom", "content": {
            "client": "page-1", "seq": 1, "kind": "save", "body": {"text": "Often."}}}}, "buffers": []}
    )  # fmt: skip
    ((reply, events),) = seen
    assert reply["ok"]
    assert [event.value for event in events] == ["Often."]
    assert reply["result"]["time"] == events[-1].time


def test_a_full_disk_is_told_with_its_code_and_the_next_try_succeeds(card, written, desk):
    page = Page(card)
    page.send("save", text="before")
    with full_disk(desk.session.work / "journal.jsonl"):
        reply = page.send("save", text="x" * 500)
    assert (reply["ok"], reply["code"]) == (False, "disk-full")
    assert "tell your teacher" in reply["mend"]
    again = page.send("save", seq=page.seq, text="x" * 500)
    assert again["ok"]
    assert [event.value for event in written()] == ["before", "x" * 500]


def test_the_same_message_twice_is_written_once(card, written):
    page = Page(card)
    first = page.send("save", text="Often.")
    second = page.send("save", seq=1, text="Often.")
    assert first == second
    assert len(written()) == 1


def test_two_pages_number_their_messages_for_themselves(card, written):
    Page(card, "page-1").send("save", text="one")
    Page(card, "page-2").send("save", text="two")
    assert [event.value for event in written()] == ["one", "two"]


def test_an_answer_that_is_too_long_is_refused_in_words(card, written):
    reply = Page(card).send("save", text="x" * (LONGEST_ANSWER + 1))
    assert not reply["ok"]
    assert "20,000 characters" in reply["message"]
    assert written() == ()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("save", {}),
        ("save", {"text": 7}),
        ("save", {"text": None}),
        ("save", {"text": "hi", "field": "another-field"}),
        ("save", {"text": ["hi"]}),
        ("run", {"prompt": "ice"}),
        ("__init__", {"text": "hi"}),
    ],
)
def test_a_message_of_the_wrong_shape_is_refused(card, written, kind, body):
    assert not Page(card).send(kind, **body)["ok"]
    assert written() == ()


@pytest.mark.parametrize(
    "content",
    [None, "save", [], {}, {"seq": 1}, {"client": "p", "seq": "1", "kind": "save", "body": {"text": "hi"}},
     {"client": "p" * 500, "seq": 1, "kind": "save", "body": {"text": "hi"}},
     {"client": "p", "seq": 1, "kind": "save", "body": {"text": "hi"}, "more": 1}],
)  # fmt: skip
def test_a_message_without_an_address_gets_neither_answer_nor_effect(card, written, content):
    Page(card).post(content)
    assert card.comm.said == []
    assert written() == ()


def test_the_page_can_not_set_the_state_of_a_card(card):
    card.comm.handle_msg(
        {"content": {"data": {"method": "update", "state": {"done": True, "data": {"value": "forged"}}}}, "buffers": []}
    )
    assert card.done is False
    assert card.data["value"] is None


def test_a_fault_of_the_kit_is_told_to_the_page_and_logged(card, monkeypatch, caplog):
    monkeypatch.setattr(card.desk, "record", lambda *args: 1 / 0)
    with caplog.at_level(logging.ERROR):
        reply = Page(card).send("save", text="hi")
    assert (reply["ok"], reply["code"]) == (False, "not-saved")
    assert "ZeroDivisionError" in caplog.text
    assert "hi" not in caplog.text.replace("which", "")


def test_where_somebody_serves_the_front_ends_a_card_only_says_where_they_are(desk, card):
    whole = card.get_state()
    assert "export default" in whole["_esm"]
    assert ".kit-card" in whole["_css"]
    desk.session = replace(desk.session, front_ends="/kit/cards")
    short = Respond(desk, "second-idea", "And now?").get_state()
    assert re.fullmatch(r".*/kit/cards/respond\.js\?v=[0-9a-f]{16}.*", short["_esm"])
    assert re.fullmatch(r'@import url\("/kit/cards/respond\.css\?v=[0-9a-f]{16}"\);', short["_css"])
    assert len(short["_esm"]) < 200


def test_one_message_brings_a_card_and_all_cards_share_a_layout(desk, card, monkeypatch):
    sent = []
    monkeypatch.setattr(comm, "create_comm", lambda **options: sent.append(options) or Line(**options))
    monkeypatch.setattr(Line, "publish_msg", lambda self, kind, **content: sent.append(kind))
    other = Respond(desk, "second-idea", "And now?")
    opening = sent[0]
    assert opening["data"]["state"]["data"]["field"] == "second-idea"
    assert [one for one in sent if one not in (opening, "comm_open")] == []
    assert other.layout is card.layout
    assert type(other) is Respond
