"""Put a student's words where people score them, with all that is needed to score them in one look."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from kit.grading.answers import Work, answer_html
from kit.grading.fields import Field, read_fields
from kit.grading.plain import as_text, block, paragraph, titled
from kit.grading.rebuild import grading_of, kit_metadata, text_cell
from kit.grading.rubrics import Guide
from kit.journal import Event, fold

TEACHER_TAGS = ("kit:teacher", "kit:grading")
UNSCORED_TAGS = ("kit:unscored", "kit:grading")
_SAMPLE = re.compile(r"BEGIN SOLUTION[^\n]*\n(.*?)^[^\n]*END SOLUTION", re.M | re.S)


def stitch(
    notebook: NotebookNode,
    events: Sequence[Event],
    written: Mapping[str, str],
    guide: Guide,
    samples: Mapping[str, str],
) -> None:
    """Write the answers of a journal into the notebook that is graded.

    An answer stands in its cell. What only a grader looks at goes into the cell's metadata, for the page to show.

    Parameters
    ----------
    notebook
        The released notebook, changed in place.
    events
        The student's journal.
    written
        What the student typed into manual cells by hand, by grade id.
    guide
        The lesson, for titles and rubrics.
    samples
        Answers by the lesson's authors, by grade id.
    """
    work = Work(fold(events), {event.id: event for event in events}, guide.lesson, guide.data)
    fields = read_fields(notebook)
    graded = {grading_of(cell).get("grade_id") for cell in notebook.cells if grading_of(cell).get("solution")}
    notebook.cells = [shown for cell in notebook.cells for shown in (cell, *_unscored(cell, graded, work))]
    for cell in notebook.cells:
        about = grading_of(cell)
        name = about.get("grade_id")
        if not (about.get("grade") and isinstance(name, str)):
            continue
        field = fields.get(name, Field(name, "respond"))
        own = kit_metadata(cell)
        cell.metadata["kit"] = {**own, "title": guide.titles.get(name) or field.title}
        if about.get("solution") and cell.cell_type == "markdown":
            answer = "\n\n".join(filter(None, [answer_html(field, work), _by_hand(written.get(name, ""))]))
            cell.source = answer or cell.source
            cell.metadata["kit"] |= {
                "answered": bool(answer),
                "rubrics": [rubric.model_dump() for rubric in guide.rubrics(name, own.get("rubrics"))],
                "beside": [html for one in guide.beside.get(name, ()) if (html := _beside(one, fields, work))],
                "sample": samples.get(name, ""),
            }


def read_samples(source: Path) -> dict[str, str]:
    """Return the sample answers in a lesson's source notebook, by grade id; none if it can't be read."""
    try:
        notebook = nbformat.read(source, as_version=4)
    except (OSError, ValueError):
        return {}
    found = ((grading_of(cell).get("grade_id"), _SAMPLE.search(cell.source)) for cell in notebook.cells)
    return {name: sample[1].strip() for name, sample in found if isinstance(name, str) and sample}


def _unscored(cell: NotebookNode, graded: Collection[Any], work: Work) -> Iterator[NotebookNode]:
    """Show what was answered where nothing is scored: a rubric may ask how a last idea differs from the first."""
    if cell.cell_type == "code" and not grading_of(cell):
        for field in read_fields({"cells": [cell]}).values():
            html = answer_html(field, work)
            if field.id not in graded and html:
                yield text_cell(html, *UNSCORED_TAGS)


def _beside(name: str, fields: Mapping[str, Field], work: Work) -> str:
    return answer_html(fields[name], work) if name in fields else ""


def _by_hand(text: str) -> str:
    return block("answer", titled("Written in the notebook", paragraph(as_text(text)))) if text else ""
