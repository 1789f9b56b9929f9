"""The token explorer: texts cut into a model's pieces, bets on the cuts, and one message in many languages."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kit.ai.splits import Piece, joined, read_pieces
from kit.errors import LessonError
from kit.experiments.label import Label

if TYPE_CHECKING:
    from pathlib import Path

    from kit.journal import Event
    from kit.lessons import Lesson

NAME = "token-explorer"
BASE = "en"
OWN = "own"
"""The language that a student adds."""
LONGEST_TEXT = 200
MOST_BUDGET = 60
_SHOWN = 28  # characters of a text in a label
_TILES = 30  # letters between which a student can put cuts
_INVISIBLE = {"\u200d": "invisible joiner", "\ufe0f": "invisible picture mark", "\u200c": "invisible separator"}


@dataclass(frozen=True, slots=True)
class Item:
    """A text of the lesson's bank, and how to say it if a screen reader would get it wrong."""

    text: str
    say: str


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that belong together."""

    id: str
    title: str
    about: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """The lesson's message in one language.

    Attributes
    ----------
    own_name
        What its speakers call it.
    direction
        ``ltr`` or ``rtl``.
    spaces
        Whether there are spaces between its words, so that a computer can count them.
    """

    code: str
    name: str
    own_name: str
    direction: str
    spaces: bool
    text: str


@dataclass(frozen=True, slots=True)
class Data:
    """The texts of a lesson."""

    groups: Mapping[str, Group]
    languages: Mapping[str, Language]

    def group_of(self, text: str) -> str:
        """Return the first group that has a text; ``own`` if none has."""
        return next((group.id for group in self.groups.values() if any(text == i.text for i in group.items)), OWN)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text and its pieces, as a run recorded them."""

    text: str
    pieces: tuple[Piece, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text from one whole letter to another: one piece, or several that share a letter or picture."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bet:
    """What a student said before a text was cut: how many pieces, and, if they wanted, before which characters."""

    seq: int
    time: str
    text: str
    pieces: int
    cuts: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Score:
    """How near a bet came: pieces too many or too few, and how many of the real cuts were found."""

    off: int
    found: int
    real: int
    wrong: int


def load(folder: Path) -> Data:
    """Return the texts in a lesson's data folder.

    Raises
    ------
    LessonError
        Naming the table that is missing or wrong.
    """
    items: dict[str, list[Item]] = {}
    for row in _rows(folder / "bank.csv", "group", "text", "say"):
        items.setdefault(row["group"], []).append(Item(row["text"], row["say"] or row["text"]))
    groups = {
        row["group"]: Group(row["group"], row["title"], row["about"], tuple(items.pop(row["group"], ())))
        for row in _rows(folder / "groups.csv", "group", "title", "about")
    }
    if items or not all(group.items for group in groups.values()):
        raise LessonError("The groups in bank.csv and groups.csv are not the same.")
    columns = ("code", "language", "own_name", "direction", "spaces", "text")
    languages = {row["code"]: _language(row) for row in _rows(folder / "languages.csv", *columns)}
    if BASE not in languages:
        raise LessonError("languages.csv has no row for English, code `en`.")
    return Data(groups, languages)


def _language(row: Mapping[str, str]) -> Language:
    spaces = row["spaces"] == "yes"
    return Language(row["code"], row["language"], row["own_name"], row["direction"], spaces, row["text"])


def _rows(file: Path, *columns: str) -> list[dict[str, str]]:
    shown = f"data/{file.name}"
    try:
        # Spreadsheet programs put an invisible mark at the start; utf-8-sig takes it off.
        found = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(), strict=True))
    except FileNotFoundError:
        raise LessonError(f"The table {shown} isn't there.") from None
    except (OSError, UnicodeDecodeError, csv.Error):
        raise LessonError(f"The table {shown} can't be read. Save it as CSV (UTF-8).") from None
    for number, row in enumerate(found, 2):
        if set(row) != set(columns) or not all(isinstance(cell, str) for cell in row.values()):
            raise LessonError(f"Line {number} of {shown} should have: {', '.join(columns)}.")
    return found


def read_cut(event: Event) -> Cut | None:
    """Return the text and pieces of a run; ``None`` for other events, and for pieces that don't join to the text."""
    value = event.value
    if event.kind != "run" or event.field != NAME or not isinstance(value, dict):
        return None
    params, result = value.get("params"), value.get("result")
    if value.get("action") not in ("split", "language") or not (isinstance(params, dict) and isinstance(result, dict)):
        return None
    text, language = params.get("text"), params.get("language", "")
    if not (isinstance(text, str) and isinstance(language, str) and 0 < len(text) <= LONGEST_TEXT):
        return None
    pieces = read_pieces(result)
    return Cut(text, pieces, language) if pieces and is_whole(text, pieces) else None


def read_bet(event: Event) -> Bet | None:
    """Return a bet on a text; ``None`` for other events."""
    value = event.value
    if event.kind != "prediction" or event.field != NAME or not isinstance(value, dict):
        return None
    text, pieces, cuts = value.get("text"), value.get("pieces"), value.get("cuts")
    if not isinstance(text, str) or type(pieces) is not int or pieces < 1:
        return None
    known = isinstance(cuts, list) and all(type(place) is int for place in cuts)
    return Bet(event.seq, event.time, text, pieces, tuple(cuts) if known and isinstance(cuts, list) else None)


def is_language_bet(event: Event) -> bool:
    """Tell whether an event is a bet on the language that needs the most pieces."""
    value = event.value
    if event.kind != "prediction" or event.field != NAME or not isinstance(value, dict):
        return False
    return isinstance(value.get("most"), str) and type(value.get("times")) is int


def read_budget(event: Event) -> int | None:
    """Return the limit that a run tried; ``None`` for other events."""
    value = event.value
    if event.kind != "run" or event.field != NAME or not isinstance(value, dict) or value.get("action") != "budget":
        return None
    params = value.get("params")
    budget = params.get("budget") if isinstance(params, dict) else None
    return budget if type(budget) is int and 0 < budget <= MOST_BUDGET else None


def read_find(claim: Any) -> tuple[str, str]:
    """Return the run's id and the note of one find in a guide; both empty if it is none."""
    claim = claim if isinstance(claim, dict) else {}
    linked, note = claim.get("evidence"), claim.get("claim")
    run = linked[0] if isinstance(linked, list) and linked else ""
    return run if isinstance(run, str) else "", note if isinstance(note, str) else ""


def is_whole(text: str, pieces: Sequence[Piece]) -> bool:
    """Tell whether the pieces, joined, are the text again, with nothing empty among them."""
    return all(piece.data for piece in pieces) and joined(pieces) == text.encode("utf-8", "replace")


def parts(cut: Cut) -> list[Part]:
    """Return the text's stretches, as short as whole letters allow."""
    found: list[Part] = []
    open_pieces: list[Piece] = []
    for piece in cut.pieces:
        open_pieces.append(piece)
        if (text := _decoded(joined(open_pieces))) is not None:
            found.append(Part(text, tuple(open_pieces)))
            open_pieces = []
    return found


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def invisible_name(text: str) -> str:
    """Return what an invisible character is for; empty for what can be seen."""
    return _INVISIBLE.get(text, "")


def reach(cut: Cut) -> list[int]:
    """Return how many whole characters there are after each piece."""
    data = b""
    found = []
    for piece in cut.pieces:
        data += piece.data
        found.append(len(data.decode(errors="ignore")))
    return found


def real_cuts(cut: Cut) -> set[int]:
    """Return where the text is cut between two characters, counted in characters from its start."""
    places, at = set(), 0
    for part in parts(cut)[:-1]:
        at += len(part.text)
        places.add(at)
    return places


def has_tiles(text: str) -> bool:
    """Tell whether cuts can be put between the characters: not in emoji, marks, or letters that join up."""
    if not 1 < len(text) <= _TILES:
        return False
    return all(unicodedata.category(c)[0] in "LNPZ" and unicodedata.bidirectional(c) not in {"R", "AL"} for c in text)


def score(bet: Bet, cut: Cut) -> Score:
    """Return how near a bet came to what the model does."""
    real, mine = real_cuts(cut), set(bet.cuts or ())
    return Score(bet.pieces - len(cut.pieces), len(mine & real), len(real), len(mine - real))


def times(cut: Cut, base: Cut) -> float:
    """Return how many pieces a text has for each piece of the base text."""
    return len(cut.pieces) / len(base.pieces)


def per_word(cut: Cut) -> float:
    """Return pieces for each word, where spaces show the words."""
    return len(cut.pieces) / max(1, len(cut.text.split()))


def per_character(cut: Cut) -> float:
    """Return pieces for each character, as computers count characters."""
    return len(cut.pieces) / len(cut.text)


def arrives(cut: Cut, budget: int) -> float:
    """Return the share of a text's characters that fits into so many pieces."""
    if budget >= len(cut.pieces):
        return 1.0
    return len(joined(cut.pieces[:budget]).decode(errors="ignore")) / len(cut.text)


def budget_result(messages: Mapping[str, Cut], budget: int) -> dict[str, Any]:
    """Return what a budget leaves of the messages: which arrive whole, and the share of each."""
    shares = {code: round(arrives(cut, budget), 4) for code, cut in messages.items()}
    return {"whole": sorted(code for code, share in shares.items() if share == 1), "shares": shares}


def describe(event: Event, _lesson: Lesson) -> Label | None:
    """Return what a run showed, in a line that a student recognizes."""
    value = event.value
    if value["action"] == "budget":
        result = value["result"]
        whole, all_of_them = len(result["whole"]), len(result["shares"])
        return Label(f"Limit of {value['params']['budget']}: {whole} of {all_of_them} arrive whole", "The bus message")
    cut = read_cut(event)
    if cut is None:
        raise ValueError("pieces that don't join to the text")
    if cut.language:
        return Label(f"{str(value['params']['name'])[:_SHOWN]}: {count(cut)}", "The bus message")
    return Label(f"“{shown(cut.text)}”: {count(cut)}", "Cut into pieces")


def count(cut: Cut) -> str:
    """Return the number of pieces in words."""
    return "1 piece" if len(cut.pieces) == 1 else f"{len(cut.pieces)} pieces"


def shown(text: str) -> str:
    """Return a text for one line: short, and with the spaces at its ends made visible."""
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    start, end = len(short) - len(short.lstrip(" ")), len(short) - len(short.rstrip(" "))
    return "␣" * start + short.strip(" ") + "␣" * end
