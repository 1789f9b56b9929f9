"""The two machines: what they see, how they decide, and that anybody can work it out again."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest

from kit.errors import LessonError
from kit.experiments import describe, scam_filter
from kit.experiments.scam_filter import (
    GOALS,
    OUTCOMES,
    SIZES,
    Rules,
    Scores,
    find_real_detail,
    judge,
    load,
    locked_rules,
    machine_to_fool,
    read_rules,
    read_words,
    score_rules,
    score_taught,
    teach,
)
from kit.experiments.scam_filter.taught import turned_over
from kit.journal import Event
from kit.settings import content_root

FOLDER = content_root() / "notebooks" / "lessons" / "told-or-taught" / "data"
OBVIOUS = Rules.told(["free", "click", "prize", "urgent", "gift card", "password", "winner", "account"])


@pytest.fixture(scope="module")
def pile():
    return load(FOLDER)


def written(*rows):
    return "\n".join(["id,text,label", *rows]) + "\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pay $1.99 at fix-it.example!", ["pay", "[number]", "at", "[link]"]),
        ("Don\u2019t wait: 7:15, 555-0142", ["don't", "wait", "[number]", "[number]"]),
        ("see https://a.b.example/x?y=1", ["see", "[link]"]),
        ("FREE", ["free"]),
        ("a [link] and [number]", ["a", "[link]", "and", "[number]"]),
        ("¿Puedes venir mañana? ¡Sí!", ["puedes", "venir", "mañana", "sí"]),
        ("!!! :) 🎉", []),
    ],
)
def test_both_machines_see_words_in_small_letters(text, words):
    assert list(read_words(text)) == words


def test_the_pile_is_split_as_the_lesson_says(pile):
    assert (len(pile.known), len(pile.new)) == (140, 60)
    assert sum(message.is_scam for message in pile.known) == 56
    assert sum(message.is_scam for message in pile.new) == 24
    assert not {message.id for message in pile.known} & {message.id for message in pile.new}
    assert load(FOLDER) == pile


def test_no_message_leads_to_anybody_real(pile):
    for message in (*pile.known, *pile.new):
        assert find_real_detail(message.text) is None, message
        assert len(message.text) <= 160
        assert message.text == " ".join(message.text.split())


def test_the_pile_has_the_look_alikes_that_make_it_hard(pile):
    fine = " ".join(message.text.lower() for message in (*pile.known, *pile.new) if not message.is_scam)
    for word in ("free", "urgent", "prize", "click", "gift card", "password", "your code", "confirm", "library"):
        assert word in fine


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "first line"),
        ("id,text\nm1,hello\n", "Line 2"),
        ("id,label,text\nm1,scam,hello there\n", "first line"),
        (written("m1,hello,spam"), "Line 2"),
        (written("m1,!!!,scam"), "Line 2"),
        (written("m1,hello,scam", ",hello,fine"), "Line 3"),
        (written("m1,hello,scam", "m1,hi,fine"), "same id"),
        (written("m1,hello,scam", "m2,hi,scam"), "both labels"),
        ("\udcff", "can't be read"),
        (None, "isn't there"),
    ],
)
def test_a_wrong_table_is_named_in_one_sentence(tmp_path, content, named):
    if content is not None:
        (tmp_path / "messages.csv").write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(LessonError, match=re.escape(named)):
        load(tmp_path)


def test_a_rule_is_taken_literally():
    rules = Rules.told(["Gift Card", "gift card!", " ", "free"], "Library")
    assert rules.phrases == (("gift", "card"), ("free",))
    assert rules.flags(read_words("Buy a gift card"))
    assert not rules.flags(read_words("Buy two gift cards"))  # told one card, it knows of one
    assert not rules.flags(read_words("freedom"))
    assert not rules.flags(read_words("A free evening at the library"))
    assert rules.hits(read_words("A free evening at the library")) == (("free",),)
    assert rules.is_excused(read_words("A free evening at the library"))
    assert Rules.told(["x.example"]).flags(read_words("go to other.example"))  # any address, and which one is not seen


def test_scores_count_the_four_ways_to_be_right_or_wrong(pile):
    scores = score_rules(pile.new, OBVIOUS)
    assert scores.total == 60
    by_hand = Counter(
        ("caught" if OBVIOUS.flags(one.words) else "missed")
        if one.is_scam
        else ("false_alarms" if OBVIOUS.flags(one.words) else "left_alone")
        for one in pile.new
    )
    assert scores.to_result() == {name: by_hand[name] for name in OUTCOMES}
    assert scores.precision == pytest.approx(scores.caught / (scores.caught + scores.false_alarms))
    assert scores.recall == pytest.approx(scores.caught / 24)
    assert Scores.from_result(scores.to_result()) == scores
    assert Scores(0, 0, 0, 5).precision is None
    assert Scores(0, 0, 0, 5).recall is None


def test_the_surprises_that_the_lesson_is_built_on(pile):
    """The words that everybody warns about catch little; the taught machine leans on words nobody would think of."""
    assert score_rules(pile.new, OBVIOUS) == Scores(4, 20, 7, 29)
    machine, scores = score_taught(pile, 140)
    assert scores == Scores(22, 2, 7, 29)
    assert machine.weights["and"].weight > 1
    for word in ("free", "urgent", "prize", "click"):
        assert machine.weights[word].weight < 0
    toward_scam, toward_fine = machine.leans_on(8)
    assert {"your", "and", "a"} <= {one.word for one in toward_scam}
    assert toward_fine[0].word == "the"


def test_more_examples_help_and_wrong_labels_hurt(pile):
    right = [score_taught(pile, size)[1].right for size in SIZES]
    wrong = [score_taught(pile, size, wrong=True)[1].right for size in SIZES]
    assert right == [39, 41, 43, 48, 51]
    assert wrong == [26, 37, 38, 43, 45]


def test_training_is_naive_bayes_with_laplace_smoothing(pile):
    machine = teach(pile.known, 20)
    scams = Counter(word for one in pile.known[:20] if one.is_scam for word in one.words)
    fine = Counter(word for one in pile.known[:20] if not one.is_scam for word in one.words)
    vocabulary = scams.keys() | fine.keys()
    assert machine.weights.keys() == vocabulary
    for word in vocabulary:
        p_scam = (scams[word] + 1) / (scams.total() + len(vocabulary))
        p_fine = (fine[word] + 1) / (fine.total() + len(vocabulary))
        assert machine.weights[word].weight == pytest.approx(math.log(p_scam) - math.log(p_fine))
    words = read_words("your package and a snorkelsaurus")
    known = [machine.weights[word].weight for word in words if word in machine.weights]
    assert machine.log_odds(words) == pytest.approx(machine.start + sum(known))
    assert machine.pushes(words)[-1].weight is None


def test_three_of_ten_labels_are_turned_over_in_every_stretch():
    turned = turned_over(140)
    assert [sum(place < size for place in turned) for size in SIZES] == [3, 6, 12, 24, 42]
    assert turned == turned_over(140)
    assert turned != turned_over(140, seed=8)


def test_a_message_can_fool_each_machine_in_two_ways(pile):
    machine = machine_to_fool(pile)
    found = set()
    for text, is_scam in (
        ("Bring the money to practice on Monday at lunch, or the class will hear what you did", True),
        ("Is the password prize still on the table?", False),
        ("Send us your recipe and we will add it to your account of the trip: cookbook.example", False),
    ):
        found |= judge(machine, OBVIOUS, text).goals(is_scam)
    assert found == set(GOALS)
    honest = judge(machine, OBVIOUS, "Send your card number and your password to win-it.example")
    assert honest.to_result()["told"] == honest.to_result()["taught"] == "scam"
    assert not honest.goals(is_scam=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("go to shop.example or call 555-0142", None),
        ("code 481922, pay $1,000,000", None),
        ("757-555-0199 is fine", None),
        ("look: cool-site.com/x", "cool-site.com"),
        ("mail kid@school.org", "kid@school.org"),
        ("call 757-222-1234", "757-222-1234"),
        ("call 2221234", "2221234"),
        ("shop.example.com", "shop.example.com"),
    ],
)
def test_what_may_be_real_is_found(text, found):
    assert find_real_detail(text) == found


@pytest.mark.parametrize(
    "params",
    [None, [], {}, {"rules": "free", "unless": ""}, {"rules": ["a"] * 9, "unless": ""}, {"rules": [1], "unless": ""},
     {"rules": ["a"], "unless": None}, {"rules": ["a" * 99], "unless": ""}],
)  # fmt: skip
def test_rules_that_no_page_could_write_are_none(params):
    assert read_rules(params) is None


def run(action, params, result):
    value = {"action": action, "params": params, "result": result}
    return Event(1, "2026-11-22T00:00:00.000+00:00", "run", "scam-filter", value, "", "")


def test_the_first_test_locks_the_rules():
    first, second = ({"rules": [word], "unless": ""} for word in ("free", "pay"))
    events = [run("try", second, {}), run("test", None, {}), run("test", first, {}), run("test", second, {})]
    assert locked_rules(events) == Rules.told(["free"])
    assert locked_rules(events[:2]) is None


def test_runs_have_names_that_students_know_again():
    counts = {"caught": 4, "missed": 20, "false_alarms": 1, "left_alone": 35}
    rules = {"rules": ["free"], "unless": ""}
    said = [
        describe(run("try", rules, counts), None),
        describe(run("test", rules, counts), None),
        describe(run("learn", {"examples": 20, "wrong_labels": True, "seed": 7}, counts), None),
        describe(run("fool", {"text": "hey " * 30, "says": "scam"}, {"told": "fine", "taught": "scam"}), None),
        describe(run("dance", {}, {}), None),
    ]
    assert [str(label) for label in said] == [
        "My rules: On the pile: 4 of 24 scams caught, 1 false alarm",
        "My rules: On new messages: 4 of 24 scams caught, 1 false alarm",
        "The taught machine: 20 examples, 3 of 10 labels wrong: 4 of 24 scams caught, 1 false alarm",
        f"Messages that I made: “{'hey ' * 17}hey…” (scam): rules say fine, taught machine says scam",
        "A run that can't be read",
    ]


def test_everything_named_is_there():
    assert all(hasattr(scam_filter, name) for name in scam_filter.__all__)
