"""The made-up survey holds what the lesson says about it, and everything that is computed from it is right."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import math
import re
import runpy
import shutil
from collections import Counter
from pathlib import Path

import nbformat
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import LessonError
from kit.experiments import describe
from kit.experiments.guess_about_me import load
from kit.experiments.guess_about_me.crowd import START, count_ways, describe_setting, publish, read_setting
from kit.experiments.guess_about_me.finding import matching, read_post, say_row
from kit.experiments.guess_about_me.guesser import guess_about, read_likes, train, try_all
from kit.experiments.guess_about_me.notices import found_right
from kit.experiments.guess_about_me.redaction import judge, read_hidden
from kit.experiments.guess_about_me.survey import BOARD, LIKES, OUT
from kit.journal import Event
from kit.settings import content_root

LESSON = content_root() / "notebooks/lessons/what-can-it-guess/lesson.yml"
FOLDER = content_root() / "notebooks/lessons/what-can-it-guess/data"
DATA = load(FOLDER)
SURVEY = DATA.survey
NOTHING = dict.fromkeys(BOARD, OUT)


def settings():
    return [
        {fact: level.id for fact, level in zip(BOARD, levels, strict=True)}
        for levels in itertools.product(*(fact.levels for fact in BOARD.values()))
    ]


# The data


def test_the_survey_is_what_its_script_makes():
    script = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "harborlight_survey.py"))
    assert (FOLDER / "survey.csv").read_text(encoding="utf-8") == script["write_csv"](script["make_rows"]())


def test_the_survey_has_no_name_and_nothing_that_could_hurt():
    text = (FOLDER / "survey.csv").read_text(encoding="utf-8").lower()
    header, *rows = text.splitlines()
    assert len(rows) == 120
    assert "name" not in header
    for word in ("religion", "church", "sick", "money", "poor", "rich", "race", "weight", "doctor", "immigra"):
        assert word not in text


@pytest.mark.parametrize("file", ["survey.csv", "school.yml", "characters.yml", "drafts.yml", "notices.yml"])
def test_a_broken_file_is_named(tmp_path, file):
    shutil.copytree(FOLDER, tmp_path / "data")
    broken = tmp_path / "data" / file
    for content in (b"row,grade\n1,6\n", b"\xff\xfe", b"title: nothing\n"):
        broken.write_bytes(content)
        with pytest.raises(LessonError, match=file):
            load(tmp_path / "data")
    broken.unlink()
    with pytest.raises(LessonError, match=file):
        load(tmp_path / "data")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("characters.yml", "value: March", "value: April"),
        ("characters.yml", "{pet: my lizard}", "my lizard"),
        ("school.yml", "[Lighthouse, Ferry]", "[Lighthouse]"),
        ("drafts.yml", "{age: 13}", "13"),
        ("notices.yml", "how-long: 4, delete: 0", "how-long: 4"),
        ("notices.yml", "how-long: 4, delete: 7", "how-long: 4, delete: 70"),
    ],
)
def test_data_that_does_not_fit_together_is_told(tmp_path, file, old, new):
    shutil.copytree(FOLDER, tmp_path / "data")
    text = (tmp_path / "data" / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "data" / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LessonError, match=file):
        load(tmp_path / "data")


# Finding


def test_three_facts_find_three_of_the_four_and_the_fourth_hides():
    left = {one.handle: [row.number for row in matching(SURVEY, one, one.clues)] for one in DATA.characters.values()}
    assert left["PuddleJumper"] == [43]
    assert left["CometSocks"] == [50]
    assert left["SunriseWaffle"] == [30]
    assert len(left["QuietKoala"]) == 8
    # The guesser's surest mistake is about one of these eight, which the script for teachers tells.
    assert try_all(SURVEY, "little_sibling").surest_wrong.row.number in left["QuietKoala"]


def test_each_fact_leaves_fewer_or_as_many():
    for character in DATA.characters.values():
        assert len(matching(SURVEY, character, [])) == 120
        for order in itertools.permutations(character.clues):
            counts = [len(matching(SURVEY, character, order[:n])) for n in range(len(order) + 1)]
            assert counts == sorted(counts, reverse=True)


def test_a_post_is_read_as_words_and_clues():
    assert [(piece.text, piece.clue) for piece in read_post("Our {pet: lizard} sings.")] == [
        ("Our ", ""),
        ("lizard", "pet"),
        (" sings.", ""),
    ]
    assert [piece.text for piece in read_post("{pet: lizard}")] == ["lizard"]


def test_a_row_is_told_with_every_fact_that_was_asked():
    row = SURVEY.rows[42]
    assert dict(say_row(SURVEY, row)) == {
        "Birthday": "March 15",
        "Grade": "grade 6",
        "Bus": "Quarry",
        "Gets up at": "6:10",
        "Pet": "lizard",
        "Club": "drama",
    }


# Crowds


def test_most_rows_are_alone_with_three_harmless_facts():
    outcome = publish(SURVEY, read_setting(START))
    assert (outcome.alone, outcome.smallest) == (82, 1)
    month_bus_pet = Counter(
        (row.facts["birthday"][:2], row.facts["bus"], row.facts["pet"]) for row in SURVEY.rows
    )  # counted by hand, without any of the code that is tested
    assert outcome.alone == sum(times == 1 for times in month_bus_pet.values())


def test_the_goal_can_be_reached_in_six_of_864_ways_and_never_with_a_birthday():
    outcomes = [(setting, publish(SURVEY, setting)) for setting in settings()]
    good = [(setting, outcome) for setting, outcome in outcomes if outcome.reaches_goal]
    assert len(outcomes) == 864
    assert len(good) == count_ways(SURVEY) == 6
    assert max(outcome.detail for _, outcome in good) == 3
    assert sum(outcome.detail == 3 for _, outcome in good) == 5
    assert all(setting["birthday"] == OUT for setting, _ in good)


def test_everybody_is_in_one_crowd_and_crowds_only_split_when_more_is_told():
    for setting in settings()[::7]:
        outcome = publish(SURVEY, setting)
        assert sorted(itertools.chain(*outcome.crowds)) == list(range(1, 121))
        assert [len(crowd) for crowd in outcome.crowds] == sorted(len(crowd) for crowd in outcome.crowds)
        for fact in BOARD:
            less = publish(SURVEY, {**setting, fact: OUT})
            assert less.smallest >= outcome.smallest
            assert less.alone <= outcome.alone


def test_the_schools_questions_are_answered_from_what_is_published_and_no_finer():
    def told(**levels):
        return [answer.text for answer in publish(SURVEY, {**NOTHING, **levels}).answers]

    assert told() == ["can't be answered", "can't be answered"]
    assert told(bus="line") == told(bus="side") == ["south side: 69 of 120", "can't be answered"]
    assert told(club="club") == told(club="kind") == ["can't be answered", "performing: 50 of 120"]
    assert sum(row.facts["bus"] in {"Mill", "Orchard", "Quarry"} for row in SURVEY.rows) == 69
    assert sum(row.facts["club"] in {"drama", "band"} for row in SURVEY.rows) == 50


def test_publishing_nothing_hides_everybody_and_helps_nobody():
    outcome = publish(SURVEY, NOTHING)
    assert (outcome.smallest, outcome.alone, outcome.detail, outcome.reaches_goal) == (120, 0, 0, False)
    assert describe_setting(NOTHING) == "nothing"


@pytest.mark.parametrize(
    "wrong", [None, [], "bus", {"bus": "exact"}, {"name": "kind"}, {"bus": 1}, {"bus": ["line"]}, {1: "line"}]
)
def test_a_setting_that_is_none_is_refused(wrong):
    assert read_setting(wrong) is None


# Guessing


def test_the_guesser_beats_the_commonest_answer_and_is_wrong_about_many():
    trial = try_all(SURVEY, "little_sibling")
    assert (trial.right, trial.commonest, trial.baseline, len(trial.guesses)) == (93, "yes", 66, 120)
    assert trial.surest_wrong.chance == pytest.approx(0.981, abs=0.001)
    grade = try_all(SURVEY, "grade")
    assert (grade.right, grade.commonest, grade.baseline) == (72, "7", 49)


def test_a_row_is_guessed_without_having_been_seen():
    # Two rows like twins, but for the answer: who has learned from the other one alone is wrong about both.
    twin = SURVEY.rows[0]
    other = dataclasses.replace(twin, facts={**twin.facts, "little_sibling": "yes"})
    assert twin.facts["little_sibling"] == "no"
    small = dataclasses.replace(SURVEY, rows=(twin, other))
    assert try_all(small, "little_sibling").right == 0


def test_chances_are_those_of_bayes():
    likes = {"snack": "fruit snacks", "music": "movie songs"}
    chances = guess_about(SURVEY, "little_sibling", likes)
    rows = [row.facts for row in SURVEY.rows]
    weights = {}
    for answer in ("yes", "no"):
        own = [facts for facts in rows if facts["little_sibling"] == answer]
        weight = (len(own) + 1) / (120 + 2)
        weight *= (sum(facts["snack"] == "fruit snacks" for facts in own) + 1) / (len(own) + 6)
        weight *= (sum(facts["music"] == "movie songs" for facts in own) + 1) / (len(own) + 5)
        weights[answer] = weight
    assert chances["yes"] == pytest.approx(weights["yes"] / sum(weights.values()))
    assert sum(chances.values()) == pytest.approx(1)
    assert next(iter(chances)) == "yes"


def test_who_likes_nothing_gets_about_the_shares_of_the_survey():
    assert guess_about(SURVEY, "grade", {})["7"] == pytest.approx((49 + 1) / (120 + 3))


@given(st.sets(st.integers(0, 119), min_size=1, max_size=6))
def test_even_a_few_rows_make_chances(places):
    guesser = train(SURVEY, [SURVEY.rows[place] for place in places], "grade")
    chances = guesser.guess({kind: SURVEY.values(kind)[0] for kind in LIKES})
    assert math.isclose(sum(chances.values()), 1)
    assert set(chances) == {"6", "7", "8"}


@pytest.mark.parametrize(
    "wrong", [None, [], {"snack": "pizza"}, {"bus": "Mill"}, {"snack": None}, {"snack": ["popcorn"]}]
)
def test_likes_that_nobody_can_pick_are_refused(wrong):
    assert read_likes(SURVEY, wrong) is None


# Blacking out


def marked(draft, *marks):
    return [place for mark in marks for place in draft.marks[mark]]


def test_every_message_gives_a_lot_away_and_can_be_made_safe_and_useful():
    for draft in DATA.drafts.values():
        before = judge(draft, [])
        assert len(before.given_away) == before.planted >= 6
        assert before.is_useful
        hidden = [place for mark in (*draft.planted, *draft.parts) for place in draft.marks[mark]]
        after = judge(draft, hidden)
        assert after.is_safe
        assert after.is_useful
        assert not judge(draft, range(len(draft.words))).is_useful


def test_marks_are_words_that_a_reader_sees():
    draft = DATA.drafts["tuba"]
    assert [draft.words[place] for place in draft.marks["house"]] == ["red", "house", "behind", "dock,"]
    assert "{" not in " ".join(draft.words)
    assert len(DATA.drafts["thank-you"].words) == 55


def test_half_a_name_still_gives_it_away():
    draft = DATA.drafts["thank-you"]
    others = marked(draft, *(mark for mark in draft.planted if mark != "name"))
    assert judge(draft, [*others, draft.marks["name"][0]]).given_away == ("the writer's name",)


def test_a_combination_is_broken_by_hiding_any_of_its_parts():
    draft = DATA.drafts["tuba"]
    planted = marked(draft, *draft.planted)
    assert len(judge(draft, planted).given_away) == 3
    for parts in (("only", "age"), ("school", "bus", "birthday")):
        assert judge(draft, [*planted, *marked(draft, *parts)]).is_safe
    assert len(judge(draft, [*planted, *marked(draft, "school", "age")]).given_away) == 1


def test_hiding_a_needed_word_makes_it_useless_even_if_only_one():
    draft = DATA.drafts["fractions"]
    assert judge(draft, draft.marks["plan"][:1]).missing == ("what to make",)


@pytest.mark.parametrize("wrong", [None, "1", [-1], [999], [1.0], [True], ["1"], list(range(60))])
def test_places_that_are_none_are_refused(wrong):
    assert read_hidden(DATA.drafts["thank-you"], wrong) is None


# Notices


def test_one_notice_is_far_harder_and_keeps_far_longer():
    hard, plain = DATA.notices.notices
    assert hard.reading_grade > 16
    assert plain.reading_grade < 9
    assert (hard.words, plain.words) == (133, 144)
    assert f"{hard.days:,} days" in hard.sentences[hard.answers["how-long"] - 1]
    assert f"{plain.days} days" in plain.sentences[plain.answers["how-long"] - 1]


def test_a_notice_that_does_not_say_is_found_out_by_saying_so():
    hard = DATA.notices.find("studybuddy")
    assert found_right(hard, {"delete": 0, "what": 1, "who": 3}) == ("who", "delete")
    assert found_right(hard, {}) == ()


# What a run is called


def run(action, params, result, about="Finding PuddleJumper"):
    value = {"action": action, "about": about, "params": params, "result": result}
    return Event(1, "2026-11-22T00:00:00.000+00:00", "run", "guess-about-me", value, "", "")


@pytest.mark.parametrize(
    ("action", "params", "result", "text"),
    [
        ("find", {"clues": ["birthday", "pet"]}, {"left": 1, "of": 120}, "2 facts: 1 of 120 left"),
        ("find", {"clues": ["grade", "bus", "music"]}, {"left": 10, "of": 120}, "3 facts: 10 of 120 left"),
        (
            "crowd",
            {"setting": {"bus": "side", "club": "kind"}},
            {"smallest": 15, "alone": 0, "answered": ["bus", "club"]},
            "side of town, kind of club: smallest crowd 15, 0 alone, 2 questions answered",
        ),
        ("guess", {"likes": {"snack": "popcorn"}}, {"chances": {"no": 0.61, "yes": 0.39}}, "popcorn: “no” at 61%"),
        ("test", {}, {"right": 94, "total": 120, "baseline": 66}, "94 of 120 right; always saying the same: 66"),
        (
            "redact",
            {"hidden": [3, 4]},
            {"given_away": 5, "planted": 6, "missing": 0, "needed": 5},
            "2 words hidden: 5 given away, 5 of 5 needed things kept",
        ),
        (
            "notice",
            {"marks": {"who": 3, "delete": 0}},
            {"right": ["who"], "grade": 19.5},
            "1 of 2 answers found; reads like grade 20",
        ),
    ],
)
def test_a_run_is_told_in_a_line(action, params, result, text):
    label = describe(run(action, params, result), None)
    assert label.text == text
    assert label.about == "Finding PuddleJumper"


def test_a_tap_on_the_way_to_three_facts_is_no_evidence():
    assert describe(run("find", {"clues": []}, {"left": 120, "of": 120}), None) is None
    assert describe(run("find", {"clues": ["bus", "pet"]}, {"left": 2, "of": 120}), None) is None


def test_a_run_that_somebody_made_up_gets_a_short_name():
    assert len(str(describe(run("find", {"clues": []}, {"left": 10**2000}), None) or "")) < 400
    assert "can't be read" in str(describe(run("dance", {}, {}), None))
    assert "can't be read" in str(describe(run("guess", {"likes": 3}, {"chances": {}}), None))


# What teachers and paper are told


def script_cell(cell_id):
    notebook = nbformat.read(LESSON.parent / "co-teach.ipynb", as_version=4)
    return next(cell.source for cell in notebook.cells if cell.id == cell_id)


def test_the_row_cards_are_the_first_thirty_rows():
    printed = [line for line in script_cell("row-cards").splitlines() if re.match(r"\| \d", line)]
    rows = list(csv.DictReader((FOLDER / "survey.csv").read_text(encoding="utf-8").splitlines()))[:30]
    assert len(printed) == 30
    for line, row in zip(printed, rows, strict=True):
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        month = publish_one(int(row["row"]), "birthday", "month")
        pet = publish_one(int(row["row"]), "pet", "kind")
        assert cells == [
            row["row"], month, row["bus"], pet, row["grade"], row["club"], row["wake"], row["rather_not_say"]
        ]  # fmt: skip


def publish_one(number, fact, level):
    return SURVEY.publish(SURVEY.rows[number - 1], fact, level)


@pytest.mark.parametrize(
    ("bus", "pet", "month", "standing", "card"),
    [("Ferry", "cat", "November", [7, 2, 1], 2), ("Mill", "cat", "March", [8, 3, 1], 18)],
)
def test_three_calls_leave_one_card_standing(bus, pet, month, standing, card):
    left = list(range(1, 31))
    counts = []
    for fact, level, value in (("bus", "line", bus), ("pet", "kind", pet), ("birthday", "month", month)):
        left = [number for number in left if publish_one(number, fact, level) == value]
        counts.append(len(left))
    assert (counts, left) == (standing, [card])
    told = script_cell("minute-00")
    assert all(str(count) in told for count in standing)
    assert f"ard {card}" in told


def test_the_ways_to_hide_in_the_script_are_all_there_are():
    good = [(setting, publish(SURVEY, setting)) for setting in settings()]
    true = {(outcome.smallest, outcome.detail) for _, outcome in good if outcome.reaches_goal}
    rows = re.findall(r"^\| ([a-z].*) \| (\d+) \| (\d) \|$", script_cell("minute-18"), re.MULTILINE)
    assert len(rows) == 6
    assert {(int(smallest), int(detail)) for _, smallest, detail in rows} == true


def test_the_fewest_black_words_in_the_script_are_the_fewest():
    told = dict(re.findall(r"^\| (The [^|]*) \|.*\| (\d+) \|$", script_cell("minute-34"), re.MULTILINE))
    for draft in DATA.drafts.values():
        planted = set(marked(draft, *draft.planted))
        ways = (
            planted | set(marked(draft, *parts))
            for size in range(len(draft.parts) + 1)
            for parts in itertools.combinations(draft.parts, size)
        )
        assert told[draft.title] == str(min(len(hidden) for hidden in ways if judge(draft, hidden).is_safe))


def test_paper_has_the_same_messages_and_posts_as_the_screen():
    paper = yaml.safe_load(LESSON.read_text(encoding="utf-8"))["paper"]["guess-about-me"]["text"]
    text = " ".join(paper.replace(">", " ").split())
    for draft in DATA.drafts.values():
        assert " ".join(draft.words) in text
    for post in DATA.characters["sunrisewaffle"].posts:
        assert "".join(piece.text for piece in read_post(post)) in text
