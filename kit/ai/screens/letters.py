# ruff: noqa: RUF001 - look-alike letters are the subject of this file
"""One plain form for text, so that a rule meets all the ways in which a word can be disguised.

Small letters, no accents, no invisible characters, look-alikes, fancy letters and digits turned back into letters, no
apostrophes, everything else a single space. Rules are brought into the same form as the text they meet.
"""

from __future__ import annotations

import re
import unicodedata

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
_GAPS = frozenset("\t\n\r\v\f\u115f\u1160\u3164\uffa0")  # the last four are Korean letters that nobody can see
# Small capitals, letters in black boxes, flags' letters, letters with a bar: NFKC leaves them, their names tell.
_LATIN = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|(?:NEGATIVE )?(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER"
    r"|REGIONAL INDICATOR SYMBOL LETTER|LATIN SMALL LETTER) ([A-Z])(?: WITH .+)?"
)
_MOST_KEPT = 8192


def letters_of(character: str) -> str:
    """Return what one character counts as: some letters, a space, or nothing."""
    return _known[ord(character)]


class _Known(dict[int, str]):
    """What characters count as, for ``str.translate`` too: worked out when one is first met, and kept."""

    def __missing__(self, character: int) -> str:
        found = _work_out(chr(character))
        if len(self) < _MOST_KEPT:  # somebody may send every character there is
            self[character] = found
        return found


_known = _Known()


def _work_out(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    if character in _GAPS:
        return " "
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    return "".join(_letter(part) for part in folded)


def _letter(part: str) -> str:
    if part in _LOOKALIKES:
        return _LOOKALIKES[part]
    if not part.isascii() and (latin := _LATIN.fullmatch(unicodedata.name(part, ""))):
        return latin[1].lower()
    if part.isalnum() and part not in _APOSTROPHES:
        return part
    return "" if unicodedata.category(part) in _INVISIBLE or part in _APOSTROPHES else " "


_GAP = re.compile(" +")
_REPEATED = re.compile(r"(.)\1+", re.DOTALL)
_SPELLED = re.compile(r" (?:[^ ] ){2,}[^ ](?= )")


def plain(text: str, *, squeeze: bool = True) -> str:
    """Return the plain form, with a space before and behind.

    Parameters
    ----------
    text
        What somebody wrote.
    squeeze
        Write no letter twice in a row, so that ``diiie`` is ``die``. Right for people; a model doesn't stretch words.
    """
    form = f" {text.translate(_known)} "
    return _REPEATED.sub(r"\1", form) if squeeze else _GAP.sub(" ", form)


def readings(text: str) -> tuple[str, ...]:
    """Return every plain form that rules for people's words look at, without repeats."""
    forms = (plain(text), plain(text.translate(_SIGNS)))
    return tuple(dict.fromkeys((*forms, *(spelled_out(form) for form in forms))))


def spelled_out(form: str) -> str:
    """Return a plain form with words that stand as single letters put together: ``d i e`` becomes ``die``.

    Three letters or more in a row count; ``I`` and ``a`` on their own are words.
    """
    joined = _SPELLED.sub(lambda run: f" {run[0].replace(' ', '')}", form)
    return _REPEATED.sub(r"\1", joined)
