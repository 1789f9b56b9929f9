"""One lesson as students see it, for the person who writes it: a throw-away class that follows the files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kit.classroom.accounts import Accounts
from kit.classroom.supervisor import Classroom
from kit.errors import KitError
from kit.grading import Student, enroll, prepare_course, release, write_roster
from kit.lessons import Catalogue
from kit.settings import Course

if TYPE_CHECKING:
    from kit.settings.load import Settings

STUDENT = "sample-student"
_SKIPPED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
_CURRICULUM = """lessons:
  - slug: {slug}
    lesson: notebooks/lessons/{slug}/lesson.yml
    co_teach: notebooks/lessons/{slug}/co-teach.ipynb
    notebook: assignments/source/{slug}/{slug}.ipynb
"""


class Preview:
    """A running class with one student and one lesson, as a context manager. Left, it leaves nothing behind.

    Parameters
    ----------
    catalogue, slug
        The lesson to look at. Its files are copied, so that nothing a preview does can harm them.
    settings
        The settings; ports are free ones, so that a class may run beside it.
    tell
        Called with a plain sentence when something worth knowing happens.
    outside
        The environment to take allowed variables from.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        slug: str,
        settings: Settings,
        *,
        tell: Callable[[str], None] = lambda _: None,
        outside: Mapping[str, str] | None = None,
    ) -> None:
        self._source = catalogue.lesson_file(slug).parent
        self._notebook = catalogue.notebook(slug)
        self._slug = slug
        self._settings = settings
        self._tell = tell
        self._folder = tempfile.TemporaryDirectory(prefix="kit-preview-", ignore_cleanup_errors=True)
        self._course = Course(Path(self._folder.name).resolve() / "course")
        self._seen = self._stamp()
        free = settings.classroom.model_copy(update={"app_port": 0, "lab_port": 0, "gateway_port": 0})
        self._classroom = Classroom(
            self._course,
            settings.model_copy(update={"classroom": free}),
            with_lab=False,
            tell=tell,
            outside=outside,
        )

    @property
    def link(self) -> str:
        """A link that signs the sample student in and opens the lesson."""
        token = Accounts(self._course).new_link(STUDENT)
        return f"{self._classroom.app_url}/join/{token}?next=/lesson/{self._slug}"

    def __enter__(self) -> Preview:
        """Copy the lesson, hand it out to the sample student, and start what a class needs."""
        try:
            self._build()
            self._classroom.__enter__()
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End everything and throw the class away."""
        self._classroom.stop()
        self._folder.cleanup()

    def watch(self) -> None:
        """Keep it running until Ctrl-C, and follow what the author saves."""
        self._classroom.watch(self.follow)

    def end(self) -> None:
        """Let ``watch`` return. Safe to call from a signal handler."""
        self._classroom.end()

    def follow(self) -> None:
        """Hand the lesson out again if its files have changed; say so when one of them is broken for now."""
        stamp = self._stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            self._copy()
            release(self._course, self._slug)
        except (KitError, OSError) as error:
            self._tell(f"The page stays as it was: {error}")
        else:
            self._tell("The lesson has changed. Reload the page to see it.")

    def _build(self) -> None:
        self._course.private.mkdir(mode=0o700, parents=True)
        self._copy()
        (self._course.lessons / "curriculum.yml").write_text(_CURRICULUM.format(slug=self._slug), encoding="utf-8")
        write_roster(self._course.roster, [Student(STUDENT)])
        prepare_course(self._course, self._settings)
        Accounts(self._course).enroll(student.student_id for student in enroll(self._course))
        release(self._course, self._slug)

    def _copy(self) -> None:
        lesson = self._course.lessons / self._slug
        shutil.copytree(self._source, lesson, ignore=_SKIPPED, dirs_exist_ok=True)
        source = self._course.step("source") / self._slug
        source.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._notebook, source / f"{self._slug}.ipynb")

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Return what the author's files look like from outside: names, sizes and times of change."""
        files = [self._notebook, *sorted(self._source.rglob("*"))]
        found = []
        for file in files:
            try:
                about = file.stat()
            except OSError:  # an editor may be replacing it at this moment
                continue
            if file.is_file() and ".ipynb_checkpoints" not in file.parts:
                found.append((str(file), about.st_size, about.st_mtime_ns))
        return tuple(found)
