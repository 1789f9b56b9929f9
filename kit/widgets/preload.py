"""All that a lesson's page may need, imported once: kernels are forked from a process that has imported this."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from ipywidgets import load_ipython_extension

from kit.errors import KitError
from kit.lessons import load_catalogue
from kit.widgets.assets import versions
from kit.widgets.card import Card
from kit.widgets.exercises import exercise_names, find_exercise

# Imported in a kernel, ipywidgets makes itself known to it. Here there is none yet, so the kernel loads this module as
# an IPython extension when it is there.
__all__ = ["before_forks", "load_ipython_extension"]

logger = logging.getLogger(__name__)

# Imported when they are first needed, by a kernel that was not forked.
_WHEN_NEEDED = (
    "kit.widgets.page",
    "kit.widgets.citeproc_rules",
    "kit.ai.client",
    "kit.ai.screens",
    "openai.resources.chat.completions",
    "openai.resources.completions",
    "anywidget",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "sqlite3",
    "tornado.platform.asyncio",
)

for _name in _WHEN_NEEDED:
    import_module(_name)
for _name in exercise_names():
    find_exercise(_name)


def before_forks() -> None:
    """Make what every page makes again. A course's server runs in its folder, and so does its warm parent."""
    with suppress(KitError):  # a lesson that is broken is told of when it is opened
        for lesson in load_catalogue(Path.cwd()):
            logger.debug("read %s", lesson.slug)
    for card in _cards(Card):
        versions(*card.parts)


def _cards(kind: type[Card]) -> Iterator[type[Card]]:
    if kind.parts:
        yield kind
    for narrower in kind.__subclasses__():
        yield from _cards(narrower)
