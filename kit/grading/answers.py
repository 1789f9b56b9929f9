"""A student's answer to one question, from the journal, as text that a grader can read in one go."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.experiments import describe, replaced
from kit.grading.desk import TITLES, desk_html
from kit.grading.fields import Field
from kit.grading.plain import LONGEST, as_text, block, bullets, paragraph, table, titled
from kit.journal import Event, State

if TYPE_CHECKING:
    from kit.lessons import Lesson

_ASKED = {"who": "Who is behind it?", "evidence": "What is the evidence?", "others": "What do others say?"}
_NAMED = ("title", "authors", "site", "date", "url")
_CITED = frozenset({*_NAMED, "kind", "seen"})
NO_WORDS = "<em>(left empty)</em>"
MOST_EVIDENCE = 40
_MOST_MORE, _LONGEST_NOTE = 8, 4_000
_DEEPEST = 3
"""A page writes a source as a flat record. What lies deeper was written by hand, and could go down without an end."""


@dataclass(frozen=True, slots=True)
class Work:
    """What answers are made from.

    Attributes
    ----------
    state
        The fold of the journal.
    events
        Its events by id.
    lesson
        What was taught; ``None`` if its files can't be read.
    data
        The folder of the lesson's own data.
    """

    state: State
    events: Mapping[str, Event]
    lesson: Lesson | None
    data: Path | None = None


def answer_html(field: Field, work: Work) -> str:
    """Return the answer to a question as one block of HTML; empty if nothing was answered."""
    html = _answer(field, work) + _finds(field, work)
    label = TITLES.get(field.id, field.label)
    question = f"<p><em>{as_text(label)}</em></p>" if label else ""
    return block("answer", question + html) if html else ""


def _answer(field: Field, work: Work) -> str:
    state = work.state
    if show := _BY_METHOD.get(field.method):
        return show(field, work)
    if isinstance(claim := state.claims.get(field.id), dict):
        return _claim(claim, work)
    if isinstance(statement := state.statements.get(field.id), dict):
        return _statement(statement)
    answer = state.answers.get(field.id)
    if isinstance(answer, str) and not answer.strip():
        return ""
    return "" if answer is None else paragraph(as_text(_chosen(answer, field)) + _on_the_scale(field))


def _finds(field: Field, work: Work) -> str:
    """Return what was collected for a page: claims that carry its name and a number, such as `field-guide-find-1`."""
    named = ((name, work.state.claims[name]) for name in sorted(work.state.claims) if _is_find(name, field.id))
    rows = [
        ("<br>".join(_evidence(item, work) for item in linked[:MOST_EVIDENCE]), _words(find.get("claim")))
        for _, find in named
        if isinstance(find, dict) and isinstance(linked := find.get("evidence"), list) and linked
    ]
    return table("Finds", ("What was found", "What to notice"), rows[:MOST_EVIDENCE]) if rows else ""


def _is_find(name: str, page: str) -> bool:
    return bool(re.fullmatch(rf"{re.escape(page)}-find-\d{{1,2}}", name))


def _prediction(field: Field, work: Work) -> str:
    """Return the first prediction: it was locked, so a later one doesn't count."""
    made = (event.value for event in work.state.predictions if event.field == field.id)
    first = next((value for value in made if isinstance(value, dict)), {})
    return paragraph(as_text(first["bet"])) if _said(first.get("bet")) else ""


def _chosen(answer: Any, field: Field) -> Any:
    """Say an option's words rather than its id, where they are known."""
    return field.options.get(str(answer), answer)


def _on_the_scale(field: Field) -> str:
    low, high = map(as_text, field.ends or ("", ""))
    return f" <em>(1: {low}, 5: {high})</em>" if low and high else ""


def _exercise(field: Field, work: Work) -> str:
    return _explained(field, work) + desk_html(field.id, work.state, work.events.values(), work.data)


def _explained(field: Field, work: Work) -> str:
    """Return what was written under *Explain it* in an exercise, with the runs that were linked to it."""
    why = work.state.claims.get(f"{field.id}-why")
    if not isinstance(why, dict):
        return ""
    items = _linked(why)
    shown = bullets(_evidence(item, work) for item in items) if items else ""
    return paragraph(_words(why.get("claim"))) + shown if _said(why.get("claim")) or items else ""


def _claim(claim: Mapping[str, Any], work: Work) -> str:
    items = _linked(claim)
    if not (_said(claim.get("claim")) or _said(claim.get("reasoning")) or items):
        return ""
    evidence = bullets(_evidence(item, work) for item in items) if items else paragraph("<em>(no evidence linked)</em>")
    return (
        titled("Claim", paragraph(_words(claim.get("claim"))))
        + titled("Evidence", evidence)
        + titled("Reasoning", paragraph(_words(claim.get("reasoning"))))
    )


def _linked(claim: Mapping[str, Any]) -> list[Any]:
    linked = claim.get("evidence")
    return linked[:MOST_EVIDENCE] if isinstance(linked, list) else []


def _evidence(item: Any, work: Work) -> str:
    name = str(item)
    if name in work.state.sources:
        return _source_line(name, work.state)
    if name in work.events:
        changed = " <em>(changed later)</em>" if name in replaced(work.state.runs) else ""
        return f"{_event_line(work.events[name], work.lesson)}{changed}"
    return f"{as_text(name, 80)}: <em>not in the journal</em>"


def _statement(statement: Mapping[str, Any]) -> str:
    parts = {"used": "Did I use AI?", "tool": "Which", "purpose": "What for", "kept": "What I kept"}
    parts["changed"] = "What I changed"
    said = [(title, statement.get(key)) for key, title in parts.items() if _said(statement.get(key))]
    return bullets(f"<strong>{as_text(title)}</strong>: {as_text(value)}" for title, value in said) if said else ""


def _source_log(_field: Field, work: Work) -> str:
    state = work.state
    if not state.sources:
        return ""
    rows = [
        (_source_line(name, state) or NO_WORDS, _source_fields(state.sources[name]))
        for name in list(state.sources)[:MOST_EVIDENCE]
    ]
    return table("Source log", ("Source", "What was noted"), rows)


def _source_fields(source: Any) -> str:
    """Return the three questions first, in the order in which a page asks them, and then what no citation holds."""
    noted = dict(_flat(source))
    asked = [(question, noted.pop(key, "")) for key, question in _ASKED.items()]
    more = [(f"{key}:", text) for key, text in noted.items() if key not in _CITED]
    said = [*asked, *more[:_MOST_MORE]]
    return bullets(f"<strong>{as_text(title, 80)}</strong> {_words(text, _LONGEST_NOTE)}" for title, text in said)


def _source_line(name: str, state: State) -> str:
    noted = dict(_flat(state.sources[name]))
    named = ", ".join(noted[key] for key in _NAMED if key in noted)
    return _citation(name, state) or as_text(named, 400)


def _citation(name: str, state: State) -> str:
    citation = state.citations.get(name)
    if not isinstance(citation, dict) or not _said(citation.get("text")):
        return ""
    return f"{as_text(citation['text'], 1000)} ({as_text(_style(citation), 20)})"


def _style(citation: Mapping[str, Any]) -> str:
    style = str(citation.get("style", ""))
    return {"mla": "MLA", "chicago": "Chicago", "apa": "APA"}.get(style, style)


def _flat(value: Any, title: str = "", depth: int = 0) -> list[tuple[str, str]]:
    """Return every filled text in a source with its name."""
    if isinstance(value, dict) and depth < _DEEPEST:
        return [pair for key, part in value.items() for pair in _flat(part, str(key).replace("_", " "), depth + 1)]
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value if isinstance(part, (str, int, float)))
    return [(title, str(value))] if isinstance(value, (str, int, float)) and str(value).strip() else []


def _event_line(event: Event, lesson: Lesson | None) -> str:
    if event.kind == "run" and lesson is not None:
        return as_text(str(describe(event, lesson) or "A page that was opened"), 400)
    return f"{as_text(event.kind)} in {as_text(event.field, 80)}: {as_text(event.value, 400)}"


def _said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _words(value: Any, longest: int = LONGEST) -> str:
    return as_text(value, longest) if _said(value) else NO_WORDS


_BY_METHOD: Mapping[str, Callable[[Field, Work], str]] = {
    "exercise": _exercise,
    "predict": _prediction,
    "sources": _source_log,
}
