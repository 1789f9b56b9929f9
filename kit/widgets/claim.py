"""Claim, evidence, reasoning: an argument that points at the student's own runs and sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from kit.errors import NotSaved
from kit.widgets.card import Action, Card, Message
from kit.widgets.desk import Desk
from kit.widgets.evidence import evidence_of
from kit.widgets.respond import LONGEST_ANSWER
from kit.widgets.sources import Sources

MOST_EVIDENCE = 50


class Argument(Message):
    """All three parts, as they are now."""

    claim: str = Field(max_length=LONGEST_ANSWER)
    evidence: list[Annotated[str, Field(max_length=64)]] = Field(max_length=MOST_EVIDENCE)
    reasoning: str = Field(max_length=LONGEST_ANSWER)


class Claim(Card):
    """An argument in three parts.

    Parameters
    ----------
    desk, field
        Where the argument goes.
    label
        What the claim answers.
    """

    parts = ("claim",)

    def __init__(self, desk: Desk, field: str, label: str, help: str = "") -> None:  # noqa: A002
        self._config = {"label": label, "help": help, "limit": LONGEST_ANSWER}
        super().__init__(desk, field, label)
        # What other cards do changes what can be picked as evidence.
        desk.listen(self.refresh)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Save the three parts together."""
        return {"save": Action(Argument, self._save)}

    def view(self) -> dict[str, Any]:
        """Return the argument, and all that could be evidence."""
        state = self.desk.state()
        empty = {"claim": "", "evidence": [], "reasoning": ""}
        pieces = [piece.to_view() for piece in evidence_of(state, self.desk.lesson)]
        # Not every lesson has a source log, and nobody should look for one in vain.
        log = any(isinstance(card, Sources) for card in self.desk.cards.values())
        return {**self._config, "value": state.claims.get(self.field, empty), "pieces": pieces, "log": log}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """All three parts must be there, and the evidence must still hold."""
        value = view["value"]
        known = {piece["id"] for piece in view["pieces"] if not piece["changed"]}
        return bool(value["claim"].strip() and value["reasoning"].strip() and known & set(value["evidence"]))

    def _save(self, message: Argument) -> Mapping[str, Any]:
        known = {piece.id for piece in evidence_of(self.desk.state(), self.desk.lesson)}
        before = set(self.view()["value"]["evidence"])
        # A source that was removed in another tab may still be named; something that never was may not.
        if not set(message.evidence) <= known | before or len(set(message.evidence)) != len(message.evidence):
            raise NotSaved("That evidence isn't in your log.", mend="Pick from your own runs and sources.")
        return {"time": self.desk.record("claim", self.field, message.model_dump()).time}
