"""The crisis screen tells whether a message sounds as if someone may need help from a person, now.

It looks for phrases, before any model is asked. It is made to miss little, so it also stops some harmless messages; the
price is a card that says where help is. It is not monitoring, and it is no reason for an adult to leave the room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.ai.screens.letters import readings
from kit.ai.screens.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CrisisScreen"]


class CrisisScreen:
    """Rules for phrases of distress in English and Spanish; see ``data/crisis.txt``."""

    def __init__(self) -> None:
        self._rules = load_rules("crisis.txt")

    def hit(self, texts: Iterable[str]) -> bool:
        """Tell whether any of the texts, or all of them read in a row, sounds like distress."""
        each = list(texts)
        together = [" ".join(each)] if len(each) > 1 else []
        return any(self._rules.hit(form) for text in (*each, *together) for form in readings(text))
