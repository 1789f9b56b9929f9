"""Rules for the shape of the students' notebook: one title, six stages in order, thin cells, not too many."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from kit.lessons.check.finding import Finding
from kit.lessons.check.notebook import Cell, LessonNotebook
from kit.lessons.inquiry import STAGE_IDS, load_inquiry_model
from kit.lessons.model import Lesson

MOST_CELLS = 36
METHODS = frozenset({"respond", "predict", "exercise", "sources", "claim", "ai_statement", "submit"})
_HEADING = re.compile(r"^(#{1,2})\s+(.+?)\s*$", re.M)
_OPENING = 'from kit import open_lesson\n\nlesson = open_lesson("{slug}")'


def check_stages(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    """Yield what is wrong with title, stages and cells."""
    yield from _check_title(notebook, lesson)
    yield from _check_headings(notebook)
    shown = notebook.shown()
    if len(shown) > MOST_CELLS:
        yield Finding(
            notebook.file,
            "",
            "too-many-cells",
            f"Students see {len(shown)} cells; more than {MOST_CELLS} is too long a page.",
            "Join texts, or leave something out.",
        )
    yield from _check_cells(notebook, lesson)


def _check_title(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    titles = [(cell, text) for cell, level, text in _headings(notebook) if level == 1]
    if [text for _, text in titles] != [lesson.title]:
        cell = titles[0][0].id if titles else ""
        yield Finding(
            notebook.file,
            cell,
            "title-differs",
            "The notebook's one H1 is not the title in lesson.yml.",
            f"Make it `# {lesson.title}`, once.",
        )


def _check_headings(notebook: LessonNotebook) -> Iterator[Finding]:
    model = load_inquiry_model()
    found = [(cell, text) for cell, level, text in _headings(notebook) if level == 2]  # noqa: PLR2004  # H2
    wanted = [stage.label for stage in model.stages]
    if [text for _, text in found] != wanted:
        yield Finding(
            notebook.file,
            "",
            "stages-differ",
            "The H2 headings are not the six stages in order.",
            f"Use these, in this order: {', '.join(wanted)}.",
        )
        return
    for (cell, text), stage_id in zip(found, STAGE_IDS, strict=True):
        tags = {tag for tag in cell.tags if tag.startswith("stage:")}
        if tags != {f"stage:{stage_id}"}:
            yield Finding(
                notebook.file,
                cell.id,
                "stage-untagged",
                f"The cell of the stage {text} has not the one stage tag it needs.",
                f"Give it the tag `stage:{stage_id}`.",
            )


def _check_cells(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    code = notebook.shown("code")
    if not code or code[0].source.strip() != _OPENING.format(slug=lesson.slug):
        yield Finding(
            notebook.file,
            code[0].id if code else "",
            "opening-differs",
            "The first code cell does not open the lesson.",
            f'It should be `from kit import open_lesson` and `lesson = open_lesson("{lesson.slug}")`.',
        )
    for cell in code[1:]:
        if not _is_one_call(cell):
            yield Finding(
                notebook.file,
                cell.id,
                "not-one-call",
                "The cell is not one call on `lesson`.",
                f"Use one of: {', '.join(sorted(METHODS))}.",
            )


def _is_one_call(cell: Cell) -> bool:
    statements = cell.statements()
    call = cell.last_call()
    if statements is None or len(statements) != 1 or call is None:
        return False
    return isinstance(statements[0], ast.Expr) and call.owner == "lesson" and call.method in METHODS


def _headings(notebook: LessonNotebook) -> Iterator[tuple[Cell, int, str]]:
    for cell in notebook.cells:
        if cell.kind == "markdown" and cell.is_shown:
            for marks, text in _HEADING.findall(cell.source):
                yield cell, len(marks), text
