"""The two roads to a grade: a lesson of the kit, judged by its journal, and any other course, judged by running it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import nbformat
from nbgrader.apps.api import NbGraderAPI

from kit.errors import SubmissionInvalid
from kit.grading.code.blueprint import read_blueprint
from kit.grading.code.guarding import runs_code
from kit.grading.code.repair import repair
from kit.grading.code.running.runner import Task, shared_runner
from kit.grading.code.steps import make_task
from kit.grading.course import require_gradebook
from kit.grading.fingerprint import graded_fingerprint
from kit.grading.inbox import fill_in_notebooks
from kit.grading.intake import inspect
from kit.grading.submissions import submission_fingerprint, submission_folder
from kit.grading.workflow import require_released
from kit.settings import Course


class Road(Protocol):
    """How submissions of one assignment are made ready for nbgrader."""

    assignment: str

    def make_ready(self, student: str) -> None:
        """Look at a submission before anything is done with it; ``SubmissionInvalid`` says why it can't be used."""

    def is_graded(self, student: str) -> bool:
        """Tell whether it was graded to the end, and nothing has changed since."""

    def foresee(self, students: Sequence[str]) -> None:
        """Begin with what will be needed for the first of these students, and with the next ones meanwhile."""

    def notes(self, student: str) -> tuple[str, ...]:
        """Return what was put right, and what a person should know."""


def road_for(course: Course, api: NbGraderAPI, assignment: str) -> Road:
    """Return the road for an assignment.

    Raises
    ------
    KitError
        If it can't be graded: it is unknown or not released, or its code can't be fenced in.
    """
    return _CodeRoad(api, assignment) if runs_code(api.config) else _LessonRoad(course, api, assignment)


class _AnyRoad:
    def __init__(self, api: NbGraderAPI, assignment: str) -> None:
        self.assignment = assignment
        self._coursedir, self._config = api.coursedir, api.config

    def is_graded(self, student: str) -> bool:
        now = submission_fingerprint(self._coursedir, self.assignment, student)
        graded = self._folder("autograded", student)
        names = [file.name for file in self._notebooks(student)]
        return bool(names) and all(graded_fingerprint(graded / name) == now for name in names)

    def notes(self, student: str) -> tuple[str, ...]:
        found: list[str] = []
        for file in sorted(self._folder("autograded", student).glob("*.ipynb")):
            # Written by grading itself: nothing in it needs to be checked.
            found += json.loads(file.read_bytes())["metadata"].get("kit", {}).get("notes", [])
        return tuple(found)

    def _notebooks(self, student: str) -> Iterable[Path]:
        return sorted(self._folder("submitted", student).glob("*.ipynb"))

    def _folder(self, step: str, student: str) -> Path:
        return submission_folder(self._coursedir, step, student, self.assignment)


class _LessonRoad(_AnyRoad):
    def __init__(self, course: Course, api: NbGraderAPI, lesson: str) -> None:
        require_released(course, lesson)
        require_gradebook(course)
        super().__init__(api, lesson)
        self._course = course

    def make_ready(self, student: str) -> None:
        folder = self._folder("submitted", student)
        inspect(folder)
        fill_in_notebooks(self._course, self.assignment, folder)

    def foresee(self, students: Sequence[str]) -> None:
        """Do nothing: checks take no time."""

    def _notebooks(self, student: str) -> Iterable[Path]:
        return self._course.released(self.assignment).glob("*.ipynb")


class _CodeRoad(_AnyRoad):
    def __init__(self, api: NbGraderAPI, assignment: str) -> None:
        runner = shared_runner()  # it warms up while the gradebook is read
        super().__init__(api, assignment)
        self._blueprint = read_blueprint(self._coursedir, assignment)
        self._seen: set[str] = set()
        runner.try_out()

    def make_ready(self, student: str) -> None:
        submission = inspect(self._folder("submitted", student))
        self._refuse_what_stops_nbgrader(submission.folder)
        if not any(file.stem in self._blueprint.notebooks for file in submission.notebooks):
            wanted = ", ".join(f"{name}.ipynb" for name in self._blueprint.notebooks)
            raise SubmissionInvalid(f"None of its notebooks belongs to the assignment, which has {wanted}.")

    def _refuse_what_stops_nbgrader(self, folder: Path) -> None:
        for name in self._blueprint.files:
            if (folder / name).is_dir():
                raise SubmissionInvalid(f"It has a folder where the assignment has the file {name}.")
        try:
            self._coursedir.get_existing_timestamp(str(folder))
        except Exception:  # of many kinds, as it tries many ways to read a time
            raise SubmissionInvalid("Its timestamp.txt holds no time.") from None

    def foresee(self, students: Sequence[str]) -> None:
        for student in students:
            if student not in self._seen:
                self._seen.add(student)
                with suppress(Exception):  # it is only a head start; grading it will say what is wrong
                    for task in self._tasks(student):
                        shared_runner().foresee(task)

    def notes(self, student: str) -> tuple[str, ...]:
        there = {file.stem for file in self._notebooks(student)}
        missing = [name for name in self._blueprint.notebooks if name not in there]
        lost = [f"The notebook {name}.ipynb is missing, so it gives no points." for name in missing]
        return (*super().notes(student), *lost)

    def _notebooks(self, student: str) -> Iterable[Path]:
        return [file for file in super()._notebooks(student) if file.stem in self._blueprint.notebooks]

    def _tasks(self, student: str) -> Iterable[Task]:
        folder = self._folder("submitted", student)
        for file in self._notebooks(student):
            notebook = nbformat.read(file, as_version=4)
            plan = self._blueprint.notebooks[file.stem]
            notebook.cells = repair(notebook.cells, plan.originals).cells
            yield make_task(self._blueprint, file.stem, notebook, folder, self._config.RunTests)
