"""Every lesson of the repository goes through grading as it is."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from kit.grading import feedback, grade, prepare_course, release
from kit.grading.fields import read_fields
from kit.journal import Journal
from kit.lessons import load_catalogue
from kit.settings import Course, Session, content_root
from kit.settings.load import Settings
from kit.widgets.desk import Desk
from kit.widgets.page import LessonPage

SLUGS = load_catalogue(content_root()).slugs


@pytest.fixture(scope="module", params=SLUGS)
def course_and_lesson(request, tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("course"))
    shutil.copytree(content_root() / "notebooks", course.root / "notebooks")
    shutil.copytree(content_root() / "assignments" / "source", course.step("source"))
    prepare_course(course, Settings())
    release(course, request.param)
    return course, load_catalogue(course.root)[request.param]


def submit(course, lesson, student, folder_of_journal=None):
    folder = course.step("submitted") / student / lesson.slug
    folder.mkdir(parents=True)
    shutil.copyfile(course.released(lesson.slug) / f"{lesson.slug}.ipynb", folder / f"{lesson.slug}.ipynb")
    if folder_of_journal:
        shutil.copyfile(folder_of_journal / "journal.jsonl", folder / "journal.jsonl")


def test_what_students_get_holds_no_answer(course_and_lesson):
    course, lesson = course_and_lesson
    released = (course.released(lesson.slug) / f"{lesson.slug}.ipynb").read_text()
    assert "BEGIN SOLUTION" not in released
    assert "BEGIN HIDDEN TESTS" not in released


def test_blank_work_earns_nothing_and_written_work_reaches_the_grader_with_its_rubric(course_and_lesson, tmp_path):
    course, lesson = course_and_lesson
    submit(course, lesson, "blank")
    journal = Journal(tmp_path)
    by_hand = [criterion for criterion in lesson.criteria if criterion.rubric]
    for criterion in by_hand:
        journal.append("answer", criterion.grade_id, f"My own words on {criterion.grade_id}.")
    submit(course, lesson, "writer", tmp_path)
    blank, writer = grade(course, lesson.slug).outcomes
    assert (blank.refused, writer.refused) == ("", "")
    assert blank.machine == writer.machine == 0
    assert blank.machine_max + blank.manual_max == lesson.points
    assert (blank.waiting, writer.waiting) == (0, len(by_hand))
    graded = nbformat.read(course.step("autograded") / "writer" / lesson.slug / f"{lesson.slug}.ipynb", as_version=4)
    for criterion in by_hand:
        [cell] = [one for one in graded.cells if one.metadata.get("nbgrader", {}).get("grade_id") == criterion.grade_id]
        assert "My own words on" in cell.source
        [rubric] = cell.metadata.kit.rubrics
        assert [level["name"] for level in rubric["levels"]] == ["Beginning", "Approaching", "Meets", "Exceeding"]
        assert "sample at level 3" in cell.metadata.kit.sample
    assert feedback(course, lesson.slug).students == ("blank", "writer")
    page = (course.outbox("writer", lesson.slug) / f"{lesson.slug}.html").read_text()
    assert "Meets." in page
    assert "0 of 0" not in page
    assert "sample at level" not in page


def test_what_a_lesson_names_beside_an_answer_is_asked_on_its_page(course_and_lesson):
    course, lesson = course_and_lesson
    released = nbformat.read(course.released(lesson.slug) / f"{lesson.slug}.ipynb", as_version=4)
    beside = {field for criterion in lesson.criteria for field in criterion.beside}
    assert beside <= read_fields(released).keys()


def test_every_exercise_on_the_page_is_known_to_grading_by_the_id_of_its_card(course_and_lesson, tmp_path):
    course, lesson = course_and_lesson
    page = LessonPage(Desk(Session("kim-01", tmp_path, course.root), lesson))
    released = nbformat.read(course.released(lesson.slug) / f"{lesson.slug}.ipynb", as_version=4)
    calls = [cell.source for cell in released.cells if cell.source.startswith("lesson.exercise(")]
    cards = [eval(call, {"lesson": page}).field for call in calls]  # noqa: S307 - the lesson's own cells
    page.desk.close()
    known = [field.id for field in read_fields(released).values() if field.method == "exercise"]
    assert cards == known
