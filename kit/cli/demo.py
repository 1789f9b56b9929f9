"""What ``kit demo`` prints and does once the settings are known."""

from __future__ import annotations

import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from kit.classroom.accounts import Accounts
from kit.classroom.browser import has_display
from kit.classroom.course import build_course, students_of
from kit.classroom.supervisor import Classroom
from kit.lessons import load_catalogue
from kit.settings.gateway import outside_environment

if TYPE_CHECKING:
    from kit.settings import Course
    from kit.settings.model import Settings


def run_demo(root: Path, settings: Settings, *, provider: str, with_lab: bool, with_browser: bool) -> None:
    """Build the course, start everything, print the links, and wait for Ctrl-C."""
    console = Console()
    began = time.monotonic()
    with console.status("Making the course"):
        course = build_course(root, settings)
    outside = outside_environment() | ({"KIT_AI__PROVIDER": provider} if provider else {})
    classroom = Classroom(course, settings, with_lab=with_lab, tell=console.print, outside=outside)
    try:
        with console.status("Starting the model, the gateway, the student app and JupyterLab"):
            classroom.__enter__()
        link = f"{classroom.app_url}/join/{Accounts(course).new_link(students_of(course)[0])}"
        console.print(_links(classroom, course, link))
        console.print(f"Ready after {time.monotonic() - began:.0f} seconds. Press Ctrl-C to end everything.")
        if with_browser and has_display():
            webbrowser.open(link)
        classroom.watch()
    except KeyboardInterrupt:
        pass  # Ctrl-C while things were still starting: end them, like later
    finally:
        with console.status("Ending everything"):
            classroom.stop()
    console.print("Everything has ended. All work is saved in", Text(str(course.root)))


def _links(classroom: Classroom, course: Course, link: str) -> Panel:
    """Return the panel with a link for each person."""
    accounts = Accounts(course)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    table.add_row(f"Student ({students_of(course)[0]})", link)
    table.add_row("Other students", f"{classroom.app_url}  with the class code {accounts.class_code}")
    if classroom.lab_url:
        slug = next(iter(load_catalogue(course.root))).slug
        table.add_row("Teacher", classroom.link(f"lab/tree/notebooks/lessons/{slug}/co-teach.ipynb"))
        table.add_row("Grader", classroom.link("formgrader"))
    note = Text("Keep the teacher's and the grader's links to yourself: who has one can see all work.", style="dim")
    return Panel(Group(table, Text(), note), title=f"{classroom.settings.title} is running", expand=False)
