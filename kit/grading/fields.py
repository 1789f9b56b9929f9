"""Which question stands where: read from the calls in a released notebook, which is the teacher's."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kit.experiments import card_id

METHODS = frozenset({"respond", "predict", "sources", "claim", "ai_statement", "exercise"})
_TITLES = {"sources": "My source log", "ai_statement": "My AI-use statement"}


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a lesson.

    Attributes
    ----------
    id, method
        Its grade id, and which card asks it.
    label
        The question.
    options
        For a closed choice, the options' texts by id.
    ends
        What the two ends of a scale mean.
    """

    id: str
    method: str
    label: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    ends: tuple[str, str] | None = None

    @property
    def title(self) -> str:
        """What the question is called: its own words, or else what its card is for."""
        return self.label or _TITLES.get(self.method) or self.id.replace("-", " ").capitalize()


def read_fields(notebook: Mapping[str, Any]) -> dict[str, Field]:
    """Return the questions of a notebook by id."""
    found = (one for cell in notebook["cells"] if cell["cell_type"] == "code" for one in _fields_in(cell["source"]))
    return {one.id: one for one in found}


def _fields_in(source: str) -> Iterator[Field]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic or a shell line: no question in it
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            arguments = [_literal(argument) for argument in node.args]
            named = {keyword.arg: _literal(keyword.value) for keyword in node.keywords}
            yield from _field(node.func.attr, arguments, named)


def _field(method: str, arguments: list[Any], named: dict[str | None, Any]) -> Iterator[Field]:
    name = arguments[0] if arguments else named.get("id")
    label = arguments[1] if len(arguments) > 1 else named.get("label", "")
    if not isinstance(name, str):
        return
    if method == "exercise":
        yield from _exercise(name, named)
        return
    ends = (str(named.get("low", "")), str(named.get("high", ""))) if named.get("kind") == "scale" else None
    yield Field(name, method, label if isinstance(label, str) else "", _options(named.get("options")), ends)


def _exercise(name: str, named: dict[str | None, Any]) -> Iterator[Field]:
    """Yield what is asked inside an exercise: to explain it. Its card has an id of its own."""
    options = {str(key): value for key, value in named.items()}
    asked = options.get("explain") or options.get("title") or name.replace("-", " ").capitalize()
    with suppress(TypeError):  # what isn't written out in the cell can't be known here
        yield Field(card_id(name, options), "exercise", f"In the exercise: {asked}")


def _options(found: Any) -> dict[str, str]:
    try:
        return {str(option): str(text) for option, text in found or ()}
    except (TypeError, ValueError):
        return {}


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        return None
