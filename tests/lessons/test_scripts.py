"""What ``lesson.yml`` and the notebooks say is the same, and a new lesson begins with what all of them have."""

import re
from pathlib import Path

import pytest

from kit.lessons import Lesson, load_catalogue
from kit.lessons.check.notebook import LessonNotebook, read_notebook
from kit.lessons.starting import start_lesson

from .conftest import REPOSITORY

CATALOGUE = load_catalogue(REPOSITORY)
NEW = "a-new-one"
# The field in which students say what they want to find out, and what the look back calls it.
OWN = {"my-question": "question", "first-steps": "first two steps"}


@pytest.fixture(scope="module")
def catalogue_with_new(tmp_path_factory: pytest.TempPathFactory):
    """A catalogue with a lesson that was just made."""
    course = tmp_path_factory.mktemp("course")
    lessons = course / "notebooks" / "lessons"
    lessons.mkdir(parents=True)
    (lessons / "curriculum.yml").write_text("lessons: []\n")
    start_lesson(course, NEW)
    return load_catalogue(course)


@pytest.fixture(params=[*CATALOGUE.slugs, NEW])
def slug(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def catalogue(slug, catalogue_with_new):
    return catalogue_with_new if slug == NEW else CATALOGUE


@pytest.fixture
def lesson(catalogue, slug) -> Lesson:
    return catalogue[slug]


@pytest.fixture
def script(catalogue, slug) -> LessonNotebook:
    return read_notebook(catalogue.co_teach(slug))


def text_of(script: LessonNotebook, part: str) -> str:
    return next(cell.source for cell in script.cells if cell.id == part)


def accommodations(file: Path) -> set[str]:
    return set(re.findall(r"^- \*\*(.+?):\*\*", text_of(read_notebook(file), "accommodations"), re.M))


def test_samples_stand_beside_the_rubrics_own_words(lesson, script):
    samples = text_of(script, "samples")
    scored = [(one.grade_id, rubric) for one in lesson.criteria if (rubric := lesson.rubric_for(one.grade_id))]
    assert scored
    for grade_id, rubric in scored:
        table = samples.partition(f"(`{grade_id}`, ")[2].partition("\n### ")[0]
        for level in rubric.levels:
            assert f"| {level.points} {level.name} | {level.text} | " in table


def test_the_table_of_what_can_go_follows_the_segments(lesson, script):
    rows = [f"| {one.start}-{one.start + one.minutes} | {one.title} | {one.cut} |" for one in lesson.segments]
    assert "\n".join(rows) in text_of(script, "cuts")


@pytest.mark.parametrize("slug", CATALOGUE.slugs)
def test_goals_standards_and_words_are_those_of_the_lesson(lesson, script):
    goals = text_of(script, "goals")
    assert re.findall(r"^- (.+)$", goals, re.M) == list(lesson.objectives)
    assert f"**Product:** {lesson.product}" in goals
    assert re.findall(r"`([^`]+)`", goals) == list(lesson.standard_keys)
    words = [f"| {card.word} | {card.meaning} |" for card in lesson.vocabulary]
    assert goals.rstrip().splitlines()[-len(words) :] == words


def test_the_look_back_comes_back_to_what_the_student_wanted_to_find_out(catalogue, slug):
    calls = {call.field: call for _, call in read_notebook(catalogue.notebook(slug)).calls()}
    [own] = OWN.keys() & calls.keys()
    assert OWN[own] in calls["looking-back"].named["help"]
    [stage] = [cell.source for cell in read_notebook(catalogue.notebook(slug)).cells if cell.id == "reflect"]
    assert f"**{OWN[own]}**" in stage


def test_a_new_lesson_begins_with_the_accommodations_that_every_lesson_has(catalogue_with_new):
    common = set.intersection(*(accommodations(CATALOGUE.co_teach(slug)) for slug in CATALOGUE.slugs))
    assert {"504 plan or IEP, extra time", "English learners", "Reading is hard, dyslexia"} <= common
    assert common <= accommodations(catalogue_with_new.co_teach(NEW))
