"""Guess about me: the page says what is tapped, Python says what came out, and nothing is told before its time."""

from __future__ import annotations

import json
import math

import pytest

from kit.errors import LessonError
from kit.experiments.guess_about_me import load
from kit.journal import Journal
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.widgets.exercises import find_exercise
from kit.widgets.exercises.guess_about_me import EXERCISE
from kit.widgets.exercises.guess_about_me.part import MOST_RUNS
from kit.widgets.respond import Predict

from .conftest import Page

GOOD = {"bus": "side", "club": "kind", "grade": "grade"}
START = {"birthday": "month", "bus": "line", "pet": "kind"}


@pytest.fixture
def lesson():
    return load_catalogue(content_root())["what-can-it-guess"]


@pytest.fixture
def data(desk):
    return load(desk.data_folder)


@pytest.fixture
def find(desk):
    return Page(EXERCISE(desk, ask="find"))


@pytest.fixture
def crowd(desk):
    return Page(EXERCISE(desk, ask="crowd", prediction="how-many-alone", explain="Why?"))


@pytest.fixture
def predicted(desk):
    Page(Predict(desk, "how-many-alone", "How many?")).send("lock", text="about 20")


@pytest.fixture
def guess(desk):
    return Page(EXERCISE(desk, ask="guess"))


@pytest.fixture
def redact(desk):
    return Page(EXERCISE(desk, ask="redact"))


@pytest.fixture
def notices(desk):
    return Page(EXERCISE(desk, ask="notices"))


def runs(events):
    return [event.value for event in events if event.kind == "run"]


def of(page, items, item_id):
    return next(item for item in page.card.data[items] if item["id"] == item_id)


# Find


def test_each_tap_says_who_is_left_and_is_recorded_once(find, written):
    reply = find.send("look", character="puddlejumper", clues=["birthday"])
    assert len(reply["result"]["left"]) == 9
    find.send("look", character="puddlejumper", clues=["birthday"])
    find.send("look", character="puddlejumper", clues=["pet", "birthday"])
    find.send("look", character="puddlejumper", clues=["birthday", "pet"])
    assert [run["params"]["clues"] for run in runs(written())] == [["birthday"], ["birthday", "pet"]]
    assert [run["result"] for run in runs(written())] == [{"left": 9, "of": 120}, {"left": 1, "of": 120}]
    assert runs(written())[0]["about"] == "Finding PuddleJumper"


def test_a_row_is_told_only_when_it_is_the_only_one(find, data):
    assert find.send("look", character="puddlejumper", clues=["bus", "pet"])["result"]["row"] is None
    assert "roller coasters" not in json.dumps(find.card.data)
    row = find.send("look", character="puddlejumper", clues=["bus", "pet", "birthday"])["result"]["row"]
    assert (row["number"], row["secret"]) == (43, "pretends to like roller coasters")
    find.send("look", character="quietkoala", clues=["grade", "bus", "music", "device"])
    koala = data.characters["quietkoala"].row
    assert of(find, "characters", "quietkoala")["row"] is None
    assert len(of(find, "characters", "quietkoala")["left"]) == 8
    assert data.survey.rows[koala - 1].secret not in json.dumps(find.card.data)


def test_the_key_never_reaches_the_page(find, crowd, guess, redact, notices):
    told = json.dumps([page.card.data for page in (find, crowd, guess, redact, notices)])
    for key in ("rather_not_say", "roller coasters", '"planted"', '"answers"', "1095"):
        assert key not in told
    assert '"row": 43' not in told


@pytest.mark.parametrize(
    "body",
    [
        {"character": "puddlejumper", "clues": ["shoe"]},
        {"character": "nobody", "clues": []},
        {"character": "puddlejumper", "clues": "bus"},
        {"character": "puddlejumper", "clues": ["bus"] * 13},
        {"character": "puddlejumper", "clues": [], "left": 1},
        {"character": "x" * 41, "clues": []},
    ],
)
def test_a_tap_that_is_none_is_refused(find, written, body):
    assert not find.send("look", **body)["ok"]
    assert written() == ()


def test_finding_is_done_with_three_people_found_or_not(find):
    for character, clues in (
        ("puddlejumper", ["birthday", "bus", "pet"]),
        ("quietkoala", ["grade", "bus", "music"]),
        ("cometsocks", ["bus", "club", "pet"]),
    ):
        assert not find.card.done
        find.send("look", character=character, clues=clues)
    assert find.card.done


def test_what_was_tapped_is_there_again_on_another_page(desk, find):
    find.send("look", character="puddlejumper", clues=["birthday", "bus", "pet"])
    find.send("look", character="puddlejumper", clues=["pet"])
    again = Page(EXERCISE(desk, ask="find"))
    assert of(again, "characters", "puddlejumper")["clues"] == ["birthday", "bus", "pet"]


# Crowd


def test_nothing_is_counted_before_the_prediction(crowd, written):
    reply = crowd.send("publish", setting=START)
    assert (reply["ok"], reply["code"]) == (False, "message-refused")
    assert runs(written()) == []
    assert "sizes" not in json.dumps(crowd.card.data)


def test_a_prediction_on_another_card_opens_the_count(crowd, predicted):
    assert crowd.card.data["bet"] == "about 20"
    result = crowd.send("publish", setting=START)["result"]
    assert (result["alone"], result["reached"]) == (82, False)
    assert crowd.card.data["counted"] == 82
    assert sum(result["sizes"]) == 120


def test_the_goal_is_reached_and_stays_reached(crowd, predicted, written):
    crowd.send("publish", setting=START)
    assert not crowd.card.done
    assert crowd.card.data["ways"] is None
    result = crowd.send("publish", setting=GOOD)["result"]
    assert (result["reached"], result["detail"], min(result["sizes"])) == (True, 3, 3)
    assert [answer["text"] for answer in result["answers"]] == ["south side: 69 of 120", "performing: 50 of 120"]
    crowd.send("publish", setting={})
    assert crowd.card.done
    assert (crowd.card.data["found"], crowd.card.data["ways"]) == (1, 6)
    assert crowd.card.data["outcome"]["sizes"] == [120]
    assert runs(written())[1]["result"] == {"crowds": 18, "alone": 0, "smallest": 3, "answered": ["bus", "club"]}


@pytest.mark.parametrize(
    "setting", [{"bus": "exact"}, {"name": "kind"}, {"bus": 1}, "all", None, {str(n): "out" for n in range(13)}]
)
def test_a_setting_that_is_none_is_refused(crowd, predicted, written, setting):
    before = written()
    assert not crowd.send("publish", setting=setting)["ok"]
    assert written() == before


def test_the_explanation_points_at_settings_only(crowd, find, predicted, written):
    find.send("look", character="puddlejumper", clues=["pet"])
    crowd.send("publish", setting=GOOD)
    [offered] = crowd.card.data["runs"]
    assert offered["text"] == "grade, side of town, kind of club: smallest crowd 3, 0 alone, 2 questions answered"
    assert crowd.send("why", text="Because", evidence=[offered["id"]])["ok"]
    assert written()[-1].field == "guess-about-me-crowd-why"


# Guess


def test_the_bars_come_from_the_likes_and_are_recorded(guess, written):
    result = guess.send("guess", target="little_sibling", likes={"snack": "fruit snacks"})["result"]
    (first, chance), (_, other) = result["chances"]
    assert first == "yes"
    assert math.isclose(chance + other, 1)
    [run] = runs(written())
    assert run["params"] == {"target": "little_sibling", "likes": {"snack": "fruit snacks"}}
    assert run["result"]["chances"]["yes"] == round(chance, 4)


@pytest.mark.parametrize(
    "body",
    [
        {"target": "little_sibling", "likes": {"snack": "my friend Sam"}},
        {"target": "little_sibling", "likes": {"bus": "Mill"}},
        {"target": "rather_not_say", "likes": {}},
        {"target": "birthday", "likes": {}},
        {"target": "grade", "likes": {"snack": 3}},
        {"target": "grade", "likes": []},
        {"target": "grade", "likes": {}, "chances": {"7": 1}},
    ],
)
def test_only_likes_from_the_lists_and_only_harmless_questions(guess, written, body):
    assert not guess.send("guess", **body)["ok"]
    assert written() == ()


def test_the_trial_waits_for_the_bet_and_the_bet_stays(guess, written):
    reply = guess.send("test", target="little_sibling")
    assert (reply["ok"], reply["code"]) == (False, "message-refused")
    assert "93" not in json.dumps(guess.card.data["targets"])
    assert guess.send("bet", target="little_sibling", right=80)["ok"]
    assert not guess.send("bet", target="little_sibling", right=93)["ok"]
    trial = guess.send("test", target="little_sibling")["result"]
    assert (trial["count"], trial["baseline"], sum(trial["right"])) == (93, 66, 93)
    assert (trial["wrong"]["number"], trial["wrong"]["guess"], trial["wrong"]["truth"]) == (68, "yes", "no")
    assert of(guess, "targets", "little_sibling")["bet"] == 80
    assert of(guess, "targets", "grade")["trial"] is None
    assert runs(written())[-1]["result"] == {"right": 93, "total": 120, "baseline": 66}


@pytest.mark.parametrize("right", [-1, 121, 60.5, "60", None, True])
def test_a_bet_that_is_none_is_refused(guess, written, right):
    assert not guess.send("bet", target="grade", right=right)["ok"]
    assert written() == ()


def test_guessing_is_done_after_two_characters_and_a_trial(guess):
    guess.send("guess", target="grade", likes={"snack": "popcorn"})
    guess.send("bet", target="grade", right=60)
    guess.send("test", target="grade")
    guess.send("guess", target="grade", likes={})
    guess.send("guess", target="little_sibling", likes={"snack": "popcorn"})
    assert not guess.card.done
    guess.send("guess", target="grade", likes={"music": "rock"})
    assert guess.card.done


# Redact


def places(data, draft, *marks):
    return [place for mark in marks for place in data.drafts[draft].marks[mark]]


def test_what_is_black_is_kept_and_only_a_check_is_a_run(redact, desk, written):
    assert redact.send("save", draft="thank-you", hidden=[2, 1])["ok"]
    assert runs(written()) == []
    again = Page(EXERCISE(desk, ask="redact"))
    assert of(again, "drafts", "thank-you")["hidden"] == (1, 2)
    assert of(again, "drafts", "thank-you")["checked"] is None


def test_a_check_names_kinds_and_not_places(redact, data):
    found = redact.send("check", draft="thank-you", hidden=places(data, "thank-you", "name", "length"))["result"]
    assert "the writer's name" not in found["given_away"]
    assert "a phone number" in found["given_away"]
    assert (len(found["given_away"]), found["planted"]) == (5, 6)
    assert found["missing"] == ("how long it should be",)
    assert not redact.card.done


def test_all_three_messages_make_it_done_and_the_fewest_words_are_kept(redact, data):
    for draft in data.drafts.values():
        marks = places(data, draft.id, *draft.planted, *draft.parts)
        found = redact.send("check", draft=draft.id, hidden=marks)["result"]
        assert (found["safe"], found["useful"]) == (True, True)
    assert redact.card.done
    assert of(redact, "drafts", "tuba")["fewest"] == 20
    fewer = places(data, "tuba", *data.drafts["tuba"].planted, "school", "bus", "age")
    redact.send("check", draft="tuba", hidden=fewer)
    redact.send("check", draft="tuba", hidden=[])
    assert of(redact, "drafts", "tuba")["fewest"] == 14


@pytest.mark.parametrize("kind", ["save", "check"])
@pytest.mark.parametrize("hidden", [[-1], [999], [1.5], ["1"], [True], None, list(range(201))])
def test_places_that_are_none_are_refused(redact, written, kind, hidden):
    assert not redact.send(kind, draft="thank-you", hidden=hidden)["ok"]
    assert not redact.send(kind, draft="nothing", hidden=[])["ok"]
    assert written() == ()


# Notices


def test_what_a_notice_says_is_told_to_who_found_the_sentence(notices):
    found = notices.send("check", notice="studybuddy", marks={"how-long": 1, "who": 3})["result"]
    assert found["right"] == ("who",)
    assert found["days"] is None
    assert found["shared_with"].startswith("advertisers")
    found = notices.send("check", notice="studybuddy", marks={"how-long": 4, "who": 3, "delete": 0, "what": 2})[
        "result"
    ]
    assert len(found["right"]) == 4
    assert (found["days"], found["words"], round(found["grade"])) == (1095, 133, 20)


def test_marks_are_kept_and_both_notices_make_it_done(notices, desk):
    assert notices.send("save", notice="library", marks={"who": 5})["ok"]
    assert of(Page(EXERCISE(desk, ask="notices")), "notices", "library")["marks"] == {"who": 5}
    notices.send("check", notice="library", marks={"who": 5})
    assert not notices.card.done
    notices.send("check", notice="studybuddy", marks={})
    assert notices.card.done


def test_what_is_only_for_those_who_have_time_is_never_open(desk):
    assert EXERCISE(desk, ask="notices", optional=True).done


@pytest.mark.parametrize("marks", [{"who": 99}, {"who": -1}, {"who": "3"}, {"who": True}, {"when": 1}, None, []])
def test_marks_that_are_none_are_refused(notices, written, marks):
    assert not notices.send("check", notice="library", marks=marks)["ok"]
    assert not notices.send("save", notice="nothing", marks={})["ok"]
    assert written() == ()


# All of them


@pytest.mark.parametrize(
    "options",
    [
        {"ask": "all"},
        {"ask": "crowd"},
        {"ask": "crowd", "prediction": "Not An Id"},
        {"ask": "find", "prediction": "how-many-alone"},
        {"ask": "redact", "minimum": 1},
    ],
)
def test_an_option_that_is_none_is_told(desk, options):
    with pytest.raises(LessonError):
        EXERCISE(desk, **options)


def test_each_part_brings_its_own_script_and_not_those_of_the_others(find, crowd):
    assert find_exercise("guess-about-me") is EXERCISE
    for page, own, other in ((find, "kit-posts", "kit-lights"), (crowd, "kit-lights", "kit-posts")):
        assert own in page.card._esm
        assert other not in page.card._esm
        assert page.card._esm.count("export default") == 1


def test_a_journal_that_somebody_edited_stops_no_page(desk):
    journal = Journal(desk.session.work)
    for value in (
        None,
        7,
        {"action": "find"},
        {"action": "find", "params": {"character": "puddlejumper", "clues": 3}},
        {"action": "crowd", "params": {"setting": {"bus": ["line"]}}},
        {"action": "guess", "params": {"target": {}, "likes": {}}},
        {"action": "test", "params": {"target": []}},
        {"action": "redact", "params": {"draft": "thank-you", "hidden": [[]]}},
        {"action": "notice", "params": {"notice": "library", "marks": {"who": []}}},
    ):
        journal.append("run", "guess-about-me", value)
        journal.append("prediction", "guess-about-me", value)
        journal.append("prediction", "how-many-alone", value)
        journal.append("answer", "guess-about-me-draft-thank-you", value)
        journal.append("answer", "guess-about-me-notice-library", value)
    for ask, more in (
        ("find", {}),
        ("crowd", {"prediction": "how-many-alone"}),
        ("guess", {}),
        ("redact", {}),
        ("notices", {}),
    ):
        card = EXERCISE(desk, ask=ask, explain="Why?", **more)
        assert not card.done


def test_a_full_log_is_said(find, desk):
    journal = Journal(desk.session.work)
    for number in range(MOST_RUNS):
        journal.append("run", "guess-about-me", {"action": "find", "params": {"n": number}})
    reply = find.send("look", character="puddlejumper", clues=["pet"])
    assert (reply["ok"], reply["code"]) == (False, "not-saved")
    assert "the log is full" in reply["message"]
