"""Fields to write or choose in, and predictions that stay."""

import pytest

from kit.errors import LessonError
from kit.widgets.respond import Predict, Respond

from .conftest import Page

OPTIONS = [("rolls", "In 100 rolls"), ("truth", "It is true")]


def test_an_answer_is_there_again_when_the_page_is_opened_anew(desk):
    Page(Respond(desk, "idea", "Your idea?")).send("save", text="Words.\nMore words.")
    assert Respond(desk, "idea", "Your idea?").data["value"] == "Words.\nMore words."


def test_what_one_looks_back_on_is_there_to_be_read_again(desk):
    back = Respond(desk, "looking-back", "First I thought...")
    idea, sure = Respond(desk, "first-idea", "Your idea?"), Predict(desk, "surer", "Which is surer?")
    assert back.data["before"] == []
    Page(idea).send("save", text="It knows.")
    Page(sure).send("lock", text="The false one.")
    assert back.data["before"] == [
        {"label": "Your idea?", "text": "It knows."},
        {"label": "Which is surer?", "text": "The false one."},
    ]
    assert idea.data["before"] == []


def test_a_choice_is_kept_by_its_id_and_only_its_options_count(desk, written):
    card = Respond(desk, "means", "What?", kind="choice", options=OPTIONS)
    assert Page(card).send("save", option="rolls")["ok"]
    assert not Page(card, "page-2").send("save", option="everything")["ok"]
    assert [(event.kind, event.value) for event in written()] == [("choice", "rolls")]


@pytest.mark.parametrize("level", [0, 6, 2.5, "3", True])
def test_a_scale_takes_its_five_steps_only(desk, written, level):
    card = Respond(desk, "sure", "How sure?", kind="scale")
    assert not Page(card).send("save", level=level)["ok"]
    assert Page(card, "page-2").send("save", level=3)["ok"]
    assert written()[-1].value == 3


def test_done_means_enough_words(desk):
    card = Respond(desk, "idea", "Your idea?", words=(3, 9))
    page = Page(card)
    page.send("save", text="too few")
    assert not card.done
    page.send("save", text="now three words")
    assert card.done
    page.send("save", text="")
    assert not card.done


def test_a_field_with_a_bad_id_or_kind_is_told_to_its_author(desk):
    for bad in ("Idea", "a b", "../x", "", "x" * 65):
        with pytest.raises(LessonError):
            Respond(desk, bad, "?")
    with pytest.raises(LessonError):
        Respond(desk, "x", "?", kind="choice")
    with pytest.raises(LessonError):
        Respond(desk, "x", "?", kind="essay")


def test_a_locked_prediction_stays_whatever_the_page_sends(desk, written):
    card = Predict(desk, "surer", "Which is surer?")
    page = Page(card)
    page.send("save", text="The false one")
    assert page.send("lock", text="The false one.")["ok"]
    before = written()
    assert not page.send("lock", text="I knew it")["ok"]
    assert not page.send("save", text="I knew it")["ok"]
    assert written() == before
    assert (card.data["text"], card.done) == ("The false one.", True)
    assert card.data["locked"] == before[-1].time
    assert (before[-1].kind, before[-1].value) == ("prediction", {"prompt": "surer", "bet": "The false one."})


def test_an_empty_prediction_can_not_be_locked(desk, written):
    assert not Page(Predict(desk, "surer", "?")).send("lock", text=" \n")["ok"]
    assert written() == ()


def test_a_prediction_locked_on_another_page_is_locked_here(desk, written):
    here, there = Predict(desk, "surer", "?"), Predict(desk, "surer", "?")
    Page(there).send("lock", text="A")
    assert not Page(here).send("lock", text="B")["ok"]
    assert [event.value for event in written() if event.kind == "prediction"] == [{"prompt": "surer", "bet": "A"}]
