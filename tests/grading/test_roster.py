from __future__ import annotations

import pytest

from kit.errors import RosterInvalid
from kit.grading import Student, enroll, read_roster, write_roster
from kit.grading.course import gradebook


def test_a_roster_is_read_as_it_was_written(tmp_path):
    students = [Student("kim-01", "1", "S1", "kim", "A, B", 'Zoë "Z" Núñez'), Student("lee_02")]
    write_roster(tmp_path / "roster.csv", students)
    assert read_roster(tmp_path / "roster.csv") == tuple(students)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nKim\n", "Line 1"),
        ("student_id\nkim\nkim\n", "Line 3"),
        ("student_id\nkim\n../x\n", "Line 3"),
        ('student_id\n"a\nb"\n', "Line 3"),
        ("student_id,name\nkim,a,b\n", "Line 2"),
        ("student_id\n*\n", "Line 2"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, text, message):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(RosterInvalid, match=message):
        read_roster(tmp_path / "roster.csv")


def test_a_file_that_is_no_csv_is_said_in_words(tmp_path):
    (tmp_path / "roster.csv").write_bytes(b"student_id\n\xff\xfe\n")
    with pytest.raises(RosterInvalid, match="UTF-8"):
        read_roster(tmp_path / "roster.csv")


def test_names_stay_out_of_the_gradebook(room):
    enroll(room.course, [Student("zoe-09", "909", name="Zoë Núñez")])
    with gradebook(room.course) as book:
        found = book.find_student("zoe-09")
        assert (found.lms_user_id, found.first_name, found.last_name) == ("909", None, None)
