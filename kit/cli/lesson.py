"""``kit lesson``: list the lessons and check their files."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.errors import LessonError
from kit.settings import content_root

if TYPE_CHECKING:
    from kit.lessons import Catalogue, Lesson
    from kit.lessons.check import Finding


@click.group()
def lesson() -> None:
    """List lessons and check their files."""


def _course_option(function: Any) -> Any:
    return click.option(
        "--course",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help="The course folder; without it, the kit's own lessons.",
    )(function)


@lesson.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable lines.")
@_course_option
def list_lessons(as_json: bool, course: Path | None) -> None:
    """List the lessons in the order in which they are taught."""
    rows = [_row(found) for found in _catalogue(course)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        grades = ", ".join(row["grade_bands"])
        click.echo(f"{row['slug']}\n  {row['title']}")
        click.echo(f"  grades {grades} | {row['minutes']} minutes | AI mode {row['ai_mode']} | {row['points']} points")


@lesson.command()
@click.argument("slug", required=False)
@click.option("--all", "check_all", is_flag=True, help="Check every lesson (the default without a slug).")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable lines.")
@_course_option
def check(slug: str | None, check_all: bool, as_json: bool, course: Path | None) -> None:
    """Check a lesson's files and say how to mend what is wrong."""
    from kit.lessons.check import check_lesson

    catalogue = _catalogue(course)
    slugs = catalogue.slugs if check_all or slug is None else (slug,)
    findings = [finding for one in slugs for finding in check_lesson(catalogue, one)]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings, slugs)
    sys.exit(any(finding.level == "error" for finding in findings))


def _catalogue(course: Path | None) -> Catalogue:
    from kit.lessons import load_catalogue

    root = course or content_root()
    if not (root / "notebooks" / "lessons").is_dir():
        raise LessonError(f"There are no lessons in {root}.", mend="Give the course's folder, or leave --course away.")
    return load_catalogue(root)


def _row(found: Lesson) -> dict[str, Any]:
    return {
        "slug": found.slug,
        "title": found.title,
        "driving_question": found.driving_question,
        "grade_bands": list(found.grade_bands),
        "minutes": found.minutes,
        "ai_mode": found.ai_mode,
        "points": found.points,
    }


def _print(findings: list[Finding], slugs: tuple[str, ...]) -> None:
    for finding in findings:
        place = f"{finding.file} ({finding.cell})" if finding.cell else finding.file
        click.echo(f"{finding.level}: {place}: {finding.message} {finding.mend} [{finding.code}]")
    errors = sum(finding.level == "error" for finding in findings)
    lessons = "1 lesson" if len(slugs) == 1 else f"{len(slugs)} lessons"
    click.echo(f"{lessons} checked: {errors} errors, {len(findings) - errors} warnings")
