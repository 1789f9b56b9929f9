"""What a cell has shown, made safe to keep: whatever a process says, a notebook that can be opened comes of it."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterable
from typing import Any

import nbformat
from nbformat import NotebookNode

from kit.grading.pages import safe_html_with_pictures

_KINDS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/gif")
_MOST = 200  # outputs of one cell
_TAG = re.compile(r"<[a-z!/]|javascript:|data:", re.IGNORECASE)  # what could be more than words, in text with marks
_DECIDING = frozenset({"error", "execute_result"})  # nbgrader takes points from these: they are never left out


def keep_outputs(outputs: Iterable[Any], count: int) -> list[NotebookNode]:
    """Return outputs that nbformat knows, with text and pictures only, and nothing that runs.

    Parameters
    ----------
    outputs
        As they came from the process.
    count
        The cell's number.
    """
    kept = []
    for place, output in enumerate(outputs):
        made = _made(output, count) if isinstance(output, dict) else None
        if made is not None and (place < _MOST or made.output_type in _DECIDING):
            kept.append(made)
    return kept


def _made(output: dict[str, Any], count: int) -> NotebookNode | None:
    kind = output.get("output_type")
    new = nbformat.v4.new_output
    made: NotebookNode | None = None
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        made = new("stream", name=name, text=_words(output.get("text", "")))
    elif kind == "error":
        lines = output.get("traceback")
        traceback = [_words(line) for line in lines] if isinstance(lines, list) else []
        made = new("error", ename=_words(output.get("ename")), evalue=_words(output.get("evalue")), traceback=traceback)
    elif kind in ("display_data", "execute_result"):
        data = output.get("data")
        more = {"execution_count": count} if kind == "execute_result" else {}
        made = new(kind, data=_pictures_and_text(data if isinstance(data, dict) else {}), **more)
    return made


def _pictures_and_text(data: dict[str, Any]) -> dict[str, str]:
    kept = {kind: _words(data[kind]) for kind in _KINDS if isinstance(data.get(kind), str)}
    if "text/html" in kept:  # whoever opens the notebook may have no filter before it
        kept["text/html"] = safe_html_with_pictures(kept["text/html"])
    for kind in ("text/markdown", "text/latex"):
        if _TAG.search(kept.get(kind, "")):
            del kept[kind]
    drawing = data.get("image/svg+xml")
    if isinstance(drawing, str):
        # As a picture it is only looked at; as a part of the page it could bring a script.
        encoded = base64.b64encode(_words(drawing).encode()).decode()
        kept["text/html"] = f'<img alt="A drawing" src="data:image/svg+xml;base64,{encoded}">'
    return kept


def _words(text: object) -> str:
    """Return text that a file can hold: halves of signs can't be written."""
    return str(text).encode(errors="replace").decode()


def points_in_reach(outputs: Iterable[NotebookNode], maximum: float) -> str:
    """Return what is wrong with the points that a test's last line gives; empty if nothing is.

    nbgrader takes a number in a test's result for points, and gives up on a submission if it is more than the cell has.
    """
    for output in outputs:
        if output.output_type != "execute_result":
            continue
        try:
            points = float(output.data.get("text/plain", ""))
        except ValueError:
            continue
        if points > maximum or math.isnan(points):
            return f"The test came to {points:g} points, but the cell has {maximum:g}."
    return ""
