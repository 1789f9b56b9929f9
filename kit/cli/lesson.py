"""``kit lesson``: list, check, start, preview and print lessons."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.cli.course import PROVIDERS, catalogue_of, course_option, course_root
from kit.errors import LessonError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kit.lessons import Catalogue, Lesson
    from kit.lessons.check import Finding

_GRADES = {"6-8": ("6-8",), "9-12": ("9-12",), "6-12": ("6-8", "9-12")}


@click.group()
def lesson() -> None:
    """List, check, start, preview and print lessons."""


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
    findings = [finding for one in slugs for finding in (*check_lesson(catalogue, one), *_check_data(catalogue, one))]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings, slugs)
    sys.exit(any(finding.level == "error" for finding in findings))


@lesson.command()
@click.argument("slug")
@click.option("--title", default="", help="Its title; without one, SLUG in words.")
@click.option("--grades", type=click.Choice(list(_GRADES)), default="6-8", show_default=True, help="Whom it is for.")
@course_option
def new(slug: str, title: str, grades: str, course: Path | None) -> None:
    """Make a new lesson that passes the checker as it is, with words to replace.

    SLUG is its name in addresses and folders: small letters, digits and hyphens, such as who-says.
    """
    from kit.lessons.starting import start_lesson

    made = start_lesson(_writable_root(course), slug, title, _GRADES[grades])
    click.echo(f"A new lesson is in\n  {made.lesson}\n  {made.notebook}\n  {made.co_teach}")
    given = f" --course {course}" if course else ""
    click.echo(f"See it as students do: kit lesson preview {slug}{given}\nCheck it: kit lesson check {slug}{given}")


@lesson.command()
@click.argument("slug")
@click.option("--browser/--no-browser", default=True, help="Open a browser, if there is one.")
@click.option("--provider", type=click.Choice(PROVIDERS), help="Which model answers; kit.toml says otherwise.")
@course_option
def preview(slug: str, browser: bool, provider: str | None, course: Path | None) -> None:
    """Open a lesson as students see it, in a class that is thrown away when you press Ctrl-C.

    What you save in the lesson's files shows when you reload the page.
    """
    from kit.cli.preview import run_preview

    run_preview(catalogue_of(course), slug, provider=provider or "", with_browser=browser)


@lesson.command(name="print")
@click.argument("slug")
@click.option("--out", type=click.Path(path_type=Path), default=Path("printed"), show_default=True, help="The folder.")
@click.option("--html-only", is_flag=True, help="Make web pages only, no PDF.")
@course_option
def print_(slug: str, out: Path, html_only: bool, course: Path | None) -> None:
    """Make a lesson's pages for paper: for students, and a packet for those who teach it."""
    from kit.paper import print_lesson

    printed = print_lesson(catalogue_of(course), slug, out, html_only=html_only)
    for file in printed.files:
        click.echo(file)
    if printed.not_shown:
        click.echo(
            f"note: no font on this computer shows {' '.join(printed.not_shown)}. Words stand in their place in the "
            "PDF; the web pages have them, so print those from a browser.",
            err=True,
        )


def _writable_root(course: Path | None) -> Path:
    root = course_root(course)
    if course is None and root.name == "_content":
        raise LessonError(
            "The kit's own lessons are part of the installed package.", mend="Give your course's folder with --course."
        )
    return root


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


def _check_data(catalogue: Catalogue, slug: str) -> Iterator[Finding]:
    """Yield what is wrong with the data that a lesson's exercises play with."""
    from kit.experiments import check_data
    from kit.lessons.check import Finding

    try:
        lesson = catalogue[slug]
    except LessonError:
        return  # its lesson.yml can't be read, which has been said already
    folder = catalogue.data_folder(slug)
    shown = folder.relative_to(catalogue.root).as_posix()
    for error in check_data(lesson, folder):
        yield Finding(shown, "", error.code, error.message, error.mend)


def _print(findings: list[Finding], slugs: tuple[str, ...]) -> None:
    for finding in findings:
        place = f"{finding.file} ({finding.cell})" if finding.cell else finding.file
        click.echo(f"{finding.level}: {place}: {finding.message} {finding.mend} [{finding.code}]")
    errors = sum(finding.level == "error" for finding in findings)
    lessons = "1 lesson" if len(slugs) == 1 else f"{len(slugs)} lessons"
    click.echo(f"{lessons} checked: {errors} errors, {len(findings) - errors} warnings")
