"""``kit standards``: what the standards say, and which lesson meets which."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.cli.course import catalogue_of, course_option
from kit.errors import LessonError

if TYPE_CHECKING:
    from rich.console import Console

    from kit.lessons.coverage import FrameworkCoverage
    from kit.lessons.standards import Standard

# How well a code and its meaning are known, in a word that fits a table.
KNOWN = {"verified": "issuer's page", "secondary": "second hand", "from-memory": "not checked"}
LEGEND = (
    "Known from: the issuer's page; second hand (somebody else's page about it); or not checked, which must be "
    "compared with the issuer's text before a report names it. A star marks a lesson that scores it by a rubric."
)


@click.group()
def standards() -> None:
    """Show standards, and which lesson meets which."""


def _framework_option(function: Any) -> Any:
    return click.option("--framework", default=None, metavar="ID", help="Only this one, such as aasl-2018.")(function)


@standards.command(name="list")
@_framework_option
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable lines.")
def list_standards(framework: str | None, as_json: bool) -> None:
    """List every standard that a lesson can name."""
    from kit.lessons.standards import load_framework

    found = [standard for name in _frameworks(framework) for standard in load_framework(name).values()]
    if as_json:
        click.echo(json.dumps([standard.model_dump(mode="json") for standard in found], ensure_ascii=False, indent=2))
        return
    shown = ""
    for standard in found:
        if standard.framework != shown:
            click.echo(f"{standard.framework} ({standard.version})\n{standard.url}")
            shown = standard.framework
        click.echo(f"  {standard.key}: {standard.short_title}. {standard.paraphrase} [{KNOWN[standard.status]}]")


@standards.command()
@_framework_option
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable lines.")
@course_option
def coverage(framework: str | None, as_json: bool, course: Path | None) -> None:
    """Show which lesson meets which standard, and what no lesson meets."""
    from kit.lessons.coverage import find_coverage

    found = find_coverage(catalogue_of(course), _frameworks(framework))
    if as_json:
        click.echo(json.dumps([_as_data(one) for one in found], ensure_ascii=False, indent=2))
    else:
        _print(found)


def _frameworks(only: str | None) -> tuple[str, ...]:
    from kit.lessons.standards import framework_ids

    known = tuple(sorted(framework_ids()))
    if only is None:
        return known
    if only not in known:
        raise LessonError(f"There is no framework `{only}`.", mend=f"Use one of {', '.join(known)}.")
    return (only,)


def _as_data(found: FrameworkCoverage) -> dict[str, Any]:
    rows = [
        _standard_data(row.standard)
        | {"named_by": list(row.named_by), "scored_by": list(row.scored_by), "met": row.is_met}
        for row in found.rows
    ]
    return {
        "framework": found.id,
        "title": found.title,
        "version": found.version,
        "url": found.url,
        "met": len(found.met),
        "all": len(found.rows),
        "standards": rows,
    }


def _standard_data(standard: Standard) -> dict[str, Any]:
    return standard.model_dump(mode="json", include={"key", "code", "short_title", "status", "verified_on"})


def _print(found: tuple[FrameworkCoverage, ...]) -> None:
    from rich.console import Console

    console = Console()
    for one in found:
        _print_framework(console, one)
    console.print(LEGEND, style="dim")


def _print_framework(console: Console, found: FrameworkCoverage) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(Text(f"{found.title} ({found.version}): {len(found.met)} of {len(found.rows)} met", style="bold"))
    if found.met:
        table = Table("Code", "What it is about", "Known from", "Lessons")
        for row in found.met:
            lessons = [slug + ("*" if slug in row.scored_by else "") for slug in row.lessons]
            standard = row.standard
            cells = (standard.code, standard.short_title, KNOWN[standard.status], "\n".join(lessons))
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    if found.not_met:
        console.print(Text("Not met: " + ", ".join(row.standard.code for row in found.not_met)))
    console.print()
