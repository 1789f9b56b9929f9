"""Makes a course on disk: the kit's lessons, a configuration to change, a sample class."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kit.classroom.accounts import Accounts
from kit.errors import ClassroomError
from kit.grading import Student, enroll, prepare_course, read_roster, release, write_roster
from kit.lessons import load_catalogue
from kit.settings import Course, content_root

if TYPE_CHECKING:
    from kit.settings.load import Settings

# Made-up pseudonyms. A real class is given names like these too; who is who stays on the teacher's paper.
SAMPLE_CLASS = ("amber-otter", "cedar-wren", "cobalt-lynx", "coral-heron", "maple-finch", "silver-newt")

_CONFIG = Path(__file__).with_name("kit.toml.txt")
_SKIPPED = shutil.ignore_patterns(".ipynb_checkpoints", ".kit-work", "__pycache__")


def build_course(root: Path, settings: Settings) -> Course:
    """Make a course, or complete one that is there already.

    Nothing of a student's or a teacher's is ever overwritten: what exists stays as it is.

    Parameters
    ----------
    root
        The course's folder; made if need be.
    settings
        The settings it is made with.

    Raises
    ------
    ClassroomError
        If the folder holds something else than a course.
    """
    course = Course(root.resolve())
    _refuse_other_folders(course)
    course.private.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Grades, the class list and every student's work: nothing for other users of this computer.
    course.root.chmod(0o700)
    _copy_missing(content_root() / "notebooks", course.root / "notebooks")
    _copy_missing(content_root() / "assignments" / "source", course.step("source"))
    if not course.config_file.exists():
        shutil.copyfile(_CONFIG, course.config_file)
    if not course.roster.exists():
        write_roster(course.roster, (Student(name) for name in SAMPLE_CLASS))
    prepare_course(course, settings)
    students = enroll(course)
    Accounts(course).enroll(student.student_id for student in students)
    _release_all(course)
    return course


def students_of(course: Course) -> tuple[str, ...]:
    """Return the pseudonyms on the class list."""
    return tuple(student.student_id for student in read_roster(course.roster))


def _release_all(course: Course) -> None:
    """Hand out every lesson that has a student notebook and isn't handed out yet."""
    for lesson in load_catalogue(course.root):
        written = (course.step("source") / lesson.slug / f"{lesson.slug}.ipynb").is_file()
        if written and not (course.released(lesson.slug) / f"{lesson.slug}.ipynb").is_file():
            release(course, lesson.slug)


def _copy_missing(source: Path, target: Path) -> None:
    """Copy a folder, and leave every file that is there already as the teacher has it."""

    def copy_if_missing(one: str, other: str) -> None:
        if not Path(other).exists():
            shutil.copyfile(one, other)

    shutil.copytree(source, target, copy_function=copy_if_missing, dirs_exist_ok=True, ignore=_SKIPPED)


def _refuse_other_folders(course: Course) -> None:
    root = course.root
    if root.is_dir() and any(root.iterdir()) and not (course.config_file.exists() or course.private.is_dir()):
        raise ClassroomError(
            "That folder has other things in it and is not a course.",
            mend="Give an empty or a new folder with --course.",
        )
