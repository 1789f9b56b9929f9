"""The class list: pseudonyms, and the ids by which a learning platform knows them. Teachers' side only."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from kit.errors import RosterInvalid

_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Student:
    """One line of the class list.

    Attributes
    ----------
    student_id
        The pseudonym; the only one of these that leaves this file.
    canvas_id, sis_user_id, sis_login_id, section
        As Canvas has them in its own gradebook export; empty if there is no Canvas.
    name
        Optional. It goes into exports and nowhere else.
    """

    student_id: str
    canvas_id: str = ""
    sis_user_id: str = ""
    sis_login_id: str = ""
    section: str = ""
    name: str = ""


COLUMNS = tuple(field.name for field in fields(Student))


def read_roster(file: Path) -> tuple[Student, ...]:
    """Return the class list.

    Raises
    ------
    RosterInvalid
        Naming the line that is wrong.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return _read(csv.DictReader(lines, strict=True))
    except FileNotFoundError:
        raise RosterInvalid("There is no roster.csv.", mend="Make one with a column student_id.") from None
    except (UnicodeDecodeError, csv.Error):
        raise RosterInvalid("roster.csv is not a CSV file in UTF-8.", mend="Save it as CSV UTF-8.") from None


def write_roster(file: Path, students: Iterable[Student]) -> None:
    """Write a class list that ``read_roster`` reads."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows(asdict(student) for student in students)


def _read(reader: csv.DictReader[str]) -> tuple[Student, ...]:
    if "student_id" not in (reader.fieldnames or ()):
        raise RosterInvalid("Line 1 of roster.csv has no column student_id.")
    found: dict[str, Student] = {}
    for row in reader:
        student = Student(**{name: (row.get(name) or "").strip() for name in COLUMNS})
        if None in row:
            raise RosterInvalid(f"Line {reader.line_num} of roster.csv has more fields than the header.")
        if not _PSEUDONYM.fullmatch(student.student_id):
            raise RosterInvalid(
                f"Line {reader.line_num} of roster.csv: the student_id must be letters, digits, - and _ only."
            )
        if student.student_id in found:
            raise RosterInvalid(f"Line {reader.line_num} of roster.csv: that student_id is there twice.")
        found[student.student_id] = student
    return tuple(found.values())
