"""nbgrader export plugins. They work from ``kit export`` and from ``nbgrader export --exporter=…`` alike."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from kit.errors import RosterInvalid
from kit.grading.roster import Student, read_roster
from kit.grading.rubrics import read_guide
from kit.grading.scores import Score, read_score
from kit.settings import Course

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class _CourseExport(ExportPlugin):
    """What both formats share: the course, its people, and a file that no spreadsheet runs."""

    course_root = Unicode("", help="the course's folder; the current one if empty").tag(config=True)

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._notes: list[str] = []
        self._unknown: dict[str, None] = {}
        self._waiting: dict[str, None] = {}

    @property
    def warnings(self) -> list[str]:
        """What the teacher should know about the file: a line for each kind of thing, however many students."""
        return [
            *self._notes,
            *_listed("No Canvas id in roster.csv, so Canvas may not know who it is", self._unknown),
            *_listed("Answers still wait for you, and the file has the points so far", self._waiting),
        ]

    @property
    def course(self) -> Course:
        """The course."""
        return Course(Path(self.course_root or Path.cwd()))

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        lessons = self.assignment or [assignment.name for assignment in gradebook.assignments]
        people = [one for one in self._people(gradebook) if not self.student or one.student_id in self.student]
        rows = self.rows(gradebook, [str(lesson) for lesson in lessons], people)
        with Path(self.to or self.default_name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)

    default_name = "grades.csv"

    def rows(self, book: Gradebook, lessons: Sequence[str], people: Sequence[Student]) -> Iterable[Sequence[str]]:
        """Return the file's rows."""
        raise NotImplementedError

    def _people(self, book: Gradebook) -> list[Student]:
        """Return the roster, and after it whoever is graded but not in it."""
        try:
            found = {student.student_id: student for student in read_roster(self.course.roster)}
        except RosterInvalid as error:
            found = {}
            self._notes.append(f"{error.message} Only pseudonyms are written.")
        for student in book.students:
            found.setdefault(student.id, Student(student.id, canvas_id=student.lms_user_id or ""))
        return list(found.values())


class CanvasExport(_CourseExport):
    """A gradebook file that Canvas imports as it is."""

    default_name = "canvas.csv"

    def rows(self, book: Gradebook, lessons: Sequence[str], people: Sequence[Student]) -> list[list[str]]:
        """Return Canvas's header, the row of possible points, and one row for each student."""
        titles = [read_guide(self.course.root, lesson).title for lesson in lessons]
        possible = [_points(book.find_assignment(lesson).max_score) for lesson in lessons]
        rows = [
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles],
            ["    Points Possible", "", "", "", "", *possible],
        ]
        for one in people:
            scores = [read_score(book, lesson, one.student_id) for lesson in lessons]
            self._warn(one, scores)
            # Nothing handed in stays empty: Canvas would take a 0 for a grade.
            points = ["" if score is None else _points(score.total) for score in scores]
            name = one.name or one.student_id
            rows.append([name, one.canvas_id, one.sis_user_id, one.sis_login_id, one.section, *points])
        return rows

    def _warn(self, one: Student, scores: Sequence[Score | None]) -> None:
        if not (one.canvas_id or one.sis_user_id or one.sis_login_id):
            self._unknown[one.student_id] = None
        if any(score is not None and score.waiting for score in scores):
            self._waiting[one.student_id] = None


class SpreadsheetExport(_CourseExport):
    """A plain table for a spreadsheet."""

    def rows(self, book: Gradebook, lessons: Sequence[str], people: Sequence[Student]) -> list[list[str]]:
        """Return a header, and one row for each student and lesson."""
        header = ["lesson", "student_id", "name", "section", "machine", "manual", "penalty", "total", "max"]
        rows = [[*header, "minutes_late", "waiting_for_hand_grading"]]
        for lesson in lessons:
            possible = _points(book.find_assignment(lesson).max_score)
            for one in people:
                score = read_score(book, lesson, one.student_id)
                rows.append([lesson, one.student_id, one.name, one.section, *_cells(score, possible)])
                if score is not None and score.waiting:
                    self._waiting[one.student_id] = None
        return rows


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula. Numbers stay numbers."""
    if not cell.startswith(_FORMULA_STARTS) or _is_number(cell):
        return cell
    return f"'{cell}"


def _listed(words: str, students: Iterable[str]) -> list[str]:
    names = ", ".join(students)
    return [f"{words}: {names}."] if names else []


def _cells(score: Score | None, possible: str) -> list[str]:
    if score is None:
        return ["", "", "", "", possible, "", ""]
    numbers = (score.machine, score.manual, score.penalty, score.total)
    late = _points(round(score.seconds_late / 60, 1))
    return [*map(_points, numbers), possible, late, str(score.waiting)]


def _points(value: float) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
