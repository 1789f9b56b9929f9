"""The token explorer: bets come first, cuts are made in Python, and a page can send neither pieces nor results."""

from __future__ import annotations

import pytest

from kit.errors import HelpOffered, LessonError, ProviderUnavailable
from kit.experiments.token_explorer import read_cut
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.widgets.desk import Desk
from kit.widgets.exercises.token_explorer import TokenExplorer
from kit.widgets.respond import Predict

from .conftest import CountingModel, Page

FAMILY = "👨‍👩‍👧‍👦"


@pytest.fixture
def lesson():
    return load_catalogue(content_root())["how-a-machine-reads"]


@pytest.fixture
def card(desk):
    return TokenExplorer(desk, groups=["words", "big"], own=True, minimum=2)


@pytest.fixture
def languages(desk):
    return TokenExplorer(desk, ask="languages")


@pytest.fixture
def revealed(languages):
    page = Page(languages)
    page.send("bet", most="zh", times=3)
    page.send("reveal")
    return page


def runs(events):
    return [event for event in events if event.kind == "run"]


def cut(page, text, pieces=2, cuts=None):
    assert page.send("bet", text=text, pieces=pieces, cuts=cuts)["ok"]
    return page.send("reveal", text=text)


# Scissors


def test_nothing_is_cut_before_the_bet(card, written):
    reply = Page(card).send("reveal", text="strawberry")
    assert (reply["ok"], reply["code"]) == (False, "not-saved")
    # What the card itself refuses is no answer of the gateway's, and isn't noted as one.
    assert written() == ()


def test_a_bet_and_a_cut_are_kept_with_all_that_is_needed_to_check_them(card, written):
    page = Page(card)
    cut(page, "strawberry", 3, [5, 7])
    bet, run = written()
    assert (bet.kind, bet.field, bet.value) == (
        "prediction",
        "token-explorer",
        {"text": "strawberry", "pieces": 3, "cuts": [5, 7]},
    )
    assert (run.field, run.value["action"], run.value["params"]) == ("token-explorer", "split", {"text": "strawberry"})
    assert run.value["model"] == {"name": "counting-model", "provider": "local"}
    assert read_cut(run).pieces == CountingModel().split_all(["strawberry"])[0].tokens


def test_the_picture_comes_from_the_journal_and_needs_no_model(card, desk):
    cut(Page(card), FAMILY, 4)
    again = TokenExplorer(desk, groups=["big"])
    (shown,) = again.data["played"]
    assert shown["say"] == "family: man, woman, girl and boy"
    assert (shown["tiles"], shown["bet"]["pieces"], shown["cut"]["count"]) == (False, 4, 25)
    names = [part["name"] for part in shown["cut"]["parts"]]
    assert names == ["", "invisible joiner", "", "invisible joiner", "", "invisible joiner", ""]
    assert all(piece["text"] is None for part in shown["cut"]["parts"] for piece in part["pieces"])
    assert shown["cut"]["score"]["off"] == -21


def test_a_bet_stays_and_a_second_reveal_is_no_second_run(card, written):
    page = Page(card)
    cut(page, "library", 1)
    assert not page.send("bet", text="library", pieces=7, cuts=None)["ok"]
    assert page.send("reveal", text="library")["ok"]
    assert [event.value["pieces"] for event in written() if event.kind == "prediction"] == [1]
    assert len(runs(written())) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"text": "strawberry", "pieces": 0, "cuts": None},
        {"text": "strawberry", "pieces": 11, "cuts": None},
        {"text": "strawberry", "pieces": 2},
        {"text": "strawberry", "pieces": "2", "cuts": None},
        {"text": "strawberry", "pieces": 3, "cuts": [5]},
        {"text": "strawberry", "pieces": 2, "cuts": [0]},
        {"text": "strawberry", "pieces": 2, "cuts": [10]},
        {"text": "strawberry", "pieces": 3, "cuts": [7, 5]},
        {"text": "strawberry", "pieces": 3, "cuts": [5, 5]},
        {"text": FAMILY, "pieces": 2, "cuts": [1]},
        {"text": "strawberry", "pieces": 1, "cuts": None, "tokens": []},
        {"text": "", "pieces": 1, "cuts": None},
        {"text": "   ", "pieces": 1, "cuts": None},
        {"text": "x" * 61, "pieces": 1, "cuts": None},
        {"text": "a\x07b", "pieces": 1, "cuts": None},
        {"text": "a\ud800", "pieces": 1, "cuts": None},
        {"text": "joe@example.org", "pieces": 1, "cuts": None},
        {"text": "call 757-555-0142", "pieces": 1, "cuts": None},
    ],
)
def test_a_bet_that_is_none_is_refused_and_not_written(card, written, body):
    assert not Page(card).send("bet", **body)["ok"]
    assert written() == ()


def test_a_text_of_another_group_is_not_locked_as_ones_own(card, written):
    reply = Page(card).send("bet", text="Emily", pieces=2, cuts=None)
    assert (reply["ok"], reply["code"]) == (False, "not-saved")
    assert written() == ()


def test_own_words_are_for_cards_that_ask_for_them(card, desk):
    closed = TokenExplorer(desk, groups=["slang"])
    assert not Page(closed).send("bet", text="raspberry", pieces=2, cuts=None)["ok"]
    page = Page(card)
    cut(page, "raspberry")
    assert [one["text"] for one in card.data["played"]] == ["raspberry"]
    closed.refresh()
    assert closed.data["played"] == []


def test_a_card_can_not_cut_another_card_s_texts(card, desk):
    names = Page(TokenExplorer(desk, groups=["names"]))
    cut(names, "Emily")
    assert not Page(card).send("reveal", text="Emily")["ok"]
    card.refresh()
    assert card.data["played"] == []


def test_words_of_distress_bring_up_the_card_and_are_kept(card, written):
    reply = Page(card).send("bet", text="i want to die", pieces=4, cuts=None)
    assert reply["ok"]
    assert "988" in reply["help"]["contact"]
    assert written()[0].value["text"] == "i want to die"


def test_it_is_done_when_enough_was_cut(card):
    page = Page(card)
    cut(page, "library")
    assert not card.done
    cut(page, "giraffe")
    assert card.done


def test_runs_of_this_card_can_be_pointed_at_in_the_explanation(card, written):
    page = Page(card)
    cut(page, "library")
    (run,) = card.data["runs"]
    assert run["text"] == "“library”: 7 pieces"
    assert page.send("why", text="It is common.", evidence=[run["id"]])["ok"]
    assert not page.send("why", text="It is common.", evidence=["run-99"])["ok"]
    assert written()[-1].field == "token-explorer-words-why"


@pytest.mark.parametrize("kind", ["run", "record", "language", "budget", "find"])
def test_a_cut_can_not_be_sent(card, written, kind):
    page = Page(card)
    assert not page.send(kind, text="library", tokens=[{"id": 1, "bytes": [1]}])["ok"]
    assert written() == ()


@pytest.mark.parametrize(
    ("error", "outcome"), [(ProviderUnavailable("Away."), "unavailable"), (HelpOffered("Talk."), "help")]
)
def test_what_the_gateway_did_instead_is_noted_and_the_bet_stays(tmp_path, desk, lesson, written, error, outcome):
    class Away(CountingModel):
        def split_all(self, texts):
            raise error

    desk._connect = lambda session, slug: Away()
    page = Page(TokenExplorer(desk, groups=["words"]))
    page.send("bet", text="library", pieces=1, cuts=None)
    reply = page.send("reveal", text="library")
    assert (reply["ok"], reply["code"]) == (False, error.code)
    assert written()[-1].value == {"outcome": outcome}
    assert page.card.data["played"][0]["cut"] is None


# Languages


def test_the_languages_wait_for_the_bet(languages, written):
    page = Page(languages)
    for kind, body in (
        ("reveal", {}),
        ("budget", {"budget": 20}),
        ("sentence", {"language": "es", "name": "", "text": "x"}),
    ):
        assert not page.send(kind, **body)["ok"]
    assert runs(written()) == []
    assert all(row["cut"] is None for row in languages.data["rows"])


@pytest.mark.parametrize(
    "body",
    [{"most": "en", "times": 2}, {"most": "xx", "times": 2}, {"most": "zh", "times": 0}, {"most": "zh", "times": 2.5}],
)
def test_a_bet_on_no_language_is_refused(languages, written, body):
    assert not Page(languages).send("bet", **body)["ok"]
    assert written() == ()


def test_every_message_is_cut_with_one_question_and_compared_with_english(languages, revealed, written):
    assert len(runs(written())) == 15
    assert not revealed.send("bet", most="am", times=9)["ok"]
    rows = {row["code"]: row for row in languages.data["rows"]}
    text = rows["zh"]["text"]
    assert rows["zh"]["cut"]["count"] == len(text.encode())
    assert rows["zh"]["cut"]["times"] == pytest.approx(len(text.encode()) / len(rows["en"]["text"].encode()))
    assert rows["zh"]["cut"]["per_word"] is None
    assert rows["es"]["cut"]["per_word"] == pytest.approx(len(rows["es"]["text"].encode()) / 10)
    assert rows["zh"]["cut"]["reach"][:6] == [0, 0, 1, 1, 1, 2]
    revealed.send("reveal")
    assert len(runs(written())) == 15


def test_a_limit_is_a_run_that_follows_from_the_cuts(languages, revealed, written):
    assert not languages.done
    assert revealed.send("budget", budget=52)["ok"]
    value = written()[-1].value
    assert value["params"] == {"budget": 52}
    rows = {row["code"]: row for row in languages.data["rows"]}
    assert value["result"]["whole"] == sorted(code for code, row in rows.items() if row["cut"]["count"] <= 52)
    assert value["result"]["shares"]["am"] == pytest.approx(
        rows["am"]["cut"]["reach"][51] / len(rows["am"]["text"]), abs=1e-3
    )
    assert languages.data["budgets"] == [52]
    assert languages.done


@pytest.mark.parametrize("budget", [0, 61, 2.5, "20", None, True])
def test_a_limit_off_the_slider_is_refused(revealed, written, budget):
    assert not revealed.send("budget", budget=budget)["ok"]
    assert len(runs(written())) == 15


def test_a_speaker_can_put_in_a_better_sentence_or_another_language(languages, revealed, written):
    assert revealed.send("sentence", language="es", name="", text="El bus llega tarde.")["ok"]
    assert revealed.send("sentence", language="own", name="Elvish", text="I norn rina telwa.")["ok"]
    rows = {row["code"]: row for row in languages.data["rows"]}
    assert (rows["es"]["text"], rows["es"]["changed"], rows["es"]["cut"]["count"]) == ("El bus llega tarde.", True, 19)
    assert (rows["own"]["name"], rows["own"]["cut"]["count"]) == ("Elvish", 18)
    assert len(runs(written())) == 17


@pytest.mark.parametrize(
    "body",
    [
        {"language": "xx", "name": "", "text": "Hola"},
        {"language": "own", "name": " ", "text": "Hola"},
        {"language": "es", "name": "", "text": "  "},
        {"language": "es", "name": "", "text": "x" * 201},
        {"language": "es", "name": "", "text": "Llama al 757-555-0142"},
        {"language": "own", "name": "x" * 25, "text": "Hola"},
    ],
)
def test_a_sentence_that_is_none_is_refused(revealed, written, body):
    assert not revealed.send("sentence", **body)["ok"]
    assert len(runs(written())) == 15


# The field guide


@pytest.fixture
def guide(desk, card):
    page = Page(card)
    for text in ("library", "giraffe"):
        cut(page, text)
    return Page(TokenExplorer(desk, ask="guide", page="field-guide", finds=2))


def test_finds_are_kept_under_the_page_they_are_for(guide, written):
    one, two = (cut["id"] for cut in guide.card.data["cuts"])
    assert guide.send("find", number=1, run=one, note="One piece in many texts.")["ok"]
    event = written()[-1]
    assert (event.kind, event.field) == ("claim", "field-guide-find-1")
    assert event.value == {"claim": "One piece in many texts.", "evidence": [one], "reasoning": ""}
    assert guide.card.data["finds"][0]["cut"]["text"] == "library"
    assert not guide.card.done
    guide.send("find", number=2, run=two, note=" ")
    assert not guide.card.done
    guide.send("find", number=2, run=two, note="So tall.")
    assert guide.card.done


def test_the_same_cut_twice_is_one_find(guide):
    one = guide.card.data["cuts"][0]["id"]
    for number in (1, 2):
        guide.send("find", number=number, run=one, note="Wow.")
    assert not guide.card.done


def test_a_find_that_is_taken_out_leaves_its_note(guide):
    one = guide.card.data["cuts"][0]["id"]
    guide.send("find", number=1, run=one, note="Wow.")
    guide.send("find", number=1, run="", note="Wow.")
    found = guide.card.data["finds"][0]
    assert (found["run"], found["note"], found["cut"]) == ("", "Wow.", None)


@pytest.mark.parametrize(
    "body",
    [
        {"number": 1, "run": "run-99", "note": ""},
        {"number": 3, "run": "", "note": ""},
        {"number": 0, "run": "", "note": ""},
        {"number": 1, "run": "", "note": "x" * 301},
    ],
)
def test_a_find_that_is_none_is_refused(guide, written, body):
    before = written()
    assert not guide.send("find", **body)["ok"]
    assert written() == before


def test_a_bet_is_no_find(guide, written):
    bet = next(event.id for event in written() if event.kind == "prediction")
    assert not guide.send("find", number=1, run=bet, note="")["ok"]


def test_new_cuts_show_up_in_the_guide_at_once(desk, guide, card):
    cut(Page(card, client="page-2"), "pizza")
    assert [one["text"] for one in guide.card.data["cuts"]] == ["library", "giraffe", "pizza"]


# Lessons that ask for what there isn't, and journals that were written by hand


@pytest.mark.parametrize(
    "options",
    [{}, {"groups": ["nobody"]}, {"ask": "guide"}, {"ask": "sing"}],
    ids=["no group", "unknown group", "guide without a page", "unknown form"],
)
def test_a_card_that_can_not_be_is_said_to_the_author(desk, options):
    with pytest.raises(LessonError):
        TokenExplorer(desk, **options)


def test_a_page_opens_on_any_journal(desk):
    for kind in ("prediction", "run", "claim"):
        for value in (
            None,
            3,
            [],
            {"text": []},
            {"text": "a", "pieces": "x"},
            {"action": "budget"},
            {"action": "language"},
        ):
            desk.record(kind, "field-guide-find-1" if kind == "claim" else "token-explorer", value)
    for options in ({"groups": ["words"], "own": True}, {"ask": "languages"}, {"ask": "guide", "page": "field-guide"}):
        assert not TokenExplorer(desk, **options).done


def test_two_cards_of_one_lesson_have_ids_of_their_own(desk):
    TokenExplorer(desk, groups=["words"])
    TokenExplorer(desk, groups=["names"])
    TokenExplorer(desk, ask="languages")
    TokenExplorer(desk, ask="guide", page="field-guide")
    assert set(desk.cards) == {
        "token-explorer-words",
        "token-explorer-names",
        "token-explorer-languages",
        "token-explorer-field-guide",
    }


def test_a_desk_of_a_lesson_without_tables_says_which_is_missing(tmp_path, desk, lesson):
    plain = load_catalogue(content_root())["next-word-please"]
    with pytest.raises(LessonError, match=r"bank\.csv"):
        TokenExplorer(Desk(desk.session, plain), groups=["words"])


def test_a_warm_up_can_do_without_an_explanation(desk, written):
    page = Page(TokenExplorer(desk, groups=["words"], explain=False))
    cut(page, "library")
    assert "why" not in page.card.data
    assert not page.send("why", text="It is common.", evidence=[])["ok"]


def test_a_prediction_about_the_first_group_is_shown_again(desk):
    predict = Page(Predict(desk, "order", "In which order?"), client="predict")
    card = TokenExplorer(desk, groups=["big"], remember="order")
    assert card.data["bet"] == ""
    predict.send("lock", text="A, C, B")
    assert TokenExplorer(desk, groups=["big"], remember="order").data["bet"] == "A, C, B"
    assert "bet" not in TokenExplorer(desk, groups=["words"]).data


def test_where_a_claim_comes_next_the_languages_ask_for_no_explanation(desk):
    page = Page(TokenExplorer(desk, ask="languages", explain=False))
    assert "why" not in page.card.data
    assert not page.send("why", text="Because", evidence=[])["ok"]
