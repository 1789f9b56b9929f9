"""What every exercise is: a card that can say in words what a run of it showed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from kit.widgets.card import Card

if TYPE_CHECKING:
    from kit.journal import Event
    from kit.lessons import Lesson


class Exercise(Card):
    """An AI exercise on a lesson's page."""

    @staticmethod
    @abstractmethod
    def describe(event: Event, lesson: Lesson) -> str:
        """Return what one recorded run showed, in a line that a student recognizes."""
