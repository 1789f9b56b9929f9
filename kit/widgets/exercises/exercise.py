"""What every exercise is: a card that ends in the student's own explanation, tied to runs that show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from kit.errors import NotSaved
from kit.experiments import describe
from kit.widgets.card import Action, Card, Message

if TYPE_CHECKING:
    from kit.journal import Event


class Why(Message):
    """The student's explanation, with runs that show it."""

    text: str = Field(max_length=4_000)
    evidence: list[str] = Field(max_length=20)


class Exercise(Card):
    """An AI exercise on a lesson's page.

    What it computes, and what a run of it is called, is in the module of the same name in ``kit.experiments``.
    """

    def explain_action(self) -> dict[str, Action[Any]]:
        """Return the message of the field *Explain it*."""
        return {"why": Action(Why, self._why)}

    def explain_view(self, runs: Iterable[Event]) -> dict[str, Any]:
        """Return what that field needs: the explanation so far, and the runs of this card that can be pointed at."""
        why = self.desk.state().claims.get(self._why_field)
        why = why if isinstance(why, dict) else {}
        return {
            "runs": [view for run in runs if (view := self._view_run(run)) is not None],
            "why": {"text": why.get("claim", ""), "evidence": why.get("evidence", [])},
        }

    @property
    def _why_field(self) -> str:
        return f"{self.field}-why"

    def _view_run(self, run: Event) -> dict[str, Any] | None:
        label = describe(run, self.desk.lesson)
        if label is None:
            return None
        return {"id": run.id, "text": label.text, "about": label.about, "time": run.time}

    def _why(self, message: Why) -> Mapping[str, Any]:
        if not set(message.evidence) <= {run.id for run in self.desk.state().runs}:
            raise NotSaved("That isn't one of your runs.", mend="Pick from the list on the page.")
        value = {"claim": message.text, "evidence": message.evidence, "reasoning": ""}
        return {"time": self.desk.record("claim", self._why_field, value).time}
