"""The AI exercises. One file is one exercise: ``next_word.py`` is ``next-word`` and names its class ``EXERCISE``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kit.errors import LessonError
from kit.experiments import experiment_names

if TYPE_CHECKING:
    from kit.widgets.exercises.exercise import Exercise

__all__ = ["exercise_names", "find_exercise"]


def exercise_names() -> tuple[str, ...]:
    """Return the name of every exercise, in alphabetical order: each experiment has its card here."""
    return experiment_names()


def find_exercise(name: str) -> type[Exercise]:
    """Return the class of an exercise.

    Raises
    ------
    LessonError
        If there is no exercise of that name.
    """
    if name not in exercise_names():
        raise LessonError(f"There is no exercise {name!r}. There are: {', '.join(exercise_names())}.")
    found: type[Exercise] = import_module(f"{__name__}.{name.replace('-', '_')}").EXERCISE
    return found
