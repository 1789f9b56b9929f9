"""Every trick at once: no point that the code does not deserve, no harm to anybody else, and plain words about it."""

from __future__ import annotations

import json
import re

import pytest

from tests.hostile.conftest import GRADER, HONEST, SECRET, Graded
from tests.hostile.trick import Trick, all_tricks

# The first of them waits until the whole class is graded.
pytestmark = pytest.mark.timeout(1200)
TRICKS = all_tricks()
every_trick = pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
ours_only = pytest.mark.skipif(bool(GRADER), reason="another grader says it in other words, or not at all")


@every_trick
def test_no_trick_gets_a_point_more_than_its_code_deserves(graded: Graded, trick: Trick) -> None:
    deserved = trick.expected.points
    got = {name: points for name, (points, _person) in graded.scores.get(trick.name, {}).items() if points}
    assert {name: points for name, points in got.items() if points > deserved.get(name, 0)} == {}


@ours_only
@every_trick
def test_the_report_says_what_became_of_it(graded: Graded, trick: Trick) -> None:
    row, expected = graded.rows[trick.name], trick.expected
    said = "\n".join(row["notes"])
    if expected.refused:
        assert row["status"] == "refused"
        assert expected.refused in said
        return
    assert row["status"] == "graded", said
    assert row["score"] == sum(expected.points.values())
    assert [note for note in expected.notes if note not in said] == []
    scores = graded.scores[trick.name]
    always = graded.to_a_person(HONEST[0])  # tests that would run what a student has sent
    assert {name: scores[name][0] for name in expected.points} == expected.points
    assert graded.to_a_person(trick.name) - always == expected.person - always


@every_trick
def test_no_trick_sees_what_it_should_not(graded: Graded, trick: Trick) -> None:
    shown = json.dumps(graded.outputs(trick.name))
    assert "LOOT" not in shown
    assert SECRET not in shown


@every_trick
def test_nothing_that_a_cell_has_shown_can_run(graded: Graded, trick: Trick) -> None:
    runs = re.compile(r"<script|<iframe|onerror|javascript:", re.IGNORECASE)
    shown = [output.get("data", {}) for output in graded.outputs(trick.name)]
    assert [kind for data in shown for kind in data if not kind.startswith(("text/", "image/"))] == []
    assert [text for data in shown for kind, text in data.items() if kind != "text/plain" and runs.search(text)] == []


@ours_only
def test_nbgraders_own_command_gives_the_same_points_with_the_guard(graded: Graded, by_nbgrader: Graded) -> None:
    assert len(by_nbgrader.scores) > len(HONEST)
    assert by_nbgrader.scores == {name: graded.scores[name] for name in by_nbgrader.scores}


def test_nobody_else_is_harmed(graded: Graded, alone: Graded) -> None:
    for name in HONEST:
        assert graded.scores[name] == alone.scores[name]
        assert graded.rows.get(name) == alone.rows.get(name)


def test_honest_students_get_what_they_deserve(alone: Graded) -> None:
    right, wrong = (alone.scores[name] for name in HONEST)
    assert sum(points or 0 for points, _ in right.values()) > 10
    assert sum(points or 0 for points, _ in wrong.values()) == 0


def test_nothing_outside_a_students_own_folder_changes(graded: Graded) -> None:
    assert graded.changed == []


def test_nobody_calls_home(graded: Graded) -> None:
    assert graded.visitors == []


def test_nothing_is_left_behind(graded: Graded) -> None:
    assert graded.left == []
