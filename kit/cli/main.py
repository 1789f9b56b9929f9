"""The ``kit`` command and its list of subcommands."""

from __future__ import annotations

import atexit
import errno
import gc
import sys
import tempfile
import traceback
from importlib import import_module
from importlib.metadata import version
from typing import NoReturn

import click

from kit.errors import DiskFull, KitError
from kit.settings.imports import skip_unused_imports

# Name of the command: (module and function, help line). The help line stands here so that `kit --help` imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("kit.cli.classroom:demo", "Set up a sample class and start everything on this laptop."),
    "doctor": ("kit.cli.classroom:doctor", "Say what is missing or wrong on this machine, and how to mend it."),
    "reset": ("kit.cli.classroom:reset", "Take back a student's PIN and link, and sign them out everywhere."),
    "agreement": ("kit.cli.classroom:agreement", "Show how the class judges a lesson's questions, without names."),
    "weights": ("kit.cli.ai:weights", "Fetch or check the language model's file."),
    "ai": ("kit.cli.ai:ai", "Try a message against the screens and the model."),
    "lesson": ("kit.cli.lesson:lesson", "List, check, start, preview and print lessons."),
    "standards": ("kit.cli.standards:standards", "Show standards, and which lesson meets which."),
    "release": ("kit.cli.grading:release", "Make a lesson's student version and hand it out."),
    "collect": ("kit.cli.grading:collect", "Take in what students submitted."),
    "grade": ("kit.cli.grading:grade", "Grade what machines may grade, and prepare the rest for you."),
    "feedback": ("kit.cli.grading:feedback", "Write feedback pages and give them back to students."),
    "export": ("kit.cli.grading:export", "Write a gradebook file for Canvas or a spreadsheet."),
}


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of a teacher's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one subcommand."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("ai-literacy-workshop-kit"), prog_name="kit")
def kit() -> None:
    """Co-taught lessons on AI literacy, with a real language model on one laptop."""


def main() -> None:
    """Run the command line. People get one clear sentence, never a traceback."""
    skip_unused_imports()
    # At its end Python looks several times through all that was imported for what is no longer used. It ends anyway.
    atexit.register(gc.freeze)
    try:
        kit()
    except KitError as error:
        _end(error)
    except OSError as error:
        _end(_about_the_disk(error))
    except Exception as error:  # a fault of ours: people get a sentence, and who mends it gets the traceback
        _end(KitError(f"Something went wrong that the kit did not expect ({type(error).__name__}).", mend=_noted()))


def _end(error: KitError) -> NoReturn:
    click.echo(f"error: {error}", err=True)
    sys.exit(1)


def _about_the_disk(error: OSError) -> KitError:
    if error.errno == errno.ENOSPC:
        return DiskFull("The disk is full.", mend="Make room, then try again; nothing that was saved is touched.")
    if error.filename is None:
        return KitError(f"The computer said no: {error.strerror or type(error).__name__}.", mend=_noted())
    mend = "Look at that file or folder and who may write there, then try again."
    return KitError(f"{error.filename} can't be used: {error.strerror}.", mend=mend)


def _noted() -> str:
    """Keep the traceback of the error at hand in a file of this user's, and say where."""
    with tempfile.NamedTemporaryFile("w", prefix="kit-", suffix=".txt", delete=False, encoding="utf-8") as file:
        traceback.print_exc(file=file)
    return f"Try again. If it happens twice, report it with the file {file.name}."
