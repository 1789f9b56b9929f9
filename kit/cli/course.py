"""What commands about lessons share: where the lessons are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.errors import LessonError
from kit.settings import content_root

if TYPE_CHECKING:
    from kit.lessons import Catalogue

PROVIDERS = ("local", "openai", "compatible", "recorded")


def course_option(function: Any) -> Any:
    """Give a command the option ``--course``."""
    return click.option(
        "--course",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help="The course folder; without it, the kit's own lessons.",
    )(function)


def course_root(course: Path | None) -> Path:
    """Return the folder whose lessons are meant.

    Raises
    ------
    LessonError
        If there are no lessons in it.
    """
    root = course or content_root()
    if not (root / "notebooks" / "lessons").is_dir():
        raise LessonError(f"There are no lessons in {root}.", mend="Give the course's folder, or leave --course away.")
    return root


def catalogue_of(course: Path | None) -> Catalogue:
    """Return the catalogue of the course, or of the kit's own lessons."""
    from kit.lessons import load_catalogue

    return load_catalogue(course_root(course))
