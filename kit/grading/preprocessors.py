"""The kit's steps in nbgrader's own pipelines; the course's configuration names them, so every road leads through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution
from traitlets import Unicode

from kit.errors import SubmissionInvalid
from kit.grading.intake import inspect, read_record
from kit.grading.process import summary_html, tamper_note
from kit.grading.rebuild import rebuild, text_cell
from kit.grading.rubrics import read_guide
from kit.grading.stitching import TEACHER_TAGS, read_samples, stitch
from kit.grading.submissions import submission_fingerprint
from kit.grading.verdict import Verdict, decide
from kit.journal import FILE_NAME
from kit.settings import Course

Step = tuple[NotebookNode, dict[str, Any]]

KEPT_FILES = frozenset({FILE_NAME, "timestamp.txt"})


class _CourseStep(NbGraderPreprocessor):
    """A step that knows which course it works for."""

    course_root = Unicode("", help="the course's folder").tag(config=True)

    def folder(self, step: str, resources: dict[str, Any]) -> Path:
        """Return this submission's folder in one of nbgrader's steps."""
        names = resources["nbgrader"]
        return self.course.step(step) / str(names["student"]) / str(names["assignment"])

    @property
    def course(self) -> Course:
        """The course."""
        return Course(Path(self.course_root))


class Rebuild(_CourseStep):
    """First step of autograding: the released notebook with the student's answers, from journal and notebook."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Step:
        """Return the notebook that will be graded."""
        names = resources["nbgrader"]
        submission = inspect(self.folder("submitted", resources))
        released = self.course.released(names["assignment"]) / f"{names['notebook']}.ipynb"
        rebuilt = rebuild(_read_released(released), nb)
        guide = read_guide(self.course.root, names["assignment"])
        notes = [note for note in (tamper_note(submission.record), *rebuilt.notes) if note]
        notebook = rebuilt.notebook
        samples = read_samples(self.course.step("source") / names["assignment"] / f"{names['notebook']}.ipynb")
        stitch(notebook, submission.record.events, rebuilt.written, guide, samples)
        notebook.cells.insert(0, text_cell(summary_html(submission.record, notes), *TEACHER_TAGS))
        notebook.metadata["kit"] = {
            "title": guide.title,
            "notes": notes,
            "intact": submission.record.is_intact,
        }
        self._remove_strangers(resources)
        return notebook, resources

    def _remove_strangers(self, resources: dict[str, Any]) -> None:
        """Drop files that nbgrader copied along; the formgrader would serve them from the teacher's own address."""
        source = self.course.step("source") / resources["nbgrader"]["assignment"]
        folder = self.folder("autograded", resources)
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = file.relative_to(folder)
            if file.is_file() and str(name) not in KEPT_FILES and not (source / name).is_file():
                file.unlink()


class RunChecks(_CourseStep):
    """In the place of nbgrader's Execute: every test cell's verdict, worked out without a kernel."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Step:
        """Write each verdict where nbgrader looks for it."""
        events = read_record(self.folder("submitted", resources)).events
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if is_grade(cell) and is_locked(cell) and not is_solution(cell):
                # Source and points are the teacher's: the steps before have put both back from the gradebook.
                points = float(cell.metadata.nbgrader["points"])
                _write_verdict(cell, decide(cell.source, points, events, self.course.root))
        # Only now: a notebook that carries it has its verdicts, however grading was interrupted.
        names = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir
        nb.metadata["kit"]["fingerprint"] = submission_fingerprint(coursedir, names["assignment"], names["student"])
        return nb, resources


class GetGradesAndState(GetGrades):
    """nbgrader's GetGrades, which also says what still waits for a person."""

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        names = resources["nbgrader"]
        grade = self.gradebook.find_grade(
            cell.metadata["nbgrader"]["grade_id"], names["notebook"], names["assignment"], names["student"]
        )
        cell.metadata.nbgrader["waiting"] = grade.manual_score is None and bool(grade.needs_manual_grade)


def _read_released(file: Path) -> NotebookNode:
    try:
        released: NotebookNode = nbformat.read(file, as_version=4)
    except FileNotFoundError:
        raise SubmissionInvalid("The lesson is not released.", mend="Run `kit release` first.") from None
    return released


def _write_verdict(cell: NotebookNode, verdict: Verdict) -> None:
    cell.outputs = [
        nbformat.v4.new_output("stream", name="stdout", text=verdict.note + "\n"),
        nbformat.v4.new_output("execute_result", data={"text/plain": f"{verdict.points:g}"}, execution_count=None),
    ]
