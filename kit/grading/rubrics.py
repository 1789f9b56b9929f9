"""What a lesson says about its grading; a course without that lesson is graded all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import LessonError

if TYPE_CHECKING:
    from kit.lessons import Lesson, Rubric


@dataclass(frozen=True, slots=True)
class Guide:
    """A lesson as graders need it.

    Attributes
    ----------
    title
        What the lesson is called.
    titles
        What each graded cell is called, by grade id.
    beside
        Which other answers a grader should see beside one, by its grade id.
    lesson
        The lesson itself, if its ``lesson.yml`` can be read.
    data
        The folder of the lesson's own data.
    """

    title: str
    titles: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lesson: Lesson | None = None
    data: Path | None = None

    def rubrics(self, grade_id: str, named: Any = ()) -> list[Rubric]:
        """Return the rubrics of a cell: those its metadata names, else the one that ``lesson.yml`` gives it."""
        if self.lesson is None:
            return []
        chosen = [self.lesson.rubrics[name] for name in named or () if name in self.lesson.rubrics]
        found = self.lesson.rubric_for(grade_id)
        return chosen or ([found] if found else [])


def read_guide(root: Path, slug: str, *, strict: bool = False) -> Guide:
    """Return the guide of a lesson in the course at ``root``; read once, and again when its files change.

    Raises
    ------
    LessonError
        If ``strict``, and the course has the lesson but its files can't be read.
    """
    lessons = root / "notebooks" / "lessons"
    guide, fault = _read(root, slug, _changed(lessons / "curriculum.yml"), _changed(lessons / slug / "lesson.yml"))
    if strict and fault is not None and (lessons / slug).is_dir():
        raise fault
    return guide


def _changed(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


@lru_cache(maxsize=32)
def _read(root: Path, slug: str, *_changed: int) -> tuple[Guide, LessonError | None]:
    from kit.lessons import load_catalogue  # pydantic and yaml take a moment

    try:
        catalogue = load_catalogue(root)
        lesson = catalogue[slug]
    except LessonError as error:
        return Guide(slug.replace("-", " ").capitalize()), error
    titles = {criterion.grade_id: criterion.title for criterion in lesson.criteria}
    beside = {criterion.grade_id: criterion.beside for criterion in lesson.criteria}
    return Guide(lesson.title, titles, beside, lesson, catalogue.data_folder(slug)), None
