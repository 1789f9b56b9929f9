"""Put a student's notebook with code in order, so that it can be run and graded.

Nothing of a submitted cell stays but its words: tags, metadata and outputs are made anew. What nbgrader knows about a
cell comes from the gradebook. Locked cells get the teacher's text back; missing cells come back; cells that were split
or copied keep the student's code, but only one of them counts. Each difference is noted, in words for people.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from kit.grading.rebuild import grading_of, tags_of

_MOST_ATTACHED = 5_000_000  # characters of pictures that were pasted into one text cell
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})


@dataclass(frozen=True, slots=True)
class Original:
    """A cell that nbgrader knows, as the teacher made it.

    Attributes
    ----------
    name
        nbgrader's ``grade_id``.
    kind
        ``code``, ``markdown`` or ``raw``.
    source
        The text, with the hidden tests.
    about
        nbgrader's metadata of it.
    shown
        The text that students got, without the hidden tests, if it is known.
    """

    name: str
    kind: str
    source: str
    about: dict[str, Any]
    shown: str | None = None

    @property
    def is_test(self) -> bool:
        """Whether it gives points to what it finds, by running."""
        return bool(self.kind == "code" and self.about["grade"] and not self.about["solution"])

    @property
    def is_locked(self) -> bool:
        """Whether a student may not change it."""
        return not self.about["solution"] and bool(self.about["grade"] or self.about["locked"] or self.about["task"])


@dataclass(slots=True)
class Repaired:
    """A notebook in order.

    Attributes
    ----------
    cells
        The cells to run and to show.
    notes
        What was put right, in plain words.
    """

    cells: list[NotebookNode] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def repair(handed_in: Sequence[NotebookNode], originals: Sequence[Original]) -> Repaired:
    """Return the cells of a submission, put in order.

    Parameters
    ----------
    handed_in
        The student's cells, as they came.
    originals
        The cells that nbgrader knows of, in the order of the teacher's notebook.
    """
    repaired = Repaired()
    known = {original.name: original for original in originals}
    groups = _groups(handed_in, known, repaired.notes)
    found = [name for name in groups if name]
    wanted = [original.name for original in originals]
    if found != [name for name in wanted if name in groups]:
        repaired.notes.append("Cells had been moved; they are back in the teacher's order.")
    _put_back_missing(groups, originals, repaired.notes)
    for name in ["", *wanted]:
        repaired.cells += groups[name]
    return repaired


def _groups(
    handed_in: Sequence[NotebookNode], known: dict[str, Original], notes: list[str]
) -> dict[str, list[NotebookNode]]:
    """Return each known cell with the free cells that follow it; what comes before the first stands under no name."""
    last = {name: place for place, cell in enumerate(handed_in) if (name := _name(cell, known))}
    groups: dict[str, list[NotebookNode]] = {"": []}
    here: list[NotebookNode] = groups[""]
    doubles: dict[str, int] = {}
    for place, cell in enumerate(handed_in):
        name = _name(cell, known)
        if name and last[name] == place:
            here = groups[name] = [_settled(cell, known[name], notes)]
        elif name:
            doubles[name] = doubles.get(name, 1) + 1
            if not known[name].is_locked:  # a part of an answer that was split: it runs, and the last part counts
                here.append(_free(cell))
        else:
            here.append(_free(cell))
    notes += [f"The cell {name} was there {count} times; the last one counts." for name, count in doubles.items()]
    return groups


def _put_back_missing(groups: dict[str, list[NotebookNode]], originals: Iterable[Original], notes: list[str]) -> None:
    for original in originals:
        if original.name not in groups:
            groups[original.name] = [_cell(original.kind, original.source, original.about)]
            notes.append(f"The cell {original.name} was missing and was put back.")


def _settled(cell: NotebookNode, original: Original, notes: list[str]) -> NotebookNode:
    """Return one cell that nbgrader knows, with the student's words only where students may write."""
    if original.is_locked and cell.source != original.source and not _is_as_shown(cell.source, original):
        notes.append(f"The text of the locked cell {original.name} had been changed; the original was used.")
    if _settings(cell) != _original_settings(original):
        notes.append(f"The settings of the cell {original.name} had been changed; the original ones were used.")
    source = original.source if original.is_locked else cell.source
    attachments = None if original.is_locked else cell.get("attachments")
    return _cell(original.kind, source, original.about, attachments)


def _is_as_shown(source: str, original: Original) -> bool:
    """Tell whether a locked cell is what students got: the original without its hidden tests."""
    if original.shown is not None:
        return source.strip() == original.shown.strip()
    shown = source.strip().splitlines()
    lines = iter(original.source.splitlines())
    return all(any(line == other for other in lines) for line in shown) and bool(shown or not original.source)


def _settings(cell: NotebookNode) -> tuple[Any, ...]:
    about = grading_of(cell)
    flags = tuple(bool(about.get(name)) for name in ("grade", "solution", "task"))
    points = float(about["points"]) if isinstance(about.get("points"), (int, float)) and about.get("grade") else 0.0
    return (cell.cell_type, *flags, points, *tags_of(cell))


def _original_settings(original: Original) -> tuple[Any, ...]:
    about = original.about
    points = float(about.get("points") or 0) if about["grade"] else 0.0
    return (original.kind, bool(about["grade"]), bool(about["solution"]), bool(about["task"]), points)


def _free(cell: NotebookNode) -> NotebookNode:
    return _cell(cell.cell_type, cell.source, None, cell.get("attachments"))


def _name(cell: NotebookNode, known: dict[str, Original]) -> str:
    name = grading_of(cell).get("grade_id")
    return name if isinstance(name, str) and name in known else ""


def _cell(kind: str, source: str, about: dict[str, Any] | None, attachments: Any = None) -> NotebookNode:
    words = source.encode(errors="replace").decode()  # halves of signs can't be written to any file
    # Not by nbformat's own functions, which check every cell that they make: all of it is made here, word by word.
    cell = NotebookNode(id=uuid.uuid4().hex[:8], cell_type=kind, source=words, metadata=NotebookNode())
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    if about is not None:
        cell.metadata["nbgrader"] = NotebookNode(about)
    pictures = _pictures(attachments) if kind == "markdown" else {}
    if pictures:
        cell["attachments"] = pictures
    return cell


def _pictures(attachments: Any) -> NotebookNode:
    """Return those of a cell's attachments that are pictures of a bearable size."""
    kept = NotebookNode()
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        for kind, data in bundle.items() if isinstance(bundle, dict) else ():
            if kind in _PICTURES and isinstance(data, str) and len(data) <= _MOST_ATTACHED:
                kept[str(name)] = NotebookNode({kind: data})
    return kept
