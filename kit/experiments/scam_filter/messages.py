"""The lesson's pile of messages: those to learn from, and those that no machine sees before its test."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

from kit.errors import LessonError
from kit.experiments.scam_filter.words import read_words

FILE = "messages.csv"
COLUMNS = ["id", "text", "label"]
LABELS = {"scam": True, "fine": False}
KEPT_BACK = 0.3
SPLIT_SEED = 34
"""Decides which messages are kept back, and in which order the others are shown to the machine."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the pile.

    Attributes
    ----------
    is_scam
        What the people who wrote it say that it is.
    words
        What a machine sees of it.
    """

    id: str
    text: str
    is_scam: bool
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pile:
    """All messages of the lesson.

    Attributes
    ----------
    known
        Messages to write rules for and to teach with, in the order in which a machine is taught.
    new
        Messages kept back for the test, with the same share of scams.
    """

    known: tuple[Message, ...]
    new: tuple[Message, ...]


def load(folder: Path) -> Pile:
    """Read the messages and split them, on every computer in the same way.

    Raises
    ------
    LessonError
        Naming the file and the line that is wrong.
    """
    messages = _read(folder / FILE)
    dice = random.Random(SPLIT_SEED)  # noqa: S311 - a split that everybody can repeat, not a secret
    known: list[Message] = []
    new: list[Message] = []
    for is_scam in (True, False):
        same = sorted((one for one in messages if one.is_scam is is_scam), key=lambda one: one.id)
        dice.shuffle(same)
        back = round(KEPT_BACK * len(same))
        new += same[:back]
        known += same[back:]
    dice.shuffle(known)
    dice.shuffle(new)
    return Pile(tuple(known), tuple(new))


def _read(file: Path) -> list[Message]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            messages = [_message(row, number) for number, row in enumerate(rows, 2)]
            columns = rows.fieldnames
    except FileNotFoundError:
        raise LessonError(f"The lesson's file data/{FILE} isn't there.", mend="Put it back.") from None
    except (OSError, UnicodeDecodeError, csv.Error):
        raise LessonError(f"The lesson's file data/{FILE} can't be read as a table.") from None
    if columns != COLUMNS:
        raise LessonError(f"The first line of data/{FILE} should be `{','.join(COLUMNS)}`.")
    if len({message.id for message in messages}) != len(messages):
        raise LessonError(f"Two messages in data/{FILE} have the same id.")
    if {message.is_scam for message in messages} != {True, False}:
        raise LessonError(f"data/{FILE} needs messages of both labels, scam and fine.")
    return messages


def _message(row: dict[str, str], number: int) -> Message:
    key, text, label = (row.get(column) or "" for column in COLUMNS)
    if not key or not read_words(text) or label not in LABELS:
        raise LessonError(f"Line {number} of data/{FILE} needs an id, a text, and the label scam or fine.")
    return Message(key, text, LABELS[label], read_words(text))
