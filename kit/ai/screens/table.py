"""How the crisis screen does on lists of phrases: the numbers that a school should see before it trusts a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.ai.screens.crisis import CrisisScreen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Score", "read_phrases", "score"]


@dataclass(frozen=True, slots=True)
class Score:
    """The screen's result on one list.

    Attributes
    ----------
    phrases
        How many there are.
    hits
        Those that bring up the help card.
    misses
        Those that don't.
    """

    phrases: int
    hits: tuple[str, ...]
    misses: tuple[str, ...]


def read_phrases(file: Path) -> list[str]:
    """Return a list of phrases: one a line, ``#`` starts a comment."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def score(phrases: Iterable[str]) -> Score:
    """Return what the crisis screen does with each phrase."""
    screen = CrisisScreen()
    hits: list[str] = []
    misses: list[str] = []
    for phrase in phrases:
        (hits if screen.hit([phrase]) else misses).append(phrase)
    return Score(len(hits) + len(misses), tuple(hits), tuple(misses))
