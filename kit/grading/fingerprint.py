"""Tell whether a submission has to be graded again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kit.settings import Course


def fingerprint(course: Course, lesson: str, student: str) -> str:
    """Return a digest of all that decides a grade: what was handed in, and the lesson as released and as written."""
    folders = (course.step("submitted") / student / lesson, course.released(lesson), course.step("source") / lesson)
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.glob("*")):
            if file.suffix in {".ipynb", ".jsonl", ".txt"} and file.is_file():
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                digest.update(f"{folder.name}/{file.name} {content}\n".encode())
    return digest.hexdigest()


def graded_fingerprint(notebook: Path) -> str:
    """Return the fingerprint that a graded notebook carries; empty if there is none."""
    try:
        found = json.loads(notebook.read_bytes())["metadata"]["kit"]["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return found if isinstance(found, str) else ""
