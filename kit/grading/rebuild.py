"""Make the notebook that is graded: the released one, with the student's own words and nothing else of theirs.

A student's copy may have been split, copied, cut or tampered with in any way. So it is not repaired cell by cell; the
released notebook is taken afresh and the student's answers are moved over. Everything that differed is noted, and what
was written outside the answer cells is shown, as text, at the end.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from kit.grading.plain import as_text, block, titled

MOST_EXTRA_CELLS = 40


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A notebook ready for grading.

    Attributes
    ----------
    notebook
        The released notebook with the student's code answers in it.
    written
        What the student typed into manual text cells by hand, by grade id.
    notes
        What was put right, in plain words.
    """

    notebook: NotebookNode
    written: dict[str, str]
    notes: tuple[str, ...]


def rebuild(released: NotebookNode, handed_in: NotebookNode) -> Rebuilt:
    """Return the released notebook with the student's answers moved over."""
    notebook = copy.deepcopy(released)
    pieces = _pieces(handed_in)
    written: dict[str, str] = {}
    notes: list[str] = []
    for cell in notebook.cells:
        about = grading_of(cell)
        name = about.get("grade_id")
        if not isinstance(name, str):
            continue
        found = pieces.pop(name, [])
        notes += _differences(name, cell, found)
        text = _answer(cell, found)
        if about.get("solution") and cell.cell_type == "code":
            cell.source = text or cell.source
            cell.metadata["kit"] = {**kit_metadata(cell), "answered": bool(text)}
        elif about.get("solution") and text:
            written[name] = text
    known = {cell.source.strip() for cell in released.cells}
    extras = [cell for cell in handed_in.cells if _is_extra(cell, known, pieces)]
    if extras:
        notes.append(f"{len(extras)} cells were changed or added outside the answer cells; see the end.")
        notebook.cells += [_shown(cell) for cell in extras[:MOST_EXTRA_CELLS]]
    return Rebuilt(notebook, written, tuple(notes))


def text_cell(html: str, *tags: str) -> NotebookNode:
    """Return a Markdown cell with tags."""
    cell: NotebookNode = nbformat.v4.new_markdown_cell(html, metadata={"tags": list(tags)})
    return cell


def grading_of(cell: NotebookNode) -> dict[str, Any]:
    """Return nbgrader's metadata of a cell, or nothing if it has none that can be read."""
    found = cell.metadata.get("nbgrader")
    return found if isinstance(found, dict) else {}


def tags_of(cell: NotebookNode) -> tuple[str, ...]:
    """Return a cell's tags as text, whatever stands there."""
    found = cell.metadata.get("tags")
    return tuple(map(str, found if isinstance(found, (list, tuple)) else [found] if found else []))


def kit_metadata(cell: NotebookNode) -> dict[str, Any]:
    """Return the kit's own metadata of a cell, or nothing if it has none."""
    found = cell.metadata.get("kit")
    return dict(found) if isinstance(found, dict) else {}


def _pieces(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    found: dict[str, list[NotebookNode]] = defaultdict(list)
    for cell in notebook.cells:
        name = grading_of(cell).get("grade_id")
        if isinstance(name, str):
            found[name].append(cell)
    return found


def _answer(cell: NotebookNode, pieces: Iterable[NotebookNode]) -> str:
    """Return what the student wrote: all pieces of a split cell, each copy once, without the released text."""
    texts = dict.fromkeys(piece.source.strip() for piece in pieces)
    texts.pop(cell.source.strip(), None)
    return "\n\n".join(text for text in texts if text)


def _differences(name: str, cell: NotebookNode, found: list[NotebookNode]) -> list[str]:
    if not found:
        return [f"The cell {name} was missing and was put back."]
    notes = []
    if len(found) > 1:
        notes.append(f"The cell {name} was there {len(found)} times; its parts were put together.")
    about = grading_of(cell)
    if about.get("locked") and any(one.source != cell.source for one in found):
        notes.append(f"The text of the locked cell {name} had been changed; the original was used.")
    if any(_settings(one) != _settings(cell) for one in found):
        notes.append(f"The settings of the cell {name} had been changed; the original ones were used.")
    return notes


def _settings(cell: NotebookNode) -> tuple[Any, ...]:
    about = grading_of(cell)
    flags = tuple(about.get(key) for key in ("grade", "locked", "solution", "points", "task"))
    return (cell.cell_type, *flags, tags_of(cell))


def _is_extra(cell: NotebookNode, known: set[str], unclaimed: dict[str, list[NotebookNode]]) -> bool:
    """Tell whether a cell holds words that stand nowhere else in the graded notebook."""
    source = cell.source.strip()
    name = grading_of(cell).get("grade_id")
    has_no_place = not isinstance(name, str) or name in unclaimed
    return bool(source) and has_no_place and source not in known


def _shown(cell: NotebookNode) -> NotebookNode:
    title = f"Added by the student ({cell.cell_type})"
    html = block("extra", titled(title, f"<p>{as_text(cell.source)}</p>"))
    return text_cell(html, "kit:added")
