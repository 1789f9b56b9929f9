"""Which lesson meets which standard, and which standards no lesson meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kit.lessons.model import Lesson
from kit.lessons.standards import Standard, framework_ids, load_framework


@dataclass(frozen=True, slots=True)
class Covered:
    """One standard and the lessons that serve it.

    Attributes
    ----------
    named_by
        Lessons that name it among their standards, in the order in which they are taught.
    scored_by
        Lessons in which a rubric looks at it, so that a person judges how well a student meets it.
    """

    standard: Standard
    named_by: tuple[str, ...]
    scored_by: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Whether any lesson serves it."""
        return bool(self.named_by or self.scored_by)

    @property
    def lessons(self) -> tuple[str, ...]:
        """Every lesson that serves it, in either way."""
        return tuple(dict.fromkeys((*self.named_by, *self.scored_by)))


@dataclass(frozen=True, slots=True)
class FrameworkCoverage:
    """How far the lessons meet one framework, standard by standard."""

    id: str
    title: str
    version: str
    url: str
    rows: tuple[Covered, ...]

    @property
    def met(self) -> tuple[Covered, ...]:
        """Standards that at least one lesson serves."""
        return tuple(row for row in self.rows if row.is_met)

    @property
    def not_met(self) -> tuple[Covered, ...]:
        """Standards that no lesson serves."""
        return tuple(row for row in self.rows if not row.is_met)


def find_coverage(lessons: Iterable[Lesson], frameworks: Iterable[str] = ()) -> tuple[FrameworkCoverage, ...]:
    """Return for each framework which lesson meets which of its standards.

    Parameters
    ----------
    lessons
        The lessons to look at, in the order in which they are taught.
    frameworks
        Ids such as ``aasl-2018``; without any, all that the kit has data on, by name.
    """
    named: dict[str, list[str]] = {}
    scored: dict[str, list[str]] = {}
    for lesson in lessons:
        for key in dict.fromkeys(lesson.standard_keys):
            named.setdefault(key, []).append(lesson.slug)
        for key in dict.fromkeys(key for rubric in lesson.rubrics.values() for key in rubric.standards):
            scored.setdefault(key, []).append(lesson.slug)
    wanted = tuple(frameworks) or sorted(framework_ids())
    return tuple(_cover(framework, named, scored) for framework in wanted)


def _cover(framework: str, named: dict[str, list[str]], scored: dict[str, list[str]]) -> FrameworkCoverage:
    standards = load_framework(framework)
    rows = tuple(
        Covered(standard, tuple(named.get(key, ())), tuple(scored.get(key, ()))) for key, standard in standards.items()
    )
    first = rows[0].standard
    return FrameworkCoverage(framework, first.framework, first.version, first.url, rows)
