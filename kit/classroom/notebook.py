"""What of a lesson's notebook a student sees in the app, and in which stages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.lessons import InquiryModel

# Cells for grading, for teachers and for coders stay in the notebook; the app leaves them out.
HIDDEN_TAGS = frozenset({"kit:grading", "kit:teacher", "kit:code-extension"})
_STAGE = "stage:"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the lesson as it stands in the notebook.

    Attributes
    ----------
    label
        The word that the school's inquiry model uses for it.
    title
        What the notebook's own heading says beside that.
    gate
        What students ask themselves before they go on.
    """

    id: str
    number: int
    label: str
    title: str
    gate: str


def shown_cells(cells: Iterable[Any]) -> list[Any]:
    """Return the cells that the app runs and shows."""
    return [cell for cell in cells if not (tags(cell) & HIDDEN_TAGS or _is_graded(cell))]


def arrange(cells: Iterable[Any], model: InquiryModel) -> list[Stage]:
    """Mark every cell with its stage and return the stages in order.

    A stage begins at the cell tagged ``stage:<id>``; its heading becomes the section's and leaves the prose.

    Parameters
    ----------
    cells
        The cells that are shown. Each gets ``metadata.kit`` with the stage's number and its own position.
    model
        The school's inquiry model, which names the stages and asks a question at the end of each.
    """
    stages: list[Stage] = []
    for position, cell in enumerate(cells):
        stage_id = stage_of(cell)
        if stage_id:
            heading, cell.source = _split_heading(cell.source)
            named = model.stage(stage_id)
            stages.append(Stage(stage_id, len(stages) + 1, named.label, _subtitle(heading), named.gate))
        cell.metadata["kit"] = {
            "stage": len(stages),
            "position": position,
            "shows": _shows_something(cell),
        }
    return stages


def drop_title(cells: Iterable[Any], question: str) -> None:
    """Take the title and the driving question out of the prose: the page has them at its top already."""
    for cell in cells:
        if cell.cell_type == "markdown":
            said_above = rf"^\s*#\s[^\n]*\n|^\s*(?:\*\*|_|\*)?{re.escape(question)}(?:\*\*|_|\*)?\s*$"
            cell.source = re.sub(said_above, "", cell.source + "\n", flags=re.MULTILINE)
            return


def tags(cell: Any) -> frozenset[str]:
    """Return a cell's tags."""
    return frozenset(cell.metadata.get("tags", ()))


def stage_of(cell: Any) -> str:
    """Return the id of the stage that begins at this cell, or nothing."""
    found = [tag.removeprefix(_STAGE) for tag in tags(cell) if tag.startswith(_STAGE)]
    return found[0] if found else ""


def _is_graded(cell: Any) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def _shows_something(cell: Any) -> bool:
    """Whether running the cell will put something on the page: its last statement is an expression."""
    if cell.cell_type != "code":
        return False
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return True  # a magic, or a mistake that will be shown as one
    return bool(body) and isinstance(body[-1], ast.Expr)


def _split_heading(source: str) -> tuple[str, str]:
    found = re.match(r"\s*##\s+(.+?)\s*#*\s*(?:\n|$)", source)
    return (found[1], source[found.end() :]) if found else ("", source)


def _subtitle(heading: str) -> str:
    """Return what a heading says beside the stage's name: "Connect: what do you know?" has more, "Connect" has not."""
    name, colon, rest = heading.partition(":")
    if colon:
        return rest.strip()
    return "" if len(name.split()) == 1 else name.strip()
