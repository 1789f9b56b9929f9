"""The next-word machine: bets come first, runs are made in Python, and each can be worked out again."""

import math
import random

import pytest

from kit.errors import HelpOffered, LessonError, ProviderUnavailable
from kit.experiments import describe
from kit.widgets.desk import Desk
from kit.widgets.exercises import exercise_names, find_exercise
from kit.widgets.exercises.next_word import NextWord
from kit.widgets.exercises.next_word.card import MOST_RUNS

from .conftest import CountingModel, Page


@pytest.fixture
def card(desk):
    return NextWord(desk, ["ice", "planet"])


@pytest.fixture
def revealed(card):
    page = Page(card)
    page.send("bet", prompt="ice", bet="water", sure=4)
    page.send("reveal", prompt="ice")
    return page


def runs(events):
    return [event for event in events if event.kind == "run"]


def test_the_machine_says_nothing_before_the_bet(card, written):
    page = Page(card)
    for kind, more in (
        ("reveal", {}),
        ("look", {}),
        ("complete", {}),
        ("temperature", {"temperature": 0.5}),
        ("roll", {"temperature": 1.0}),
    ):
        reply = page.send(kind, prompt="ice", **more)
        assert (reply["ok"], reply["code"]) == (False, "message-refused")
    assert runs(written()) == []
    assert "tokens" not in str(card.data)


def test_a_bet_can_not_be_changed_before_or_after_the_reveal(card, revealed, written):
    assert not revealed.send("bet", prompt="ice", bet="air", sure=5)["ok"]
    assert [event.value["bet"] for event in written() if event.kind == "prediction"] == ["water"]
    assert card.data["prompts"][0]["bet"]["text"] == "water"


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": "ice", "bet": "", "sure": 1},
        {"prompt": "ice", "bet": "...", "sure": 1},
        {"prompt": "ice", "bet": "cold water", "sure": 1},
        {"prompt": "ice", "bet": "x" * 41, "sure": 1},
        {"prompt": "ice", "bet": "water", "sure": 6},
        {"prompt": "paris", "bet": "water", "sure": 1},
        {"prompt": "no-such", "bet": "water", "sure": 1},
        {"prompt": "ice", "bet": "water", "sure": 1, "result": {"tokens": []}},
    ],
)
def test_a_bet_that_is_none_is_refused(card, written, body):
    assert not Page(card).send("bet", **body)["ok"]
    assert written() == ()


def test_a_reveal_is_recorded_once_with_all_that_is_needed_to_check_it(revealed, written):
    revealed.send("reveal", prompt="ice")
    (run,) = runs(written())
    assert run.field == "next-word"
    assert (run.value["prompt"], run.value["action"]) == ("ice", "reveal")
    assert run.value["model"] == {"name": "counting-model", "provider": "local"}
    result = run.value["result"]
    assert len(result["tokens"]) == 10
    assert result["tokens"][0]["token"] == " air"
    assert result["log_z"] == pytest.approx(0, abs=1e-9)
    assert result["bet_rank"] == 2
    assert result["bet_probability"] == pytest.approx(math.exp(result["tokens"][1]["logprob"]))


def test_the_page_gets_what_it_needs_to_move_the_bars_by_itself(card, revealed):
    table = revealed.send("look", prompt="ice")["result"]
    whole = CountingModel().next_tokens("Ice is lighter than")
    for step in (1, 5, 10, 20):
        temperature = step / 10
        expected = math.log(sum(math.exp(token.logprob / temperature) for token in whole.tokens))
        assert table["log_z"][step - 1] == pytest.approx(expected)
    assert table["bet"]["place"] == 2


def test_pictures_and_rolls_can_be_worked_out_again(revealed, written):
    revealed.send("temperature", prompt="ice", temperature=0.5)
    revealed.send("roll", prompt="ice", temperature=2)
    _, picture, rolled = (run.value for run in runs(written()))
    for value in (picture, rolled):
        temperature = value["params"]["temperature"]
        shares = [math.exp(t["logprob"] / temperature - value["result"]["log_z"]) for t in value["result"]["tokens"]]
        assert 0 < sum(shares) < 1
    weights = [*shares, max(0.0, 1 - sum(shares))]
    params = rolled["params"]
    again = random.Random(params["seed"]).choices(range(11), weights=weights, k=params["rolls"])
    assert rolled["result"]["counts"] == [again.count(place) for place in range(11)]
    assert params["rolls"] == 20


@pytest.mark.parametrize("temperature", [0, -1, 2.5, 1e9, "1", None, True])
def test_a_temperature_off_the_slider_is_refused(revealed, written, temperature):
    assert not revealed.send("temperature", prompt="ice", temperature=temperature)["ok"]
    assert len(runs(written())) == 1


@pytest.mark.parametrize("kind", ["run", "record", "submit", "counts"])
def test_a_run_can_not_be_sent(revealed, written, kind):
    before = written()
    assert not revealed.send(kind, prompt="ice", action="roll", result={"counts": [20]})["ok"]
    assert written() == before


def test_a_sentence_is_judged_only_when_there_is_one(desk, written):
    card = NextWord(desk, ["paris", "gold", "octopus"], ask="fact")
    page = Page(card)
    assert not page.send("verdict", prompt="paris", verdict="right")["ok"]
    assert page.send("complete", prompt="paris")["ok"]
    assert not page.send("verdict", prompt="paris", verdict="maybe")["ok"]
    assert page.send("verdict", prompt="paris", verdict="right")["ok"]
    assert (written()[-1].kind, written()[-1].field, written()[-1].value) == ("choice", "verdict-paris", "right")
    view = card.data["prompts"][0]
    assert view["completion"]["text"] == CountingModel().complete("The capital of France is", 12).text
    assert view["verdict"] == "right"
    assert "truth" not in str(card.data)


def test_done_means_revealed_or_judged_often_enough(desk):
    card = NextWord(desk, ["ice", "planet", "roses"])
    page = Page(card)
    for prompt in ("ice", "planet"):
        assert not card.done
        page.send("bet", prompt=prompt, bet="word", sure=1)
        page.send("reveal", prompt=prompt)
    assert card.done


def test_an_explanation_points_at_own_runs_only(card, revealed, written):
    run = runs(written())[0].id
    assert not revealed.send("why", text="Because", evidence=["run-999"])["ok"]
    assert revealed.send("why", text="Because", evidence=[run])["ok"]
    assert card.data["why"] == {"text": "Because", "evidence": [run]}


def test_runs_are_named_so_that_a_student_knows_them_again(card, revealed, lesson, written):
    revealed.send("roll", prompt="ice", temperature=1.0)
    first, second = (str(describe(run, lesson)) for run in runs(written()))
    assert first.startswith("“Ice is lighter than”: Top ten: first “air”, ")
    assert second.startswith("“Ice is lighter than”: 20 rolls at temperature 1: “")


def test_unsafe_words_are_not_drawn(desk, monkeypatch):
    class Rude(CountingModel):
        def __init__(self):
            super().__init__()
            self.words.append("fuck")
            self.follows["than", "fuck"] = 9

    desk = Desk(desk.session, desk.lesson, connect=lambda *_: Rude())
    card = NextWord(desk, ["ice"])
    page = Page(card)
    page.send("bet", prompt="ice", bet="water", sure=1)
    table = page.send("reveal", prompt="ice")["result"]
    desk.close()
    assert table["tokens"][0]["shown"] == "hidden word"
    assert "fuck" not in str(table) + str(card.data)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(ProviderUnavailable("The model is away."), "unavailable"), (HelpOffered("Talk to somebody."), "help")],
)
def test_when_no_model_answers_the_page_hears_why_and_the_bet_stays(desk, written, error, outcome):
    def connect(*_):
        raise error

    desk = Desk(desk.session, desk.lesson, connect=connect)
    page = Page(NextWord(desk, ["ice"]))
    page.send("bet", prompt="ice", bet="water", sure=1)
    reply = page.send("reveal", prompt="ice")
    desk.close()
    assert (reply["ok"], reply["code"], reply["message"]) == (False, error.code, error.message)
    assert [(event.kind, event.value) for event in written()][1:] == [("ai", {"outcome": outcome})]


def test_an_exercise_is_found_by_its_name_and_a_wrong_name_is_told(desk):
    assert "next-word" in exercise_names()
    assert find_exercise("next-word") is NextWord
    for wrong in ("exercise", "next_word", "nope", "__init__"):
        with pytest.raises(LessonError):
            find_exercise(wrong)
    for wrong in ({"prompts": []}, {"prompts": ["nope"]}, {"prompts": ["ice"], "ask": "all"}):
        with pytest.raises(LessonError):
            NextWord(desk, **wrong)


def test_only_the_machines_own_runs_fill_its_log(desk):
    for number in range(MOST_RUNS):
        desk.record("run", "lateral-reading", {"action": "open", "n": number})
    page = Page(NextWord(desk, ["ice"]))
    page.send("bet", prompt="ice", bet="water", sure=4)
    assert page.send("reveal", prompt="ice")["ok"]
    for number in range(MOST_RUNS - 1):
        desk.record("run", "next-word", {"action": "strange", "n": number})
    reply = page.send("roll", prompt="ice", temperature=1.0)
    assert (reply["ok"], reply["code"]) == (False, "not-saved")
    assert "the log is full" in reply["message"]
