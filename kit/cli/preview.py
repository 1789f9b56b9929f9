"""What ``kit lesson preview`` prints and does."""

from __future__ import annotations

import time
import webbrowser
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from kit.classroom.browser import has_display
from kit.classroom.preview import Preview
from kit.classroom.signals import one_orderly_end
from kit.cli.classroom import settings_with_model
from kit.settings.environment import outside_environment

if TYPE_CHECKING:
    from kit.lessons import Catalogue


def run_preview(catalogue: Catalogue, slug: str, *, provider: str, with_browser: bool) -> None:
    """Start the throw-away class, print the link, and wait for Ctrl-C."""
    title = catalogue[slug].title
    console = Console()
    settings = settings_with_model(catalogue.root, provider or None)
    outside = outside_environment() | ({"KIT_AI__PROVIDER": provider} if provider else {})
    began = time.monotonic()
    running = Preview(catalogue, slug, settings, tell=lambda words: console.print(Text(words)), outside=outside)
    with one_orderly_end(running.end):
        try:
            with console.status("Starting a class with one student"):
                running.__enter__()
            link = running.link
            console.print(Text(title, style="bold"))
            console.print(Text(f"  {link}"), soft_wrap=True)
            console.print("The page follows the lesson's files: save them, then reload it.")
            console.print(f"Ready after {time.monotonic() - began:.0f} seconds. Press Ctrl-C to end and throw it away.")
            if with_browser and has_display():
                webbrowser.open(link)
            running.watch()
        except KeyboardInterrupt:
            pass  # enough while things were still starting: end them, like later
        finally:
            with console.status("Ending everything"):
                running.__exit__(None, None, None)
    console.print("The preview has ended. Nothing of it was kept.")
