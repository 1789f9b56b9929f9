"""Submissions in, gradebook rows out: nbgrader, driven through its own doors, with verdicts that no student can write.

Nothing here imports nbgrader until it is needed, so that a lesson's test cells (``from kit.grading import checks``) and
the command line stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.grading.course import enroll, prepare_course
    from kit.grading.export import export
    from kit.grading.grader import grade
    from kit.grading.report import Outcome, Report
    from kit.grading.roster import Student, read_roster, write_roster
    from kit.grading.workflow import collect, collect_zip, feedback, release

_HOMES = {
    "Outcome": "report",
    "Report": "report",
    "Student": "roster",
    "collect": "workflow",
    "collect_zip": "workflow",
    "enroll": "course",
    "export": "export",
    "feedback": "workflow",
    "grade": "grader",
    "prepare_course": "course",
    "read_roster": "roster",
    "release": "workflow",
    "write_roster": "roster",
}

__all__ = [
    "Outcome",
    "Report",
    "Student",
    "collect",
    "collect_zip",
    "enroll",
    "export",
    "feedback",
    "grade",
    "prepare_course",
    "read_roster",
    "release",
    "write_roster",
]


def __getattr__(name: str) -> Any:
    """Import a public name's module when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    # `export` names both a function and its module; importing the module has just put the module in that place.
    globals()[name] = found
    return found
