"""Golden files: what Canvas and a spreadsheet get, to the byte."""

from __future__ import annotations

import pytest

from kit.errors import GradingError, LessonNotFound
from kit.grading import Student, export, grade, write_roster
from kit.grading.export import export_with_warnings
from kit.grading.exporters import harmless

PEOPLE = [
    Student("kim-01", "101", "S101", "kim@school.example", "Room 4, A", 'Núñez, Zoë "Kim"'),
    Student("lee-02", "102", "S102", "+lee", "=cmd()", "=SUM(A1:A9)"),
    Student("sam-03", name="@sam\tx"),
]

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,A Small Lesson\r
    Points Possible,,,,,26\r
"Núñez, Zoë ""Kim""",101,S101,kim@school.example,"Room 4, A",9\r
'=SUM(A1:A9),102,S102,'+lee,'=cmd(),0\r
'@sam\tx,,,,,\r
'''

SPREADSHEET = '''\
lesson,student_id,name,section,machine,manual,penalty,total,max,minutes_late,waiting_for_hand_grading\r
small-lesson,kim-01,"Núñez, Zoë ""Kim""","Room 4, A",9,0,0,9,26,0,5\r
small-lesson,lee-02,'=SUM(A1:A9),'=cmd(),0,0,0,0,26,0,0\r
small-lesson,sam-03,'@sam\tx,,,,,,26,,\r
'''


@pytest.fixture
def graded(room):
    write_roster(room.course.roster, PEOPLE)
    room.play("kim-01")
    room.place("kim-01")
    room.place("lee-02")
    grade(room.course, room.lesson)
    return room


@pytest.mark.parametrize(("kind", "golden"), [("canvas", CANVAS), ("csv", SPREADSHEET)])
def test_a_file_is_as_it_should_be_to_the_byte(graded, tmp_path, kind, golden):
    file = export(graded.course, graded.lesson, kind, tmp_path / "out.csv")
    assert file.read_bytes().decode() == golden


def test_the_teacher_hears_who_is_unknown_to_canvas_and_who_waits(graded, tmp_path):
    warnings = export_with_warnings(graded.course, graded.lesson, "canvas", tmp_path / "out.csv")
    unknown, waiting = warnings
    assert unknown.startswith("No Canvas id")
    assert unknown.endswith(": sam-03.")
    assert waiting.startswith("Answers still wait for you")
    assert waiting.endswith(": kim-01.")


def test_without_a_roster_pseudonyms_are_written(graded, tmp_path):
    graded.course.roster.unlink()
    file = export(graded.course, graded.lesson, "canvas", tmp_path / "out.csv")
    assert file.read_text().splitlines()[2].startswith("kim-01,101,")


def test_an_unknown_lesson_or_format_or_place_is_said_in_words(graded, tmp_path):
    for lesson, kind, error in [("none", "csv", LessonNotFound), (graded.lesson, "xml", GradingError)]:
        with pytest.raises(error):
            export_with_warnings(graded.course, lesson, kind, tmp_path / "a")
    with pytest.raises(GradingError, match="could not be written"):
        export(graded.course, graded.lesson, "csv", tmp_path / "no" / "such" / "folder.csv")


@pytest.mark.parametrize(("cell", "shown"), [("-3.5", "-3.5"), ("-3.5+cmd", "'-3.5+cmd"), ("\r=1", "'\r=1"), ("", "")])
def test_numbers_stay_numbers_and_formulas_become_text(cell, shown):
    assert harmless(cell) == shown
