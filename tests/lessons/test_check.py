"""Every fault of an author is found, by its name, and nothing else is."""

import re
import shutil
from pathlib import Path

import pytest

from kit.errors import LessonNotFound
from kit.lessons import load_catalogue
from kit.lessons.check import check_lesson

from .conftest import FIXTURES, REPOSITORY

# A fixture is named by its fault; what follows a dot tells two of the same fault apart.
NOTEBOOKS = sorted((FIXTURES / "notebooks").glob("*.ipynb"))
LEVELS = ", ".join(
    f"{{points: {points}, name: {name}, text: x}}"
    for points, name in enumerate(("Beginning", "Approaching", "Meets", "Exceeding"), 1)
)
LONELY = f"lonely: {{title: Lonely, looks_at: nothing, levels: [{LEVELS}]}}"
DATA_FAULTS = [
    ("minutes: 30", "minutes: 45", "minutes-differ"),
    ("start: 10", "start: 11", "segments-gap"),
    ("stage: express", "stage: construct", "stage-without-time"),
    ("[aasl-2018:I.A.2]", "[aasl-2018:IX.Z.9]", "standard-unknown"),
    ("[aasl-2018:I.B.1]", "[invented-2031:1]", "standard-unknown"),
    ("rubrics:", f"rubrics:\n  {LONELY}", "rubric-unused"),
    ("  - {word: rock, meaning: What the moon is made of.}\n", "", "vocabulary-missing"),
    ("approach: team", "approach: station", "stations-missing"),
    ("exercises: [next-word]", "exercises: [next-word, scam-filter]", "paper-missing"),
    ("paper: {next", "paper: {roll-dice: {alt: A die., text: Roll it.}, next", "paper-unknown"),
    ("rubric: short}", "rubric: short, beside: [next-word-moon, second-idea]}", "beside-unknown"),
    ("title: A tiny lesson", "title: [", "lesson-invalid"),
]
CO_TEACH = sorted((FIXTURES / "co_teach").glob("*.ipynb"))


def codes(course: Path) -> list[str]:
    return [finding.code for finding in check_lesson(load_catalogue(course), "tiny")]


def test_the_smallest_good_lesson_has_no_findings(course):
    assert codes(course) == []


@pytest.mark.parametrize("fixture", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_fault_in_the_students_notebook_is_found(course, fixture):
    shutil.copy(fixture, course / "assignments" / "source" / "tiny" / "tiny.ipynb")
    assert set(codes(course)) == {fixture.name.split(".")[0]}


@pytest.mark.parametrize("fixture", CO_TEACH, ids=lambda path: path.stem)
def test_a_fault_in_the_specialists_notebook_is_found(course, fixture):
    shutil.copy(fixture, course / "notebooks" / "lessons" / "tiny" / "co-teach.ipynb")
    assert codes(course) == [fixture.stem]


@pytest.mark.parametrize(("before", "after", "code"), DATA_FAULTS)
def test_a_fault_in_lesson_yml_is_found(course, lesson_file, before, after, code):
    text = lesson_file.read_text()
    assert before in text
    lesson_file.write_text(text.replace(before, after, 1))
    assert set(codes(course)) == {code}


def test_a_missing_notebook_is_a_finding_and_not_a_crash(course):
    (course / "assignments" / "source" / "tiny" / "tiny.ipynb").unlink()
    assert codes(course) == ["notebook-invalid"]


def test_every_finding_says_where_what_and_how_to_mend_it(course):
    (course / "assignments" / "source" / "tiny" / "tiny.ipynb").write_text("{}")
    (finding,) = check_lesson(load_catalogue(course), "tiny")
    assert finding.file == "assignments/source/tiny/tiny.ipynb"
    assert finding.message.endswith(".")
    assert finding.mend.endswith(".")
    assert str(course) not in finding.message


def test_an_unknown_lesson_is_said_so(course):
    with pytest.raises(LessonNotFound):
        check_lesson(load_catalogue(course), "huge")


def test_prose_that_is_too_easy_is_only_a_warning(course, lesson_file):
    lesson_file.write_text(lesson_file.read_text().replace("[0.0, 8.0]", "[6.0, 8.0]"))
    assert [finding.level for finding in check_lesson(load_catalogue(course), "tiny")] == ["warning"]


@pytest.mark.parametrize("slug", load_catalogue(REPOSITORY).slugs)
def test_every_lesson_of_the_kit_passes(slug):
    assert check_lesson(load_catalogue(REPOSITORY), slug) == []


def test_every_code_of_the_checker_has_a_fault_that_shows_it():
    sources = (REPOSITORY / "kit" / "lessons" / "check").glob("*.py")
    text = "\n".join(file.read_text() for file in sources)
    raised = set(re.findall(r"Finding\(\s*[\w.]+,\s*[^,]+(?:\([^)]*\)[^,]*)?,\s*\"([a-z-]+)\"", text))
    raised |= set(re.findall(r"^    \"([a-z-]+)\": \(", text, re.MULTILINE))
    shown = {fixture.name.split(".")[0] for fixture in (*NOTEBOOKS, *CO_TEACH)} | {code for *_, code in DATA_FAULTS}
    assert len(raised) > 30
    assert raised - shown == {"reading-too-easy"}, "that one is a warning, with a test of its own"
