# ruff: noqa: RUF001 - look-alike letters are the subject of this file
"""One plain form for text, so that a rule meets all the ways in which a word can be disguised.

Small letters, no accents, no invisible characters, look-alikes and digits turned back into letters, no apostrophes,
everything else a single space. Rules are brought into the same form as the text they meet.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["letters_of", "plain", "readings", "spelled_out"]

# Cyrillic and Greek letters that look like Latin ones (NFKC leaves them alone), and digits that are used as letters.
_DISGUISES = {
    "a": "аαɑ4",
    "b": "вβ",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еεєҽ3",
    "g": "ɡ",
    "h": "һн",
    "i": "іιıӏ1",
    "j": "ј",
    "k": "кκ",
    "l": "ⅼ",
    "m": "м",
    "n": "пη",
    "o": "оοσø0",
    "p": "рρ",
    "r": "г",
    "s": "ѕ5",
    "t": "тτ7",
    "u": "υ",
    "v": "ν",
    "w": "ԝω",
    "x": "хχ",
    "y": "уγ",
}
_LOOKALIKES = {disguise: letter for letter, disguises in _DISGUISES.items() for disguise in disguises}
# Signs stand for letters only sometimes ("my$elf", but "I give up!"), so rules look at both readings.
_SIGNS = str.maketrans({"$": "s", "@": "a", "!": "i", "|": "i", "€": "e", "+": "t", "*": ""})
_APOSTROPHES = frozenset("'’‘`´ʼ")  # the ones people type
_INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me", "Cs", "Co", "Cn"})
_GAPS = frozenset("\t\n\r\v\f")


@lru_cache(maxsize=8192)
def letters_of(character: str) -> str:
    """Return what one character counts as: some letters, a space, or nothing."""
    if character in _APOSTROPHES:
        return ""
    if character in _GAPS:
        return " "
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    return "".join(_letter(part) for part in folded)


def _letter(part: str) -> str:
    if part in _LOOKALIKES:
        return _LOOKALIKES[part]
    if part.isalnum():
        return part
    return "" if unicodedata.category(part) in _INVISIBLE else " "


def plain(text: str, *, squeeze: bool = True) -> str:
    """Return the plain form, with a space before and behind.

    Parameters
    ----------
    text
        What somebody wrote.
    squeeze
        Write no letter twice in a row, so that ``diiie`` is ``die``. Right for people; a model doesn't stretch words.
    """
    kept = [" "]
    for character in text:
        for letter in letters_of(character):
            if letter != kept[-1] or (letter != " " and not squeeze):
                kept.append(letter)
    return "".join(kept) if kept[-1] == " " else "".join(kept) + " "


def readings(text: str) -> tuple[str, ...]:
    """Return every plain form that rules for people's words look at, without repeats."""
    forms = (plain(text), plain(text.translate(_SIGNS)))
    return tuple(dict.fromkeys((*forms, *(spelled_out(form) for form in forms))))


def spelled_out(form: str) -> str:
    """Return a plain form with words that stand as single letters put together: ``d i e`` becomes ``die``.

    Three letters or more in a row count; ``I`` and ``a`` on their own are words.
    """
    out: list[str] = []
    run: list[str] = []
    for word in [*form.split(), ""]:
        if len(word) == 1:
            run.append(word)
            continue
        out += ["".join(run)] if len(run) > 2 else run  # noqa: PLR2004 - three in a row
        run = []
        out.append(word)
    return plain(" ".join(out))
