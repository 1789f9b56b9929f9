"""The scam filter: rules are tested once, new messages stay hidden till then, and no result comes from the page."""

from __future__ import annotations

import json

import pytest

from kit.errors import LessonError
from kit.experiments import describe
from kit.experiments.scam_filter import SEED, Rules, load, score_rules, score_taught
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.widgets.exercises import find_exercise
from kit.widgets.exercises.scam_filter import ScamFilter
from kit.widgets.respond import Predict

from .conftest import Page

RULES = ["gift card", "[link]", "pay", "send", "", "", ""]
SCAM = "Bring the money to practice on Monday at lunch, or the class will hear it"


@pytest.fixture
def lesson():
    return load_catalogue(content_root())["told-or-taught"]


@pytest.fixture
def pile(desk):
    return load(desk.data_folder)


@pytest.fixture
def rules(desk):
    return Page(ScamFilter(desk, "rules"), client="rules")


@pytest.fixture
def tested(rules):
    rules.send("try", rules=RULES, unless="")
    assert rules.send("lock", rules=RULES, unless="")["ok"]
    return rules


@pytest.fixture
def learn(desk):
    return Page(ScamFilter(desk, "learn", words=["free", "and"]), client="learn")


@pytest.fixture
def fool(desk, tested):
    return Page(ScamFilter(desk, "fool"), client="fool")


def runs(events):
    return [event for event in events if event.kind == "run"]


# Tell it


def test_rules_are_tried_on_the_pile_and_all_that_is_needed_to_check_them_is_written_down(rules, pile, written):
    reply = rules.send("try", rules=["Gift Card", "free"], unless="Library")
    (run,) = runs(written())
    told = Rules.told(["gift card", "free"], "library")
    assert run.field == "scam-filter"
    assert run.value == {
        "action": "try",
        "params": {"rules": ["gift card", "free"], "unless": "library"},
        "result": score_rules(pile.known, told).to_result(),
    }
    messages = reply["result"]["messages"]
    assert len(messages) == 140
    flagged = [one for one in messages if one["outcome"] in ("caught", "false_alarms")]
    assert flagged
    assert all(one["hits"] for one in flagged)
    tried = rules.card.data["tried"]
    assert [rule["says"] for rule in tried["rules"]] == ["gift card", "free"]
    assert tried["caught"] + tried["missed"] == 56


def test_boxes_are_kept_as_they_stand_and_come_back(desk, rules, written):
    assert rules.send("draft", rules=["a  b", "", "c"], unless="x")["ok"]
    again = ScamFilter(desk, "rules")
    assert again.data["draft"] == {"rules": ["a b", "", "c"], "unless": "x"}
    assert runs(written()) == []


def test_nobody_sees_a_new_message_before_the_test(desk, rules, learn, pile):
    rules.send("try", rules=RULES, unless="")
    assert rules.send("browse", pile="new")["code"] == "message-refused"
    learn.send("teach", examples=140, wrong=False)
    said = json.dumps([desk.cards[name].data for name in desk.cards] + rules.card.comm.said + learn.card.comm.said)
    assert pile.known[0].text in said
    assert not [message.text for message in pile.new if json.dumps(message.text) in said]


def test_locking_needs_three_rules_that_were_tried_just_so(rules, written):
    few = ["gift card", "pay"]
    rules.send("try", rules=few, unless="")
    assert "3 rules" in rules.send("lock", rules=few, unless="")["message"]
    assert "not tried" in rules.send("lock", rules=RULES, unless="")["message"]
    rules.send("try", rules=RULES, unless="")
    assert "not tried" in rules.send("lock", rules=RULES, unless="library")["message"]
    assert not rules.card.done
    assert rules.send("lock", rules=RULES, unless="")["ok"]
    assert rules.card.done
    assert [run.value["action"] for run in runs(written())] == ["try", "try", "test"]


def test_after_the_test_rules_stay_as_they_are(tested, pile, written):
    before = written()
    for kind in ("try", "lock", "draft"):
        assert not tested.send(kind, rules=["zebra", "quark", "free"], unless="")["ok"]
    assert written() == before
    locked = tested.card.data["locked"]
    assert [rule["says"] for rule in locked["rules"]] == ["gift card", "[link]", "pay", "send"]
    assert locked["caught"] == score_rules(pile.new, Rules.told(RULES)).caught
    assert len(tested.send("browse", pile="new")["result"]["messages"]) == 60


@pytest.mark.parametrize(
    "body",
    [
        {"rules": [], "unless": ""},
        {"rules": ["", "!!"], "unless": "library"},
        {"rules": ["a"] * 9, "unless": ""},
        {"rules": ["x" * 41], "unless": ""},
        {"rules": ["a"], "unless": "x" * 41},
        {"rules": "free", "unless": ""},
        {"rules": ["free"], "unless": "", "result": {"caught": 56}},
        {"rules": [1], "unless": ""},
    ],
)
def test_rules_that_are_none_are_refused(rules, written, body):
    assert not rules.send("try", **body)["ok"]
    assert written() == ()


@pytest.mark.parametrize("kind", ["run", "test", "record", "teach", "ask", "submit"])
def test_a_run_can_not_be_sent(rules, written, kind):
    assert not rules.send(kind, rules=RULES, unless="", action="test", result={"caught": 24})["ok"]
    assert written() == ()


# Teach it


def test_a_lesson_is_written_down_once_with_what_grading_needs(learn, pile, written):
    first = learn.send("teach", examples=40, wrong=True)["result"]
    second = learn.send("teach", examples=40, wrong=True)["result"]
    assert first == second
    (run,) = runs(written())
    scores = score_taught(pile, 40, wrong=True)[1].to_result()
    assert run.value["params"] == {"examples": 40, "wrong_labels": True, "seed": SEED}
    assert run.value["result"] == scores
    assert {name: first[name] for name in scores} == scores
    assert learn.card.data["lessons"] == [{**scores, "examples": 40, "wrong": True}]


def test_the_words_of_the_prediction_are_always_shown_and_others_can_be_looked_up(learn, written):
    watched = learn.send("teach", examples=140, wrong=False)["result"]["watched"]
    assert [one["word"] for one in watched] == ["free", "and"]
    assert watched[0]["weight"] < 0 < watched[1]["weight"]
    before = written()
    found = learn.send("weigh", word=" Lunch!", examples=140, wrong=False)["result"]
    assert (found["word"], found["in_scams"]) == ("lunch", 0)
    assert learn.send("weigh", word="snorkelsaurus", examples=140, wrong=False)["result"]["weight"] is None
    assert not learn.send("weigh", word="two words", examples=140, wrong=False)["ok"]
    assert written() == before


def test_words_lean_the_way_they_say_and_the_heaviest_stands_first(learn):
    result = learn.send("teach", examples=140, wrong=False)["result"]
    for name, way in (("toward_scam", 1), ("toward_fine", -1)):
        weights = [one["weight"] * way for one in result[name]]
        assert weights == sorted(weights, reverse=True)
        assert min(weights) > 0


@pytest.mark.parametrize("examples", [0, 11, 141, -10, "10", 10.5, True, None])
def test_a_place_off_the_slider_is_refused(learn, written, examples):
    assert not learn.send("teach", examples=examples, wrong=False)["ok"]
    assert written() == ()


def test_the_prediction_comes_before_the_machine(desk, written):
    predict = Page(Predict(desk, "word-bet", "Which word?"), client="predict")
    page = Page(ScamFilter(desk, "learn", after="word-bet"), client="learn")
    assert page.card.data["waiting"]
    assert page.send("teach", examples=10, wrong=False)["code"] == "message-refused"
    assert page.send("weigh", word="and", examples=140, wrong=False)["code"] == "message-refused"
    predict.send("lock", text="urgent")
    assert not page.card.data["waiting"]
    assert page.card.data["bet"] == "urgent"  # shown beside what the machine makes of it
    assert page.send("teach", examples=10, wrong=False)["ok"]
    assert [event.kind for event in written()] == ["answer", "prediction", "run"]


def test_three_numbers_of_examples_with_right_labels_are_enough(learn):
    for examples in (10, 20):
        learn.send("teach", examples=examples, wrong=False)
    learn.send("teach", examples=40, wrong=True)
    assert not learn.card.done
    learn.send("teach", examples=40, wrong=False)
    assert learn.card.done


def test_what_it_gets_wrong_is_shown_once_the_rules_are_locked(learn, rules, pile):
    assert learn.send("teach", examples=140, wrong=False)["result"]["errors"] is None
    assert learn.card.data["told"] is None
    rules.send("try", rules=RULES, unless="")
    rules.send("lock", rules=RULES, unless="")
    assert learn.card.data["told"] == score_rules(pile.new, Rules.told(RULES)).to_result()
    errors = learn.send("teach", examples=140, wrong=False)["result"]["errors"]
    assert len(errors) == 60 - score_taught(pile, 140)[1].right


# Fool them


def test_without_tested_rules_there_is_nothing_to_fool(desk, written):
    page = Page(ScamFilter(desk, "fool"))
    assert page.card.data["told"] is None
    assert page.send("ask", text=SCAM, says="scam", wants="money")["code"] == "message-refused"
    assert written() == ()


def test_a_message_is_judged_word_by_word_and_written_down_once(fool, written):
    before = len(written())
    result = fool.send("ask", text=f"  {SCAM}\n", says="scam", wants="money")["result"]
    fool.send("ask", text=SCAM, says="scam", wants="money")
    new = written()[before:]
    assert len(new) == 1
    assert new[0].value["params"] == {"text": SCAM, "says": "scam", "wants": "money"}
    assert new[0].value["result"]["told"] == new[0].value["result"]["taught"] == "fine"
    assert result["log_odds"] == pytest.approx(
        result["start"] + sum(push["weight"] or 0 for push in result["pushes"]), abs=0.02
    )
    assert [push["word"] for push in result["pushes"]][:3] == ["bring", "the", "money"]
    assert result["fooled"] == ["scam-past-rules", "scam-past-taught"]


def test_all_four_ways_to_fool_make_it_done(fool):
    fool.send("ask", text=SCAM, says="scam", wants="money")
    assert not fool.card.done
    assert fool.card.data["goals"]["scam-past-rules"] == SCAM
    fool.send("ask", text="We have your book. Pay us back with a cookie and a hug.", says="fine", wants="")
    assert fool.card.done


def test_what_a_harmless_message_wants_is_not_asked(fool, written):
    fool.send("ask", text="See you at lunch on Monday", says="fine", wants="money")
    assert written()[-1].value["params"]["wants"] == ""


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Hi you there", "says": "scam", "wants": "money"},
        {"text": "x " * 81, "says": "scam", "wants": "money"},
        {"text": SCAM, "says": "maybe", "wants": "money"},
        {"text": SCAM, "says": "scam", "wants": ""},
        {"text": SCAM, "says": "scam", "wants": "revenge"},
        {"text": "Win it all now at real-shop.com", "says": "scam", "wants": "tap"},
        {"text": "Call me right now at 757-222-1234", "says": "scam", "wants": "money"},
        {"text": "Write to the coach at coach@school.org", "says": "fine", "wants": ""},
        {"text": SCAM, "says": "scam", "wants": "money", "result": {"told": "fine"}},
    ],
)
def test_messages_that_nobody_should_make_are_refused_in_words(fool, written, body):
    before = written()
    reply = fool.send("ask", **body)
    assert not reply["ok"]
    assert reply["mend"]
    assert written() == before


def test_words_of_distress_bring_up_the_help_card_and_are_kept(fool, written):
    reply = fool.send("draft", text="Send me money or I want to kill myself")
    assert reply["ok"]
    assert reply["help"]
    assert "I want to kill myself" in str(written()[-2].value)


def test_an_explanation_points_at_own_runs_only(fool, written):
    run = runs(written())[0].id
    assert not fool.send("why", text="Because", evidence=["run-999"])["ok"]
    assert fool.send("why", text="Because", evidence=[run])["ok"]


@pytest.mark.parametrize("ask", ["rules", "learn", "fool"])
def test_where_a_claim_comes_after_it_no_explanation_is_asked_for(desk, ask):
    page = Page(ScamFilter(desk, ask, explain=False), client="short")
    assert "why" not in page.card.data
    assert not page.send("why", text="Because", evidence=[])["ok"]
    assert "why" in ScamFilter(desk, ask).data


def test_runs_are_named_so_that_a_student_knows_them_again(fool, lesson, written):
    fool.send("ask", text=SCAM, says="scam", wants="money")
    said = [str(describe(run, lesson)) for run in runs(written())]
    assert said[0].startswith("My rules: On the pile: ")
    assert said[1].startswith("My rules: On new messages: ")
    assert said[2].startswith("Messages that I made: “Bring the money to practice")


def test_it_is_found_by_its_name_and_asks_for_one_of_three_things(desk):
    assert find_exercise("scam-filter") is ScamFilter
    with pytest.raises(LessonError):
        ScamFilter(desk, "dance")
