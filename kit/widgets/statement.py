"""The AI-use statement: what was asked of an AI, what was kept, what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from kit.widgets.card import Action, Card, Message
from kit.widgets.desk import Desk

LONGEST_PART = 4_000


class Statement(Message):
    """All parts of the statement, as they are now."""

    used: Literal["", "yes", "no"]
    tool: str = Field(max_length=LONGEST_PART)
    purpose: str = Field(max_length=LONGEST_PART)
    kept: str = Field(max_length=LONGEST_PART)
    changed: str = Field(max_length=LONGEST_PART)


class AIStatement(Card):
    """Whether an AI was used: which, what for, what was kept, what was changed.

    Parameters
    ----------
    desk, field
        Where the statement goes.
    """

    parts = ("statement",)

    def __init__(self, desk: Desk, field: str) -> None:
        super().__init__(desk, field, "My AI-use statement")

    def actions(self) -> Mapping[str, Action[Any]]:
        """Save all parts together."""
        return {"save": Action(Statement, self._save)}

    def view(self) -> dict[str, Any]:
        """Return the last statement."""
        empty = {"used": "", "tool": "", "purpose": "", "kept": "", "changed": ""}
        return {"value": self.desk.state().statements.get(self.field, empty), "limit": LONGEST_PART}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Take no as a whole answer; yes needs the tool, the purpose, and what was kept or changed."""
        value = view["value"]
        told = value["tool"].strip() and value["purpose"].strip() and (value["kept"] + value["changed"]).strip()
        return value["used"] == "no" or bool(value["used"] == "yes" and told)

    def _save(self, message: Statement) -> Mapping[str, Any]:
        return {"time": self.desk.record("statement", self.field, message.model_dump()).time}
