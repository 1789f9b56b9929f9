"""Handing in: what is done, what is open, and a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.errors import NotSaved
from kit.journal import hand_in
from kit.widgets.card import Action, Card, Nothing
from kit.widgets.desk import Desk


class Submit(Card):
    """The last card of a lesson.

    Parameters
    ----------
    desk, field
        Where the work is.
    """

    parts = ("submit",)

    def __init__(self, desk: Desk, field: str) -> None:
        super().__init__(desk, field, "Hand in")
        desk.listen(self.refresh)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Hand in, as often as the student likes."""
        return {"submit": Action(Nothing, self._submit)}

    def view(self) -> dict[str, Any]:
        """Return what is done and open, the receipts, and whether feedback has come."""
        others = [card for card in self.desk.cards.values() if card is not self]
        submissions = self.desk.state().submissions
        return {
            "items": [{"field": card.field, "title": card.title, "done": card.done} for card in others],
            "receipts": [{"code": event.value["receipt"], "time": event.time} for event in submissions],
            "preview": self.desk.session.inbox is None,
            "feedback": f"/feedback/{self.desk.lesson.slug}" if _has_page(self.desk.session.feedback) else "",
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Handed in at least once."""
        return bool(view["receipts"])

    def _submit(self, _message: Nothing) -> Mapping[str, Any]:
        session = self.desk.session
        if session.inbox is None:
            raise NotSaved("This is a preview, so there is no class to hand in to.", mend="Your words are saved.")
        receipt = hand_in(session.work, session.inbox, self.desk.lesson.slug)
        return {"time": receipt.time, "code": receipt.code}


def _has_page(folder: Path | None) -> bool:
    return folder is not None and folder.is_dir() and any(folder.glob("*.html"))
