"""What ``kit demo`` prints and does once the settings are known."""

from __future__ import annotations

import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from kit.classroom.accounts import Accounts
from kit.classroom.browser import has_display
from kit.classroom.course import build_course, students_of
from kit.classroom.signals import one_orderly_end
from kit.classroom.supervisor import Classroom
from kit.lessons import load_catalogue
from kit.settings.environment import outside_environment

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
    with one_orderly_end(classroom.end):
        try:
            with console.status("Starting the model, the gateway, the student app and JupyterLab"):
                classroom.__enter__()
            link = f"{classroom.app_url}/join/{Accounts(course).new_link(students_of(course)[0])}"
            _print_links(console, classroom, course, link)
            console.print(f"Ready after {time.monotonic() - began:.0f} seconds. Press Ctrl-C to end everything.")
            if with_browser and has_display():
                webbrowser.open(link)
            classroom.watch()
        except KeyboardInterrupt:
            pass  # enough while things were still starting: end them, like later
        finally:
            with console.status("Ending everything"):
                classroom.stop()
    console.print("Everything has ended. All work is saved in", Text(str(course.root)))


def _print_links(console: Console, classroom: Classroom, course: Course, link: str) -> None:
    """Print a link for each person, each whole and on a line of its own, so that it can be clicked and copied."""
    student, accounts = students_of(course)[0], Accounts(course)
    console.print(Panel(Text(f"{classroom.settings.title} is running", style="bold"), expand=False))
    links = {f"Student ({student})": link}
    if classroom.lab_url:
        slug = next(iter(load_catalogue(course.root))).slug
        links["Teacher"] = classroom.link(f"lab/tree/notebooks/lessons/{slug}/co-teach.ipynb")
        links["Grader"] = classroom.link("formgrader")
    for who, address in links.items():
        console.print(f"[bold]{who}[/]")
        console.print(Text(f"  {address}"), soft_wrap=True)
    console.print(f"[bold]Other students[/]\n  {classroom.app_url}  with the class code [bold]{accounts.class_code}[/]")
    if classroom.lab_url:
        console.print("[dim]Keep the teacher's and the grader's links to yourself: they show all work.[/]")
