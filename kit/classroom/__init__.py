"""The classroom: sign-in, shelf and lesson pages for students, and the supervision of every process of a class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.classroom.accounts import Accounts
    from kit.classroom.browser import find_browser
    from kit.classroom.course import SAMPLE_CLASS, build_course
    from kit.classroom.supervisor import Classroom

__all__ = ["SAMPLE_CLASS", "Accounts", "Classroom", "build_course", "find_browser"]

_HOMES = {
    "SAMPLE_CLASS": "course",
    "Accounts": "accounts",
    "Classroom": "supervisor",
    "build_course": "course",
    "find_browser": "browser",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for: Voilà and Jupyter take seconds."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
