"""A course as nbgrader knows it: its configuration, its gradebook, its students."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from sqlalchemy.exc import DatabaseError
from traitlets.config import Config

from kit.errors import GradingError
from kit.grading.code import guard
from kit.grading.config import database_url
from kit.grading.roster import Student, read_roster
from kit.settings import Course
from kit.settings.programs import own_programs_first

if TYPE_CHECKING:
    from kit.settings.load import Settings

CONFIG_NAME = "nbgrader_config.py"
_CONFIG = '''"""nbgrader's configuration of this course. The kit wrote it; add your own settings below the last line."""

from pathlib import Path

from kit.grading.config import configure

c = get_config()  # noqa: F821 - given by nbgrader
configure(c, Path(__file__).parent, course_id="{course_id}")
'''


def prepare_course(course: Course, settings: Settings) -> None:
    """Make a folder ready for nbgrader: configuration, folders, gradebook, and the roster's students.

    What is there already stays; it can be called again at any time.

    Raises
    ------
    RosterInvalid
        If there is a roster and it can't be read.
    """
    for step in ("source", "release", "submitted", "autograded", "feedback"):
        course.step(step).mkdir(parents=True, exist_ok=True)
    for name in ("inbound", "feedback"):
        (course.root / "exchange" / name).mkdir(parents=True, exist_ok=True)
    _logs(course)
    config = course.root / CONFIG_NAME
    if not config.exists():
        config.write_text(_CONFIG.format(course_id=settings.course_id), encoding="utf-8")
    with gradebook(course):
        pass
    if course.roster.exists():
        enroll(course)


def enroll(course: Course, students: Iterable[Student] | None = None) -> tuple[Student, ...]:
    """Put students into the gradebook, by pseudonym only.

    Parameters
    ----------
    course
        The course.
    students
        Whom; everybody in ``roster.csv`` if not given.

    Raises
    ------
    RosterInvalid
        If the roster can't be read.
    """
    enrolled = read_roster(course.roster) if students is None else tuple(students)
    with gradebook(course) as book:
        for student in enrolled:
            book.update_or_create_student(student.student_id, lms_user_id=student.canvas_id or None)
    return enrolled


def require_gradebook(course: Course) -> None:
    """Make sure that the gradebook is there and can be read, before anything is done with it.

    Raises
    ------
    GradingError
        If it isn't there, or isn't one.
    """
    if not course.gradebook.is_file():
        mend = "Put your copy back; without one, run `kit release`, then `kit grade --again`."
        raise GradingError("The gradebook, gradebook.db, isn't there.", mend=mend)
    with gradebook(course):
        pass


@contextmanager
def gradebook(course: Course) -> Iterator[Any]:
    """Open the course's gradebook, and close it; make it if there is none.

    Raises
    ------
    GradingError
        If the file can't be used.
    """
    with _opened(database_url(course.root.resolve()), course_id_of(course)) as book:
        yield book


@contextmanager
def open_gradebook(coursedir: Any) -> Iterator[Any]:
    """Open the gradebook of any course of nbgrader's, and close it.

    Parameters
    ----------
    coursedir
        nbgrader's ``CourseDirectory``.

    Raises
    ------
    GradingError
        If the file can't be used.
    """
    with _opened(coursedir.db_url, coursedir.course_id) as book:
        yield book


class _KeptGradebook(Gradebook):
    """A gradebook whose end is only the end of what was asked of it: the next one who opens it finds it ready."""

    def close(self) -> None:
        """Forget what was read, so that the next reads it anew, and let others write."""
        self.db.remove()


@contextmanager
def gradebooks_kept_open() -> Iterator[None]:
    """Open each gradebook once while the block runs, however often nbgrader opens it.

    nbgrader (0.9.6) opens its gradebook nine times for each submission, looks each time whether all tables are there,
    and works out each question to the database anew. That took longer than all the rest of nbgrader.
    """
    books: dict[tuple[str, str], _KeptGradebook] = {}
    ordinary = Gradebook  # this module is one of those that call it by its name

    def opened(db_url: str, course_id: str = "default_course", authenticator: Any = None) -> Gradebook:
        if (db_url, course_id) not in books:
            books[db_url, course_id] = _KeptGradebook(db_url, course_id, authenticator)
        return books[db_url, course_id]

    rooms = ("nbgrader.converters.", "nbgrader.preprocessors.", "kit.grading.")
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(rooms)]
    users = [module for module in modules if vars(module).get("Gradebook") is ordinary]
    for module in users:
        module.Gradebook = opened  # type: ignore[attr-defined]  # they all call it by this name
    try:
        yield
    finally:
        for module in users:
            module.Gradebook = ordinary  # type: ignore[attr-defined]
        for book in books.values():
            book.engine.dispose()


@contextmanager
def _opened(url: str, course_id: str) -> Iterator[Any]:
    try:
        with own_programs_first():
            book = Gradebook(url, course_id)
    except DatabaseError:
        mend = "Move it elsewhere and put your last good copy in its place."
        raise GradingError("The gradebook, gradebook.db, can't be used: it is damaged or locked.", mend=mend) from None
    try:
        yield book
    finally:
        book.close()


@contextmanager
def open_api(course: Course) -> Iterator[NbGraderAPI]:
    """Give nbgrader's own API for this course.

    What it and its libraries have to say goes to ``.kit/logs/nbgrader.log``: log lines and Python's warnings alike.

    Raises
    ------
    GradingError
        If the folder is not a course.
    """
    config, logger = load_config(course), _logger(course)
    guard(config)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield NbGraderAPI(config=config, log=logger)
        finally:
            for warning in caught:
                logger.warning("%s: %s", warning.category.__name__, warning.message)


def load_config(course: Course) -> Config:
    """Return the course's nbgrader configuration, with whatever a teacher added to it.

    Raises
    ------
    GradingError
        If it is not there or has an error in it.
    """
    file = course.root / CONFIG_NAME
    if not file.exists():
        raise GradingError("This folder is not a course.", mend="Go to the course's folder, or give --course.")
    from traitlets.config.loader import PyFileConfigLoader

    root = str(course.root.resolve())
    try:
        config = PyFileConfigLoader(CONFIG_NAME, path=root).load_config()
    except Exception:  # a program of the teacher: anything can be wrong with it
        raise GradingError("nbgrader_config.py of this course has an error in it.", mend="Correct that file.") from None
    # nbgrader itself takes the folder that it is started in.
    config.CourseDirectory.setdefault("root", root)
    config.CourseDirectory.setdefault("db_url", database_url(Path(config.CourseDirectory.root)))
    return config


def course_id_of(course: Course) -> str:
    """Return the course's short name."""
    return str(load_config(course).CourseDirectory.get("course_id", ""))


def _logger(course: Course) -> logging.Logger:
    logger = logging.getLogger(f"kit.grading.nbgrader.{course.root.resolve()}")
    if not logger.handlers:
        handler = logging.FileHandler(_logs(course) / "nbgrader.log", encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    return logger


def _logs(course: Course) -> Path:
    logs = course.private / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        course.private.chmod(0o700)
    return logs
