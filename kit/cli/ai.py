"""``kit ai`` and ``kit weights``: see the screens at work, and look after the model's file."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kit.ai.screens.table import Score
    from kit.ai.trying import Try
    from kit.ai.weights import Progress

__all__ = ["ai", "weights", "weights_progress"]

# A sign and a word for each result: nobody has to tell colors apart.
_LOOKS = {
    "fine": ("green", "✓"),
    "answered": ("green", "✓"),
    "added": ("green", "✓"),
    "masked": ("yellow", "▒"),
    "hidden": ("yellow", "▒"),
    "help": ("magenta", "♥"),
    "refused": ("red", "✗"),
    "unavailable": ("red", "…"),
}


@click.group()
def ai() -> None:
    """Try a message against the screens and the model."""


@ai.command("try")
@click.argument("text")
@click.option("--lesson", default="", metavar="SLUG", help="Try it as a student of this lesson.")
@click.option("--course", type=click.Path(path_type=Path, file_okay=False, exists=True), help="The course's folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def try_(text: str, lesson: str, course: Path | None, as_json: bool) -> None:
    """Send TEXT through the same guard and model that students have, and say what every step did.

    Without --lesson, any text may be sent: this is a teacher's try.
    """
    from kit.ai.trying import try_message
    from kit.settings import content_root
    from kit.settings.load import load_settings

    here = course or Path.cwd()
    root = here if (here / "notebooks" / "lessons").is_dir() else content_root()
    result = try_message(text, root=root, settings=load_settings(here), lesson=lesson)
    if as_json:
        click.echo(json.dumps(result.to_json(), ensure_ascii=False))
    else:
        _show(result)
    if result.outcome == "unavailable":
        sys.exit(1)


def _show(result: Try) -> None:
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("Step", "Result", "What it did"):
        table.add_column(title)
    for step in result.steps:
        color, sign = _LOOKS.get(step.result, ("white", "·"))
        table.add_row(step.step, Text(f"{sign} {step.result}", style=color), Text(step.detail))
    console = Console(highlight=False)
    console.print(table)
    console.print(Panel(Text(result.reply.strip()), title="What a student sees", subtitle=result.label, expand=False))
    console.print(f"outcome: {result.outcome}")


@ai.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
def screens(files: tuple[Path, ...]) -> None:
    """Print how the crisis screen does on lists of phrases.

    FILES are lists of your own, a phrase a line. Without any, the lists that come with the kit are used.
    """
    from kit.ai.screens.table import read_phrases, score

    for file in files or _own_lists():
        _show_score(file.stem, score(read_phrases(file)))


def _own_lists() -> list[Path]:
    from kit.settings import content_root

    lists = sorted((content_root() / "tests" / "ai" / "data").glob("*.txt"))
    if not lists:
        raise click.UsageError("The kit's own lists come with its source only. Give a file of your own.")
    return lists


def _show_score(name: str, found: Score) -> None:
    expected = found.hits if "near" in name else found.misses
    word = "harmless, but the card is shown" if "near" in name else "missed"
    click.echo(f"{name:<24} {found.phrases:>4} phrases   card {len(found.hits):>4}   no card {len(found.misses):>4}")
    for phrase in expected:
        click.echo(f"    {word}: {phrase}")


@click.group()
def weights() -> None:
    """Fetch or check the language model's file."""


@weights.command()
def fetch() -> None:
    """Fetch the language model's file (93 MB), unless it is here already."""
    from kit.ai.weights import fetch_weights

    with weights_progress() as progress:
        fetch_weights(progress)
    click.echo("The language model's file is here and whole.")


@weights.command()
def check() -> None:
    """Read the whole file and compare its checksum."""
    from kit.ai.weights import check_weights, find_weights, stored_weights
    from kit.settings.load import load_settings

    file = find_weights(load_settings(Path.cwd()))
    if file != stored_weights():
        click.echo("Your own model file is there and is a GGUF file. Its checksum is not known to the kit.")
        return
    with weights_progress() as progress:
        check_weights(file, progress)
    click.echo("The language model's file is here and whole.")


@contextmanager
def weights_progress() -> Iterator[Progress]:
    """Show a progress bar for each step on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, int] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield progress
