"""What the exercises compute, without a screen: the page shows it, and grading works it out again.

One module is one exercise and carries its name: ``next_word.py`` is ``next-word``. A module with data of a lesson's own
reads them with ``load(folder)``. Every module says with ``describe(event, lesson)`` what one recorded run showed, and a
module whose runs can be changed later says with ``replaced(runs)`` which of them no longer hold.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kit.errors import LessonError
from kit.experiments.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from kit.journal import Event
    from kit.lessons import Lesson

__all__ = ["Label", "card_id", "check_data", "describe", "experiment_names", "find_experiment", "replaced"]

_UNREADABLE = Label("A run that can't be read")
_NOT_EXPERIMENTS = frozenset({"label"})
_TELLING = ("page", "prompts", "groups", "part", "ask")
_USUAL = {"scam-filter": "rules", "lateral-reading": "check"}
"""What these two ask when a lesson doesn't say it."""


def card_id(name: str, options: Mapping[str, Any]) -> str:
    """Return the id of an exercise's card, under which pages keep and graders find what was explained there.

    Parameters
    ----------
    name
        The exercise's name.
    options
        What the lesson sets. A lesson may show an exercise more than once, so one of these (of a list its first) tells
        the cards apart: the page of finds, the prompts, the groups of texts, the part, or what is asked.
    """
    told = next((options[key] for key in _TELLING if options.get(key)), _USUAL.get(name, ""))
    return f"{name}-{told if isinstance(told, str) else next(iter(told))}"


def experiment_names() -> tuple[str, ...]:
    """Return the name of every experiment, in alphabetical order."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in modules if name not in _NOT_EXPERIMENTS))


def find_experiment(name: str) -> ModuleType:
    """Return the module of an experiment.

    Raises
    ------
    LessonError
        If there is no experiment of that name.
    """
    if name not in experiment_names():
        raise LessonError(f"There is no exercise {name!r}. There are: {', '.join(experiment_names())}.")
    return import_module(f"{__name__}.{name.replace('-', '_')}")


def check_data(lesson: Lesson, folder: Path) -> Iterator[LessonError]:
    """Yield what keeps a lesson's exercises from reading their data.

    Parameters
    ----------
    lesson
        Whose exercises are looked at.
    folder
        The lesson's data folder.
    """
    for name in lesson.exercises:
        try:
            load = getattr(find_experiment(name), "load", None)
            if load is not None:
                load(folder)
        except LessonError as error:
            yield error


def describe(event: Event, lesson: Lesson) -> Label | None:
    """Return what one recorded run showed; ``None`` for a run that is no evidence of anything.

    A journal is a file in a student's hands: a run of a wrong shape gets a label too, and stops nobody's page.
    """
    if event.field not in experiment_names():
        return _UNREADABLE
    try:
        label = find_experiment(event.field).describe(event, lesson)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return _UNREADABLE
    # A list can be cut to length like a text, and would get through to the page.
    if label is None or (isinstance(label, Label) and all(isinstance(one, str) for one in (label.text, label.about))):
        return label
    return _UNREADABLE


def replaced(runs: Sequence[Event]) -> frozenset[str]:
    """Return the ids of recorded runs that a later one took the place of, such as a verdict that was changed."""
    modules = (find_experiment(name) for name in {run.field for run in runs} & set(experiment_names()))
    return frozenset().union(*(module.replaced(runs) for module in modules if hasattr(module, "replaced")))
