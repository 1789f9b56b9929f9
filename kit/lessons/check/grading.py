"""Rules for what is graded: every written answer has its cell and rubric, points add up, and answers stay hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kit.lessons.check.finding import Finding
from kit.lessons.check.notebook import EXTENSION, GRADING, Cell, LessonNotebook
from kit.lessons.model import Criterion, Lesson

# Calls whose answer a person reads. Choices and scales can be counted by a check instead.
WRITTEN = frozenset({"respond", "claim", "ai_statement"})
_SOLUTION = re.compile(r"^.*BEGIN SOLUTION.*$.*?^.*END SOLUTION.*$", re.M | re.S)
_HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$", re.M | re.S)
_ANSWER = re.compile(r"\banswer\s*=|BEGIN (SOLUTION|HIDDEN)|END (SOLUTION|HIDDEN)|\bsample at level\b", re.I)


def check_grading(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    """Yield what is wrong with graded cells."""
    graded = [cell for cell in notebook.cells if cell.grade]
    yield from _check_twins(notebook, graded)
    criteria = {criterion.grade_id: criterion for criterion in lesson.criteria}
    for cell in graded:
        yield from _check_graded(notebook.file, cell, criteria.get(cell.grade_id))
    yield from _check_criteria(notebook, graded, criteria)
    yield from _check_beside(notebook, lesson)
    yield from _check_written(notebook, lesson)
    yield from _check_leaks(notebook)


def _check_twins(notebook: LessonNotebook, graded: list[Cell]) -> Iterator[Finding]:
    for grade_id, times in Counter(cell.grade_id for cell in graded).items():
        if times > 1:
            yield Finding(
                notebook.file, grade_id, "grade-id-twice", "Two cells have this grade_id.", "Give one of them another."
            )
    fields = Counter(call.field for _, call in notebook.calls() if call.field and call.method != "exercise")
    for field, times in fields.items():
        if times > 1:
            yield Finding(notebook.file, field, "field-twice", f"Two cells ask for `{field}`.", "Rename one of them.")


def _check_graded(file: str, cell: Cell, criterion: Criterion | None) -> Iterator[Finding]:
    if criterion is None:
        yield Finding(
            file,
            cell.id,
            "criterion-missing",
            f"lesson.yml has no criterion `{cell.grade_id}`.",
            "Add it under criteria, with title, points and rubric.",
        )
        return
    if cell.grade.get("points") != criterion.points:
        yield Finding(
            file,
            cell.id,
            "points-differ",
            f"The cell gives {cell.grade.get('points')} points, lesson.yml {criterion.points}.",
            "Make them the same.",
        )
    if cell.is_manual != criterion.by_hand:
        yield Finding(
            file,
            cell.id,
            "grader-differs",
            "The cell and lesson.yml differ on whether a person or a computer gives these points.",
            "Give the criterion a rubric, or make the cell a locked test cell.",
        )
    if not cell.tags & {GRADING, EXTENSION}:
        yield Finding(
            file, cell.id, "grading-untagged", "Students would see this cell.", f"Give it the tag `{GRADING}`."
        )
    if cell.is_test:
        yield from _check_test(file, cell)


def _check_test(file: str, cell: Cell) -> Iterator[Finding]:
    if not cell.grade.get("locked"):
        yield Finding(file, cell.id, "test-unlocked", "The test cell isn't locked.", "Set nbgrader's `locked` to true.")
    code = [line for line in cell.source.splitlines() if line.strip() and not line.startswith("#")]
    call = cell.last_call()
    if code[:1] != ["from kit.grading import checks"] or len(code) != 2 or call is None or call.owner != "checks":  # noqa: PLR2004
        yield Finding(
            file,
            cell.id,
            "not-one-check",
            "The test cell is not one call of a check.",
            "Write `from kit.grading import checks` and one call, such as `checks.rolls_made(points=2)`.",
        )
    elif call.named.get("points") != cell.grade.get("points"):
        yield Finding(
            file, cell.id, "points-differ", "The check gives other points than the cell.", "Make them the same."
        )


def _check_criteria(notebook: LessonNotebook, graded: list[Cell], criteria: dict[str, Criterion]) -> Iterator[Finding]:
    found = {cell.grade_id for cell in graded}
    for grade_id in criteria.keys() - found:
        yield Finding(
            notebook.file,
            grade_id,
            "graded-cell-missing",
            f"No cell has the grade_id `{grade_id}` of lesson.yml.",
            "Add the cell, or take the criterion out.",
        )
    asked = {call.field for _, call in notebook.calls()}
    for cell in graded:
        if cell.is_manual and cell.kind == "markdown" and cell.grade_id not in asked:
            yield Finding(
                notebook.file,
                cell.id,
                "manual-cell-orphan",
                f"Nothing on the page asks for `{cell.grade_id}`.",
                "Add the cell that asks, with the same id.",
            )
    for field in sorted(_tested_fields(notebook) - asked):
        yield Finding(
            notebook.file,
            "",
            "check-field-unknown",
            f"A check looks at `{field}`, which nothing asks for.",
            "Correct it.",
        )


def _check_beside(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    asked = {call.field for _, call in notebook.calls()}
    cards = tuple(f"{call.field}-" for _, call in notebook.calls() if call.method == "exercise")
    for criterion in lesson.criteria:
        for field in criterion.beside:
            if field not in asked and not field.startswith(cards):
                yield Finding(
                    notebook.file,
                    criterion.grade_id,
                    "beside-unknown",
                    f"`beside` names `{field}`, which nothing asks for.",
                    "Correct it.",
                )


def _tested_fields(notebook: LessonNotebook) -> set[str]:
    named = (call.named.get("field") for _, call in notebook.calls("checks"))
    return {field for field in named if isinstance(field, str)}


def _check_written(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    manual = {cell.grade_id for cell in notebook.cells if cell.is_manual}
    tested = _tested_fields(notebook)
    free = set(lesson.unscored)
    for cell, call in notebook.calls():
        if call.method in WRITTEN and call.field not in manual | tested | free:
            yield Finding(
                notebook.file,
                cell.id,
                "manual-cell-missing",
                f"Nobody reads `{call.field}`: it has no manual answer cell.",
                "Add one with the same grade_id, or name the field under `unscored` in lesson.yml.",
            )
    asked = {call.field for _, call in notebook.calls()}
    for field in sorted(free - asked):
        yield Finding(
            notebook.file, "", "unscored-unknown", f"`unscored` names `{field}`, which nothing asks for.", "Correct it."
        )


def _check_leaks(notebook: LessonNotebook) -> Iterator[Finding]:
    for cell in notebook.cells:
        visible = cell.source
        if cell.is_manual:
            visible = _SOLUTION.sub("", visible)
        elif cell.is_test:
            visible = _HIDDEN.sub("", visible)
        if _ANSWER.search(visible):
            yield Finding(
                notebook.file,
                cell.id,
                "answer-outside-markers",
                "An answer would reach the students.",
                "Put it between nbgrader's BEGIN and END markers in a graded cell.",
            )
