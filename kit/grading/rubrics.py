"""What a lesson says about its grading; a course without that lesson is graded all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import LessonError
from kit.grading.plain import as_text, block, bullets

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
    lesson
        The lesson itself, if its ``lesson.yml`` can be read.
    """

    title: str
    titles: Mapping[str, str] = field(default_factory=dict)
    lesson: Lesson | None = None

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
        lesson = load_catalogue(root)[slug]
    except LessonError as error:
        return Guide(slug.replace("-", " ").capitalize()), error
    titles = {criterion.grade_id: criterion.title for criterion in lesson.criteria}
    return Guide(lesson.title, titles, lesson), None


def rubric_html(rubrics: list[Rubric]) -> str:
    """Return the rubrics as one block of HTML, open, where the grader reads it."""
    return "".join(_one(rubric) for rubric in rubrics)


def _one(rubric: Rubric) -> str:
    levels = bullets(
        f"<strong>{level.points} {as_text(level.name)}</strong>: {as_text(level.text)}"
        for level in sorted(rubric.levels, key=lambda level: -level.points)
    )
    title = f"<summary>Rubric: {as_text(rubric.title)}</summary>"
    return block("rubric", f"<details open>{title}<p>{as_text(rubric.looks_at)}</p>{levels}</details>")
