"""Students who do a whole lesson, well enough for every machine point. One module is one lesson."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kit.lessons import load_catalogue
from kit.settings import content_root

SLUGS = load_catalogue(content_root()).slugs


def student_of(slug: str) -> ModuleType:
    """Return the module that does a lesson: ``STAGES``, six functions that take a ``LessonPage``."""
    return import_module(f"{__name__}.{slug.replace('-', '_')}")
