"""What a student can point at: runs of exercises and logged sources, each with a name that people understand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from kit.journal import Event, State
    from kit.lessons import Lesson


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence.

    Attributes
    ----------
    id
        The run's event id or the source's id.
    kind
        Which of the two it is.
    label
        What the student sees.
    """

    id: str
    kind: Literal["run", "source"]
    label: str

    def to_view(self) -> dict[str, str]:
        """Return what the page needs."""
        return {"id": self.id, "kind": self.kind, "label": self.label}


def evidence_of(state: State, lesson: Lesson) -> list[Piece]:
    """Return every run and source of a student, oldest first."""
    runs = [Piece(event.id, "run", label_run(event, lesson)) for event in state.runs]
    sources = [Piece(key, "source", label_source(value)) for key, value in state.sources.items()]
    return [*runs, *sources]


def label_source(value: dict[str, Any]) -> str:
    """Return a source's title, or a plain stand-in."""
    return value.get("title") or "A source without a title"


def label_run(event: Event, lesson: Lesson) -> str:
    """Return what one run showed, in the words of its exercise."""
    from kit.widgets.exercises import find_exercise

    return find_exercise(event.field).describe(event, lesson)
