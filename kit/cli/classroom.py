"""``kit demo``, ``kit doctor``, ``kit reset`` and ``kit agreement``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.cli.course import PROVIDERS
from kit.errors import KitError

if TYPE_CHECKING:
    from kit.classroom.doctor import State
    from kit.settings.model import Settings

_PROVIDERS = click.Choice(PROVIDERS)
_COURSE = click.option(
    "--course",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-course"),
    show_default=True,
    help="The course's folder.",
)
_LOOKS: dict[State, str] = {"ok": "[green]ok[/]", "warning": "[yellow]warning[/]", "missing": "[bold red]missing[/]"}


@click.command()
@_COURSE
@click.option("--smoke", is_flag=True, help="Run the whole loop once without a browser, in a throw-away course.")
@click.option("--no-browser", is_flag=True, help="Open no browser.")
@click.option("--no-lab", is_flag=True, help="Start no JupyterLab, only what students need.")
@click.option("--provider", type=_PROVIDERS, help="Which model answers; kit.toml says otherwise.")
def demo(course: Path, smoke: bool, no_browser: bool, no_lab: bool, provider: str | None) -> None:
    """Set up a sample class and start everything on this laptop.

    Run it again to go on where the class stopped: no work is ever overwritten. Ctrl-C ends everything.
    """
    settings = settings_with_model(course, provider)
    if smoke:
        _smoke(settings, course)
        return
    from kit.cli.demo import run_demo

    run_demo(course, settings, provider=provider or "", with_lab=not no_lab, with_browser=not no_browser)


@click.command()
@_COURSE
def doctor(course: Path) -> None:
    """Say what is missing or wrong on this machine, and how to mend it."""
    from rich.console import Console
    from rich.table import Table

    from kit.classroom.doctor import examine

    console = Console()
    table = Table("what", "state", "found", "what to do", box=None, pad_edge=False)
    states = []
    with console.status("Looking at this computer"):
        for finding in examine(course, _settings(course, None)):
            states.append(finding.state)
            table.add_row(finding.thing, _LOOKS[finding.state], finding.words, finding.mend)
    console.print(table)
    if "missing" in states:
        console.print("\nSomething that a class needs is missing.")
        sys.exit(1)
    console.print("\nThis computer can run a class.")


@click.command()
@click.argument("student")
@_COURSE
def reset(student: str, course: Path) -> None:
    """Take back a student's PIN and link, and sign them out everywhere.

    For a forgotten PIN, or a name that somebody else took. The student's work stays. Next time, they choose a new PIN.
    """
    from kit.classroom.accounts import Accounts
    from kit.settings import Course

    Accounts(Course(course)).reset(student)
    click.echo(f"{student} is signed out and chooses a new PIN at the next sign-in. Their work is untouched.")


def settings_with_model(course: Path, provider: str | None) -> Settings:
    """Return a course's settings, with the model's file there if a local model is to answer."""
    settings = _settings(course, provider)
    if settings.ai.provider == "local" and settings.ai.weights is None:
        _fetch_weights()
    return settings


@click.command()
@click.argument("lesson")
@_COURSE
def agreement(lesson: str, course: Path) -> None:
    """Show how the class judges a lesson's questions, in numbers and without names."""
    from rich.console import Console
    from rich.table import Table

    from kit.classroom.accounts import Accounts
    from kit.classroom.agreement import FEWEST, ClassOpinions, enough
    from kit.errors import ClassroomError
    from kit.settings import Course

    opinions = ClassOpinions(Course(course.resolve()))
    poll = opinions.poll(lesson)
    if poll is None:
        raise ClassroomError(f"The lesson {lesson} has no questions that a class can agree on.", mend="Try who-says.")
    numbers = enough(opinions.count(Accounts(Course(course)).students, poll), poll)
    table = Table("", "question", *poll.options.values(), "students", box=None, pad_edge=False)
    for question, words in poll.questions.items():
        counts = numbers.get(question)
        shown = [str(counts[option]) for option in (*poll.options, "total")] if counts else ["-"] * len(poll.options)
        table.add_row(question, words, *shown, *([] if counts else [f"under {FEWEST}"]))
    console = Console()
    console.print(table)
    console.print(f"\nThese numbers are from now. On students' pages they move {FEWEST} students at a time.")


def _settings(course: Path, provider: str | None) -> Settings:
    from kit.settings.load import load_settings

    settings = load_settings(course)
    if provider is None:
        return settings
    return settings.model_copy(update={"ai": settings.ai.model_copy(update={"provider": provider})})


def _fetch_weights() -> None:
    """Fetch the model's file once, and show how far it is."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from kit.ai.weights import fetch_weights

    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn()
    with Progress(*columns, transient=True) as bars:
        known: dict[str, object] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in known:
                known[what] = bars.add_task(what, total=total)
            bars.update(known[what], completed=done, total=total)  # type: ignore[arg-type]  # TaskID is an int in disguise

        fetch_weights(tell)


def _smoke(settings: Settings, course: Path) -> None:
    """Run the loop, print its table, and end with ``smoke: ok`` or one line that says what failed."""
    from rich.console import Console
    from rich.table import Table

    from kit.classroom.smoke import Smoke

    run = Smoke(settings, config=course / "kit.toml")
    try:
        with Console(stderr=True).status("Running the whole loop once"):
            run.run()
    except KitError as error:
        click.echo(f"smoke: failed at {run.doing}: {error}", err=True)
        sys.exit(1)
    finally:
        table = Table("step", "seconds", "", box=None, pad_edge=False)
        for step in run.steps:
            table.add_row(step.name, f"{step.seconds:.1f}", step.note)
        table.add_row("total", f"{sum(step.seconds for step in run.steps):.1f}", "")
        Console().print(table)
    click.echo("smoke: ok")
