"""A new lesson is whole from the first minute, or it isn't there at all."""

import json
import os
from pathlib import Path

import nbformat
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient

from kit.errors import LessonError
from kit.lessons import load_catalogue, starting
from kit.lessons.check import check_lesson
from kit.lessons.starting import start_lesson
from kit.settings import Session


def files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.mark.parametrize("grades", [("6-8",), ("9-12",), ("6-8", "9-12")])
def test_a_new_lesson_passes_the_checker_as_it_is(course, grades):
    start_lesson(course, "can-it-count", "Can it count?", grades)
    catalogue = load_catalogue(course)
    assert check_lesson(catalogue, "can-it-count") == []
    assert catalogue["can-it-count"].title == "Can it count?"
    assert catalogue["can-it-count"].grade_bands == grades


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=100))
def test_any_title_arrives_as_it_was_given(tmp_path_factory, title):
    course = tmp_path_factory.mktemp("course")
    (course / "notebooks" / "lessons").mkdir(parents=True)
    (course / "notebooks" / "lessons" / "curriculum.yml").write_text("lessons: []\n")
    try:
        start_lesson(course, "one", title)
    except LessonError:
        assert not title.strip().isprintable() or title.strip().startswith("#")
        return
    assert load_catalogue(course)["one"].title == (title.strip() or "One")


def test_it_stands_last_in_the_curriculum_and_the_rest_stays_as_it_was(course):
    curriculum = course / "notebooks" / "lessons" / "curriculum.yml"
    curriculum.write_text("# Ours.\n" + curriculum.read_text() + "# The end.\n")
    before = curriculum.read_text()
    start_lesson(course, "can-it-count")
    assert curriculum.read_text().startswith(before.rstrip())
    assert load_catalogue(course).slugs == ("tiny", "can-it-count")


def test_each_lesson_has_an_id_of_its_own_and_no_name_of_the_pattern_is_left(course):
    start_lesson(course, "one")
    made = start_lesson(course, "two", "Number two")
    catalogue = load_catalogue(course)
    ids = {catalogue[slug].uuid for slug in ("one", "two")}
    assert len(ids) == 2
    assert "00000000-0000-4000-8000-000000000000" not in {str(one) for one in ids}
    for file in (made.lesson, made.co_teach, made.notebook):
        assert "my-lesson" not in file.read_text()
        assert "My new lesson" not in file.read_text()
    assert catalogue["one"].title == "One"


def test_the_words_to_replace_are_marked_in_the_same_way_everywhere(course):
    made = start_lesson(course, "one")
    for file in (made.lesson, made.co_teach, made.notebook):
        assert file.read_text().count("Replace this") > 8


@pytest.mark.parametrize("slug", ["", "Who Says", "who_says", "../who", "-who", "who--says", "9lives", "wh\u00f6"])
def test_a_name_that_can_not_be_one_is_refused(course, slug):
    before = files(course)
    with pytest.raises(LessonError, match="can't be a lesson's name"):
        start_lesson(course, slug)
    assert files(course) == before


@pytest.mark.parametrize("title", ["# Loud", "two\nlines", "x" * 101, "bell\a"])
def test_a_title_that_would_break_a_file_is_refused(course, title):
    before = files(course)
    with pytest.raises(LessonError, match="title"):
        start_lesson(course, "one", title)
    assert files(course) == before


def test_a_lesson_that_is_there_is_left_alone(course):
    before = files(course)
    with pytest.raises(LessonError, match="There is a lesson `tiny` already"):
        start_lesson(course, "tiny")
    (course / "assignments" / "source" / "draft").mkdir()
    with pytest.raises(LessonError, match="There is a lesson `draft` already"):
        start_lesson(course, "draft")
    assert files(course) == before


@pytest.mark.parametrize("fails", ["mkdir", "_write_whole", "load"])
def test_when_it_fails_nothing_is_half_made(course, monkeypatch, fails):
    before = files(course)
    if fails == "mkdir":  # a file stands where the students' notebook wants its folder
        (course / "assignments" / "source").rename(course / "assignments" / "elsewhere")
        (course / "assignments" / "source").write_text("in the way")
        before = files(course)
    elif fails == "_write_whole":
        monkeypatch.setattr(starting, "_write_whole", lambda *_: (_ for _ in ()).throw(OSError("full")))
    else:  # a curriculum in a form that no entry can be added to
        curriculum = course / "notebooks" / "lessons" / "curriculum.yml"
        curriculum.write_text(json.dumps(yaml.safe_load(curriculum.read_text())))
        before = files(course)
    with pytest.raises((OSError, LessonError)):
        start_lesson(course, "one")
    assert files(course) == before
    assert not (course / "notebooks" / "lessons" / "one").exists()


@pytest.mark.parametrize("which", ["notebook", "co_teach"])
def test_both_notebooks_of_a_new_lesson_run(course, tmp_path, monkeypatch, which):
    made = start_lesson(course, "one")
    notebook = nbformat.read(getattr(made, which), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("from kit.grading")]
    for name, value in Session(student="s-01", work=tmp_path / "work", content=course).to_environment().items():
        monkeypatch.setenv(name, value)
    client = NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    done = client.execute(env=dict(os.environ))
    shown = [
        output
        for cell in done.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]
    assert len(shown) == sum(cell.source.startswith("lesson.") for cell in notebook.cells)
