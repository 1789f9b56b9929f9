"""``kit release``, ``collect``, ``grade``, ``feedback``, ``export``: a teacher's day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.errors import GradingError
from kit.settings import Course

if TYPE_CHECKING:
    from rich.console import Console

    from kit.grading import Report

COURSE_FILES = ("kit.toml", "nbgrader_config.py")


def _course_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--course",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        help="The course's folder. The current folder if it is one, else ./demo-course.",
    )(command)


def find_course(root: Path | None) -> Course:
    """Return the course that a command is about.

    Raises
    ------
    GradingError
        If there is none.
    """
    for folder in (root,) if root else (Path.cwd(), Path.cwd() / "demo-course"):
        if any((folder / name).is_file() for name in COURSE_FILES):
            return Course(folder.resolve())
    raise GradingError(
        f"There is no course in {root}." if root else "There is no course here.",
        mend="Go to the course's folder, or give --course DIR. `kit demo` makes one.",
    )


@click.command()
@click.argument("lesson")
@_course_option
def release(lesson: str, root: Path | None) -> None:
    """Make a lesson's student version and hand it out."""
    course = find_course(root)
    with _console().status("Making the students' version ..."):
        from kit.grading import release as release_lesson

        folder = release_lesson(course, lesson)
    click.echo(f"Released {lesson}. Students can open it now ({folder.relative_to(course.root)}).")


@click.command()
@click.argument("lesson")
@_course_option
@click.option("--zip", "archive", type=click.Path(path_type=Path, dir_okay=False), help="Take work from a zip file.")
def collect(lesson: str, root: Path | None, archive: Path | None) -> None:
    """Take in what students submitted."""
    course = find_course(root)
    with _console().status("Collecting ..."):
        from kit.grading import collect as collect_lesson
        from kit.grading import collect_zip

        found = collect_zip(course, lesson, archive) if archive else collect_lesson(course, lesson)
    rows = [(student, "collected") for student in found.students]
    _table(("Student", "What happened"), [*rows, *((name, f"refused: {why}") for name, why in found.refused)])
    if found.students:
        click.echo(f"{_count(len(found.students), 'new submission')}. Next: kit grade {lesson}")
    else:
        click.echo("No new submissions.")
    _fail_if(len(found.refused), "was not taken in", "were not taken in")


@click.command()
@click.argument("assignment")
@_course_option
@click.option("--student", "students", multiple=True, help="Only this student. Can be given more than once.")
@click.option("--force", "--again", "again", is_flag=True, help="Also grade what has not changed since last time.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for another program.")
def grade(assignment: str, root: Path | None, students: tuple[str, ...], again: bool, as_json: bool) -> None:
    """Grade what machines may grade, and prepare the rest for you.

    ASSIGNMENT is a lesson of the kit, or an assignment of any other nbgrader course in Python. There, the students'
    code runs behind fences.
    """
    course = find_course(root)
    report = _grade_with_bar(course, assignment, students, again=again)
    if as_json:
        click.echo(json.dumps([outcome.as_data() for outcome in report.outcomes], indent=2))
    else:
        _print_report(report)
    _fail_if(len(report.refused), "could not be graded", "could not be graded")


@click.command()
@click.argument("lesson")
@_course_option
def feedback(lesson: str, root: Path | None) -> None:
    """Write feedback pages and give them back to students."""
    course = find_course(root)
    with _console().status("Writing feedback ..."):
        from kit.grading import feedback as write_feedback

        given = write_feedback(course, lesson)
    click.echo(f"Feedback for {_count(len(given.students), 'student')} is on their lesson page.")
    click.echo(f"When you have scored more by hand, run `kit feedback {lesson}` again.")


@click.command()
@click.argument("lesson")
@_course_option
@click.option("--format", "kind", type=click.Choice(["canvas", "csv"]), default="canvas", show_default=True)
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def export(lesson: str, root: Path | None, kind: str, to: Path | None) -> None:
    """Write a gradebook file for Canvas or a spreadsheet."""
    course = find_course(root)
    file = to or Path(f"{lesson}-{kind}.csv")
    with _console().status("Exporting ..."):
        from kit.grading.export import export_with_warnings

        warnings = export_with_warnings(course, lesson, kind, file)
    for warning in warnings:
        click.echo(f"note: {warning}", err=True)
    click.echo(f"Wrote {file}.")


def _grade_with_bar(course: Course, assignment: str, students: Sequence[str], *, again: bool) -> Report:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[student]}"))
    with Progress(*columns, console=_console(), transient=True) as bar:
        task = bar.add_task("grade", total=None, student="")
        from kit.grading.code.guarding import warm_up

        warm_up(course.root / "nbgrader_config.py")
        from kit.grading import grade as grade_lesson  # nbgrader takes a second to import: the bar is up by then

        def show(done: int, total: int, student: str) -> None:
            bar.update(task, completed=done, total=total, student=student)

        return grade_lesson(course, assignment, show, again=again, students=students)


def _print_report(report: Report) -> None:
    rows = []
    for outcome in report.outcomes:
        if outcome.refused:
            rows.append((outcome.student, "-", f"refused: {outcome.refused}", ""))
            continue
        waiting = f"{outcome.waiting} to grade by hand" if outcome.needs_hand_grading else "complete"
        points = f"{outcome.machine:g} of {outcome.machine_max:g}"
        rows.append((outcome.student, points, waiting, " ".join(map(_first_sentence, outcome.notes))))
    _table(("Student", "Points so far, by computer", "By people", "Notes"), rows)
    same = sum(outcome.unchanged for outcome in report.outcomes)
    unchanged = f", {same} of them unchanged" if same else ""
    click.echo(f"{len(report.outcomes) - len(report.refused)} graded{unchanged} in {report.seconds:.1f} s.")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    found = list(rows)
    if not found:
        return
    table = Table(*header)
    for row in found:
        # Names of files come from outside: they are text and never rich's markup or terminal codes.
        table.add_row(*(Text("".join(sign for sign in cell if sign.isprintable())) for cell in row))
    _console(stderr=False).print(table)


def _first_sentence(note: str) -> str:
    """Return what fits in a table; the whole note stands above the submission in the formgrader."""
    return note.split(". ", maxsplit=1)[0].rstrip(".") + "."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _fail_if(count: int, one: str, many: str) -> None:
    if count:
        raise GradingError(
            f"{_count(count, 'submission')} {one if count == 1 else many}.", mend="The table says which and why."
        )


def _console(*, stderr: bool = True) -> Console:
    from rich.console import Console

    return Console(stderr=stderr)
