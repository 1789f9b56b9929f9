"""What both machines see of a message: its words, in small letters, without marks."""

from __future__ import annotations

import re

LINK = "[link]"
NUMBER = "[number]"

_QUOTES = str.maketrans("\u2018\u2019", "''")

# An address and a number are one kind of thing each: both machines see that there is one, and not which.
_PIECE = re.compile(
    r"(?P<link>\[link\]|(?:https?://)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?)"
    r"|(?P<number>\[number\]|[$€£]?\d(?:[\d.,:-]*\d)?%?)"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
)


def read_words(text: str) -> tuple[str, ...]:
    """Return a message as both machines see it.

    ``Pay $5 at fix-it.example!`` is ``pay``, ``[number]``, ``at``, ``[link]``.
    """
    plain = text.lower().translate(_QUOTES)
    return tuple(_name(piece) for piece in _PIECE.finditer(plain))


def _name(piece: re.Match[str]) -> str:
    if piece["link"]:
        return LINK
    return NUMBER if piece["number"] else piece.group()
