"""Which lesson meets which standard is read from the lessons, and nothing is called met that isn't."""

import pytest

from kit.lessons import load_catalogue
from kit.lessons.coverage import find_coverage

from .conftest import REPOSITORY


def row(found, key):
    (only,) = [row for framework in found for row in framework.rows if row.standard.key == key]
    return only


def test_a_standard_names_the_lessons_that_name_it_and_those_that_score_it(course):
    found = find_coverage(load_catalogue(course))
    assert row(found, "aasl-2018:I.A.2").named_by == ("tiny",)
    assert row(found, "aasl-2018:I.A.2").scored_by == ()
    assert row(found, "aasl-2018:I.B.1").named_by == ()
    assert row(found, "aasl-2018:I.B.1").scored_by == ("tiny",)
    assert row(found, "aasl-2018:I.B.1").lessons == ("tiny",)


def test_what_no_lesson_names_is_not_met(course):
    (aasl,) = find_coverage(load_catalogue(course), ["aasl-2018"])
    assert {one.standard.code for one in aasl.met} == {"I.A.2", "I.B.1"}
    assert len(aasl.met) + len(aasl.not_met) == len(aasl.rows) == 68


def test_without_lessons_nothing_is_met():
    assert not any(framework.met for framework in find_coverage([]))


@pytest.mark.parametrize("slug", load_catalogue(REPOSITORY).slugs)
def test_every_standard_of_every_lesson_is_counted(slug):
    lesson = load_catalogue(REPOSITORY)[slug]
    found = find_coverage([lesson])
    assert {one.standard.key for framework in found for one in framework.rows if one.named_by} == set(
        lesson.standard_keys
    )
