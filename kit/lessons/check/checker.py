"""Look at everything that belongs to one lesson."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kit.errors import LessonError
from kit.lessons.catalogue import Catalogue
from kit.lessons.check.co_teach import check_co_teach
from kit.lessons.check.content import check_data, check_exercises
from kit.lessons.check.finding import Finding
from kit.lessons.check.grading import check_grading
from kit.lessons.check.notebook import LessonNotebook, read_notebook
from kit.lessons.check.reading import check_reading
from kit.lessons.check.stages import check_stages
from kit.lessons.check.tidy import check_tidy
from kit.lessons.files import shown_path
from kit.lessons.model import Lesson

Rule = Callable[[LessonNotebook, Lesson], Iterator[Finding]]
STUDENT_RULES: tuple[Rule, ...] = (check_stages, check_grading, check_exercises, check_reading)
CO_TEACH_RULES: tuple[Rule, ...] = (check_exercises, check_co_teach)


def check_lesson(catalogue: Catalogue, slug: str) -> list[Finding]:
    """Return all findings about a lesson, in the order of its files.

    A file that can't be read at all is a finding too, so one check shows everything there is to mend.

    Raises
    ------
    LessonNotFound
        If the catalogue has no such lesson.
    """
    file = catalogue.lesson_file(slug)
    try:
        lesson = catalogue[slug]
    except LessonError as error:
        return [Finding(shown_path(file, catalogue.root), "", error.code, error.message, error.mend)]
    findings = list(check_data(lesson, shown_path(file, catalogue.root)))
    findings += _check_notebook(catalogue.notebook(slug), catalogue.root, lesson, STUDENT_RULES)
    findings += _check_notebook(catalogue.co_teach(slug), catalogue.root, lesson, CO_TEACH_RULES)
    return findings


def _check_notebook(file: Path, root: Path, lesson: Lesson, rules: tuple[Rule, ...]) -> list[Finding]:
    try:
        notebook = read_notebook(file, root)
    except LessonError as error:
        return [Finding(shown_path(file, root), "", error.code, error.message, error.mend)]
    findings = list(check_tidy(notebook))
    for rule in rules:
        findings += rule(notebook, lesson)
    return findings
