"""Gradebook files that other programs import."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from kit.errors import GradingError
from kit.grading.course import gradebook, open_api, require_gradebook
from kit.grading.exporters import CanvasExport, SpreadsheetExport
from kit.grading.releasing import require_lesson
from kit.settings import Course

Format = Literal["canvas", "csv"]

EXPORTERS: dict[str, type[CanvasExport | SpreadsheetExport]] = {"canvas": CanvasExport, "csv": SpreadsheetExport}


def export(course: Course, lesson: str, format: Format, to: Path) -> Path:  # noqa: A002 - the word of the command
    """Write the points of a lesson into a file.

    Parameters
    ----------
    course, lesson
        Where, and what.
    format
        ``canvas`` for a file that Canvas imports, ``csv`` for a spreadsheet.
    to
        The file to write.

    Raises
    ------
    GradingError
        If there is no such format, the lesson is not in the gradebook, or the file can't be written.
    """
    export_with_warnings(course, lesson, format, to)
    return to


def export_with_warnings(course: Course, lesson: str, format: str, to: Path) -> tuple[str, ...]:  # noqa: A002
    """Write the file as ``export`` does, and return what the teacher should know about it."""
    if format not in EXPORTERS:
        raise GradingError(f"There is no format `{format}`.", mend=f"Use one of: {', '.join(EXPORTERS)}.")
    require_lesson(course, lesson)
    require_gradebook(course)
    with open_api(course) as api, gradebook(course) as book:
        plugin = EXPORTERS[format](parent=api, course_root=str(course.root))
        plugin.to, plugin.assignment = str(to), [lesson]
        _require(lesson, (assignment.name for assignment in book.assignments))
        try:
            plugin.export(book)
        except OSError:
            raise GradingError(
                "The file could not be written.", mend="Close it elsewhere, or give another name."
            ) from None
    return tuple(plugin.warnings)


def _require(lesson: str, known: Iterable[str]) -> None:
    if lesson not in set(known):
        raise GradingError(f"The lesson `{lesson}` is not in the gradebook.", mend=f"Run `kit release {lesson}` first.")
