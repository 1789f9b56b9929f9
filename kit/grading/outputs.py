"""What a cell has shown, made safe to keep: whatever a process says, a notebook that can be opened comes of it."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable
from typing import Any

import nbformat
from nbformat import NotebookNode

_KINDS = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/gif")
_MOST = 200  # outputs of one cell


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
    for output in list(outputs)[:_MOST]:
        made = _made(output, count) if isinstance(output, dict) else None
        if made is not None:
            kept.append(made)
    return kept


def _made(output: dict[str, Any], count: int) -> NotebookNode | None:
    kind = output.get("output_type")
    new = nbformat.v4.new_output
    made: NotebookNode | None = None
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        made = new("stream", name=name, text=str(output.get("text", "")))
    elif kind == "error":
        lines = output.get("traceback")
        traceback = [str(line) for line in lines] if isinstance(lines, list) else []
        made = new("error", ename=str(output.get("ename")), evalue=str(output.get("evalue")), traceback=traceback)
    elif kind in ("display_data", "execute_result"):
        data = output.get("data")
        more = {"execution_count": count} if kind == "execute_result" else {}
        made = new(kind, data=_pictures_and_text(data if isinstance(data, dict) else {}), **more)
    return made


def _pictures_and_text(data: dict[str, Any]) -> dict[str, str]:
    kept = {kind: data[kind] for kind in _KINDS if isinstance(data.get(kind), str)}
    drawing = data.get("image/svg+xml")
    if isinstance(drawing, str):
        # As a picture it is only looked at; as a part of the page it could bring a script.
        encoded = base64.b64encode(drawing.encode()).decode()
        kept["text/html"] = f'<img alt="A drawing" src="data:image/svg+xml;base64,{encoded}">'
    return kept


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
