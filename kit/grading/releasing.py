"""What is looked at before a lesson is released, and what happens to the released one when that fails."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.errors import LessonNotFound, NotebookInvalid
from kit.grading.intake import is_notebook
from kit.grading.rubrics import read_guide
from kit.settings import Course


def require_lesson(course: Course, lesson: str) -> None:
    """Make sure that the course has a lesson and that its description can be read.

    Raises
    ------
    LessonNotFound
        If the course has no such lesson.
    LessonError
        If its ``lesson.yml`` is broken: it would be graded without its rubrics.
    """
    if not _source(course, lesson):
        raise LessonNotFound(f"There is no lesson `{lesson}` in this course.")
    read_guide(course.root, lesson, strict=True)


def require_source(course: Course, lesson: str) -> None:
    """Make sure that the notebooks a lesson is made from are notebooks.

    Raises
    ------
    NotebookInvalid
        Naming the one that isn't.
    """
    for file in _source(course, lesson):
        try:
            is_good = is_notebook(json.loads(file.read_bytes()))
        except (OSError, ValueError, RecursionError):
            is_good = False
        if not is_good:
            shown = file.relative_to(course.root).as_posix()
            raise NotebookInvalid(f"The file {shown} is not a notebook.", mend="Put a good copy in its place.")


@contextmanager
def kept_if_this_fails(folder: Path) -> Iterator[None]:
    """Put a folder back as it was if the block fails or is interrupted.

    nbgrader removes the released version when it can't make a new one, and students may be at work on it.
    """
    spare = folder.with_name(f".{folder.name}-{uuid.uuid4().hex}")
    if folder.is_dir():
        shutil.copytree(folder, spare)
    try:
        yield
    except BaseException:
        if spare.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
            spare.rename(folder)
        raise
    finally:
        shutil.rmtree(spare, ignore_errors=True)


def _source(course: Course, lesson: str) -> list[Path]:
    return sorted((course.step("source") / lesson).glob("*.ipynb"))
