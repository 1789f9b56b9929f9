from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kit.classroom.accounts import Accounts
from kit.classroom.course import SAMPLE_CLASS, build_course, students_of
from kit.errors import ClassroomError
from kit.journal import Journal
from kit.settings import Course
from kit.settings.load import load_settings
from tests.classroom.conftest import LESSON


def test_a_new_course_has_lessons_a_class_and_a_release(built_course: Course) -> None:
    assert students_of(built_course) == SAMPLE_CLASS
    assert Accounts(built_course).students == SAMPLE_CLASS
    assert (built_course.released(LESSON) / f"{LESSON}.ipynb").is_file()
    assert built_course.gradebook.is_file()
    assert load_settings(built_course.root).course_id == "ai-literacy"


def test_the_released_notebook_holds_no_solution(built_course: Course) -> None:
    text = (built_course.released(LESSON) / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in text
    assert "BEGIN HIDDEN TESTS" not in text


def test_building_again_keeps_all_work(course: Course) -> None:
    Journal(course.work("amber-otter", LESSON)).append("answer", "first-idea", "Because of habit.")
    mine = course.root / "notebooks" / "lessons" / LESSON / "lesson.yml"
    mine.write_text(mine.read_text(encoding="utf-8") + "\n# my note\n", encoding="utf-8")
    released = course.released(LESSON) / f"{LESSON}.ipynb"
    submitted = course.step("submitted") / "amber-otter" / LESSON / "journal.jsonl"
    submitted.parent.mkdir(parents=True)
    submitted.write_text("{}")
    course.config_file.write_text('title = "Room 12"\n', encoding="utf-8")
    code = Accounts(course).class_code
    before = _contents(course.root)

    build_course(course.root, load_settings(course.root))

    assert Accounts(course).class_code == code
    assert released.stat().st_mtime_ns == before[released][0]
    for path, (_, data) in before.items():
        if ".kit" not in path.parts and path.name != "gradebook.db":
            assert path.read_bytes() == data, path
    assert load_settings(course.root).title == "Room 12"


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(ClassroomError, match="not a course"):
        build_course(tmp_path, load_settings(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def _contents(root: Path) -> dict[Path, tuple[int, bytes]]:
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_other_users_of_the_computer_see_nothing_of_a_course(built_course: Course) -> None:
    assert stat.S_IMODE(built_course.root.stat().st_mode) == 0o700
