"""``kit lesson``: list the lessons and check their files."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.cli.course import catalogue_of, course_option

if TYPE_CHECKING:
    from kit.lessons import Lesson
    from kit.lessons.check import Finding


@click.group()
def lesson() -> None:
    """List lessons and check their files."""


@lesson.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable lines.")
@course_option
def list_lessons(as_json: bool, course: Path | None) -> None:
    """List the lessons in the order in which they are taught."""
    rows = [_row(found) for found in catalogue_of(course)]
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
@course_option
def check(slug: str | None, check_all: bool, as_json: bool, course: Path | None) -> None:
    """Check a lesson's files and say how to mend what is wrong."""
    from kit.lessons.check import check_lesson

    catalogue = catalogue_of(course)
    slugs = catalogue.slugs if check_all or slug is None else (slug,)
    findings = [finding for one in slugs for finding in check_lesson(catalogue, one)]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings, slugs)
    sys.exit(any(finding.level == "error" for finding in findings))


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
