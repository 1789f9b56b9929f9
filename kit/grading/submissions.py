"""Where submissions are, in any course of nbgrader's."""

from __future__ import annotations

import glob
import re
from pathlib import Path
from typing import Any

from kit.grading.fingerprint import fingerprint


def submission_folder(coursedir: Any, step: str, student: str, assignment: str) -> Path:
    """Return a submission's folder in one of nbgrader's steps, whatever the course calls them.

    Parameters
    ----------
    coursedir
        nbgrader's ``CourseDirectory``.
    step
        ``source release submitted autograded feedback``.
    student, assignment
        Whose, and of what. For ``source`` and ``release`` the student is ``.``.
    """
    path: str = coursedir.format_path(getattr(coursedir, f"{step}_directory"), student, assignment)
    return Path(path)


def submitted_students(coursedir: Any, assignment: str) -> list[str]:
    """Return who has work in ``submitted``."""
    # The pattern is a whole path of nbgrader's, with a star in it.
    places = glob.glob(str(submission_folder(coursedir, "submitted", "*", assignment)))  # noqa: PTH207
    name = coursedir.format_path(coursedir.submitted_directory, r"(?P<student>[^/\\]+)", assignment, escape=True)
    students = (match["student"] for place in places if (match := re.fullmatch(name, place)))
    return sorted(student for student in students if not student.startswith("."))


def submission_fingerprint(coursedir: Any, assignment: str, student: str) -> str:
    """Return a digest of all that decides a grade."""
    steps = (("submitted", student), ("release", "."), ("source", "."))
    return fingerprint(submission_folder(coursedir, step, name, assignment) for step, name in steps)
