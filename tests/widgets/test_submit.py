"""Handing in, and the page as its notebook sees it."""

import dataclasses
import subprocess
import sys

import pytest

import kit
from kit.errors import LessonNotFound
from kit.settings import Session, content_root
from kit.widgets.desk import Desk
from kit.widgets.page import LessonPage
from kit.widgets.respond import Respond
from kit.widgets.submit import Submit

from .conftest import Page


def test_handing_in_gives_a_receipt_each_time_and_shows_what_is_open(desk):
    field = Respond(desk, "idea", "Your idea?")
    card = Submit(desk, "hand-in")
    assert card.data["items"] == [{"field": "idea", "title": "Your idea?", "done": False}]
    Page(field).send("save", text="Words.")
    assert card.data["items"][0]["done"] is True
    first = Page(card).send("submit")["result"]
    second = Page(card, "page-2").send("submit")["result"]
    assert [one["code"] for one in card.data["receipts"]] == [first["code"], second["code"]]
    assert card.done
    assert len([folder for folder in desk.session.inbox.iterdir() if (folder / "journal.jsonl").exists()]) == 2


def test_a_preview_says_that_there_is_no_class(tmp_path, lesson):
    desk = Desk(Session("preview", tmp_path, content_root()), lesson)
    card = Submit(desk, "hand-in")
    assert card.data["preview"] is True
    reply = Page(card).send("submit")
    desk.close()
    assert not reply["ok"]
    assert "preview" in reply["message"]


def test_feedback_is_linked_when_it_has_come(desk, tmp_path):
    desk.session = dataclasses.replace(desk.session, feedback=tmp_path / "feedback")
    card = Submit(desk, "hand-in")
    assert card.data["feedback"] == ""
    (tmp_path / "feedback").mkdir()
    (tmp_path / "feedback" / "next-word-please.html").write_text("<p>Well done</p>")
    card.refresh()
    assert card.data["feedback"] == "/feedback/next-word-please"


def test_a_page_opens_with_every_card_and_notes_that_it_did(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_SESSION_STUDENT", "otter-7")
    monkeypatch.setenv("KIT_SESSION_WORK", str(tmp_path))
    page = kit.open_lesson("next-word-please")
    assert isinstance(page, LessonPage)
    cards = [
        page.respond("idea", "Your idea?"),
        page.predict("surer", "Which?"),
        page.exercise("next-word", prompts=["ice"]),
        page.sources(),
        page.claim("my-claim", "When?"),
        page.ai_statement(),
        page.submit(),
    ]
    assert [card.data["field"] for card in cards] == list(page.desk.cards)
    (event,) = page.desk.events()
    assert (event.kind, event.field, event.value) == ("open", "next-word-please", {"page": "app"})
    page.desk.close()


def test_a_lesson_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_SESSION_WORK", str(tmp_path))
    with pytest.raises(LessonNotFound):
        kit.open_lesson("no-such-lesson")


def test_opening_the_package_imports_neither_widgets_nor_models():
    heavy = "ipywidgets anywidget openai citeproc kit.ai.client pydantic"
    code = f"import kit, kit.widgets, sys; print([name for name in '{heavy}'.split() if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
