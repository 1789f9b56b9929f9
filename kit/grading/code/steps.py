"""The steps of nbgrader's autograding for courses in which students write code.

``kit.grading.code.guarding`` puts them in the place of nbgrader's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task
from traitlets import Float

from kit.grading.code.blueprint import Blueprint, read_blueprint
from kit.grading.code.outputs import keep_outputs, points_in_reach
from kit.grading.code.repair import repair
from kit.grading.code.running.runner import Cell, CellResult, Task, shared_runner
from kit.grading.intake import inspect
from kit.grading.plain import as_text, block, bullets, titled
from kit.grading.rebuild import text_cell
from kit.grading.submissions import submission_fingerprint, submission_folder

Step = tuple[NotebookNode, dict[str, Any]]

PERSON = "kit_needs_a_person"
"""Where ``RunTests`` leaves the ids of the cells that a person has to look at, for ``SaveVerdicts``."""
TIMEOUT, WHOLE = 30.0, 300.0
_RUNNABLE = frozenset({".html", ".htm", ".xhtml", ".xml", ".svg", ".js", ".mjs", ".mht", ".mhtml", ".shtml"})


class _CodeStep(NbGraderPreprocessor):
    @property
    def coursedir(self) -> CourseDirectory:
        """Where the course's folders are: known by the converter that this works for."""
        return self.parent.parent.coursedir

    def folder(self, step: str, resources: dict[str, Any]) -> Path:
        """Return this submission's folder in one of nbgrader's steps."""
        names = resources["nbgrader"]
        return submission_folder(self.coursedir, step, names["student"], names["assignment"])


class Repair(_CodeStep):
    """First step of autograding: the student's cells in order, with nothing of theirs but words."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Step:
        """Return the notebook that will be run."""
        inspect(self.folder("submitted", resources))
        names = resources["nbgrader"]
        blueprint = read_blueprint(self.coursedir, names["assignment"])
        plan = blueprint.notebooks[names["notebook"]]
        repaired = repair(nb.cells, plan.originals)
        notes = [*repaired.notes, *_remove_pages(self.folder("autograded", resources), blueprint)]
        made = NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=repaired.cells)
        if plan.kernelspec:
            made.metadata["kernelspec"] = NotebookNode(plan.kernelspec)
        made.metadata["kit"] = {"notes": notes}
        if notes:
            words = "".join(["<p>This was put right before the notebook was run.</p>", bullets(map(as_text, notes))])
            made.cells.insert(0, text_cell(block("repairs", titled("About this submission", words)), "kit:added"))
        return made, resources


class RunTests(_CodeStep):
    """In the place of nbgrader's Execute: run the student's code behind fences and the teacher's tests in front."""

    timeout = Float(TIMEOUT, help="Seconds that one cell may take.").tag(config=True)
    whole = Float(WHOLE, help="Seconds that one notebook may take.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Step:
        """Write outputs and verdicts where nbgrader looks for them."""
        names = resources["nbgrader"]
        blueprint = read_blueprint(self.coursedir, names["assignment"])
        folder = self.folder("submitted", resources)
        task = make_task(blueprint, names["notebook"], nb, folder, {"timeout": self.timeout, "whole": self.whole})
        results = shared_runner().run(task)
        code = [cell for cell in nb.cells if cell.cell_type == "code"]
        people = resources[PERSON] = {}
        for cell, result in zip(code, results, strict=True):
            person = _write(cell, result)
            if person and _is_test(cell):
                people[cell.metadata.nbgrader["grade_id"]] = person
        nb.metadata["kit"]["notes"] += [f"{name}: {why}" for name, why in people.items()]
        nb.metadata["kit"]["fingerprint"] = submission_fingerprint(
            self.coursedir, names["assignment"], names["student"]
        )
        return nb, resources


class SaveVerdicts(_CodeStep):
    """In the place of nbgrader's SaveAutoGrades: the same rows, but all of a notebook at once.

    What a machine should not decide is left to people. A notebook is saved as a whole or not at all.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Step:
        """Write points and comments into the gradebook."""
        names = resources["nbgrader"]
        people = resources.get(PERSON, {})
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as book:
            saved = book.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            grades = {grade.name: grade for grade in saved.grades}
            comments = {comment.name: comment for comment in saved.comments}
            for cell in nb.cells:
                if is_grade(cell):
                    name = cell.metadata.nbgrader["grade_id"]
                    _save_points(grades[name], None if name in people else determine_grade(cell, self.log)[0])
                if is_solution(cell) or is_task(cell):
                    _save_comment(comments[cell.metadata.nbgrader["grade_id"]], cell)
            book.db.commit()
        return nb, resources


def _save_points(grade: Any, points: float | None) -> None:
    """Keep what the machine says beside what a person has said; both need a person to look if they meet."""
    grade.auto_score = points
    grade.needs_manual_grade = grade.manual_score is not None or points is None


def _save_comment(comment: Any, cell: NotebookNode) -> None:
    unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) and not is_task(cell)
    comment.auto_comment = "No response." if unchanged else None


def make_task(blueprint: Blueprint, notebook: str, nb: NotebookNode, folder: Path, times: Mapping[str, float]) -> Task:
    """Return what is to be run of a notebook that is in order.

    Parameters
    ----------
    blueprint
        The assignment.
    notebook
        Its notebook's name.
    nb
        The student's notebook, after ``repair``.
    folder
        What the student handed in; other files of it lie beside the notebook when it is run.
    times
        ``timeout`` and ``whole``: seconds for one cell, and for all of them.
    """
    cells = tuple(
        Cell(cell.source, "test" if _is_test(cell) else "answer") for cell in nb.cells if cell.cell_type == "code"
    )
    files = {str(file.relative_to(folder)): file for file in _files(folder)}
    lead = blueprint.notebooks[notebook].lead
    timeout, whole = float(times.get("timeout", TIMEOUT)), float(times.get("whole", WHOLE))
    return Task(cells, lead, files, blueprint.files, (blueprint.folder,), timeout, whole)


def _remove_pages(folder: Path, blueprint: Blueprint) -> list[str]:
    """Drop pages and scripts of the student's: the formgrader would show them as if they were the teacher's own."""
    notes = []
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = str(file.relative_to(folder))
        if file.suffix.lower() in _RUNNABLE and file.is_file() and name not in blueprint.files:
            file.unlink()
            notes.append(f"The file {file.name} was left out: a page or script of a student's is not opened here.")
    return notes


def _files(folder: Path) -> Iterable[Path]:
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [file for file in found if file.is_file() and not file.is_symlink() and file.suffix != ".ipynb"]


def _is_test(cell: NotebookNode) -> bool:
    return bool(is_grade(cell) and not is_solution(cell))


def _write(cell: NotebookNode, result: CellResult) -> str:
    """Put a cell's outputs where they belong; return why a person has to look at it, if so."""
    cell.outputs, cell.execution_count = keep_outputs(result.outputs, result.count), result.count
    person = result.person
    if _is_test(cell) and not person:
        person = points_in_reach(cell.outputs, float(cell.metadata.nbgrader["points"]))
    if person and _is_test(cell):
        cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
        text = f"A person has to look at this test. {person}"
        cell.outputs.insert(0, nbformat.v4.new_output("display_data", data={"text/plain": text}))
    return person
