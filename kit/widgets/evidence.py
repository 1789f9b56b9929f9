"""What a student can point at: runs of exercises and logged sources, each with a name that people understand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from kit.experiments import describe, replaced

if TYPE_CHECKING:
    from kit.journal import State
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
    text, about
        What the student sees, and what it is about; see ``kit.experiments.Label``.
    changed
        Whether a later run took its place. Nobody is offered it; who has picked it is told.
    """

    id: str
    kind: Literal["run", "source"]
    text: str
    about: str = ""
    changed: bool = False

    def to_view(self) -> dict[str, Any]:
        """Return what the page needs."""
        return asdict(self)


def evidence_of(state: State, lesson: Lesson) -> list[Piece]:
    """Return every run that shows something, and every source, oldest first."""
    labels = ((event.id, describe(event, lesson)) for event in state.runs)
    old = replaced(state.runs)
    runs = [Piece(key, "run", label.text, label.about, key in old) for key, label in labels if label is not None]
    sources = [Piece(key, "source", label_source(value)) for key, value in state.sources.items()]
    return [*runs, *sources]


def label_source(value: dict[str, Any]) -> str:
    """Return a source's title, or a plain stand-in."""
    return value.get("title") or "A source without a title"
