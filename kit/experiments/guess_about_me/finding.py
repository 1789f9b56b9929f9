"""Finding one row again with what somebody posted."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kit.errors import LessonError
from kit.experiments.guess_about_me.survey import BOARD, Row, Survey
from kit.lessons.files import Record, make_record, read_yaml

CLUE = re.compile(r"\{([a-z][a-z-]*):\s*([^{}]+)\}")


class Clue(Record):
    """What a post tells about a row: at a fact's level, this value."""

    fact: str
    level: str
    value: str


class Character(Record):
    """Somebody who exists nowhere, with posts that hold clues.

    Attributes
    ----------
    row
        Whose row it is. It never reaches the page.
    """

    id: str
    handle: str
    row: int
    posts: tuple[str, ...]
    clues: dict[str, Clue]


class Characters(Record):
    """All of a file."""

    characters: tuple[Character, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a post; ``clue`` is the id of the clue that it is, or empty."""

    text: str
    clue: str = ""


def load_characters(folder: Path, survey: Survey) -> dict[str, Character]:
    """Read the characters, and see that each of their clues is true of their row.

    Raises
    ------
    LessonError
        Naming the file, and the character that doesn't fit.
    """
    file = folder / "characters.yml"
    found = make_record(Characters, read_yaml(file), file).characters
    for character in found:
        told = {piece.clue for post in character.posts for piece in read_post(post) if piece.clue}
        fits = {row.number for row in matching(survey, character, character.clues)}
        if told != set(character.clues) or character.row not in fits:
            raise LessonError(f"In {file.name} the posts, clues and row of {character.handle} don't fit together.")
    return {character.id: character for character in found}


def read_post(post: str) -> list[Piece]:
    """Return a post as plain stretches and clues."""
    pieces: list[Piece] = []
    end = 0
    for found in CLUE.finditer(post):
        pieces += [Piece(post[end : found.start()])] if found.start() > end else []
        pieces.append(Piece(found[2], found[1]))
        end = found.end()
    return pieces + ([Piece(post[end:])] if end < len(post) else [])


def matching(survey: Survey, character: Character, clues: Collection[str]) -> list[Row]:
    """Return the rows that fit all of these clues of a character."""
    wanted = [character.clues[clue] for clue in clues]
    return [
        row for row in survey.rows if all(survey.publish(row, clue.fact, clue.level) == clue.value for clue in wanted)
    ]


def say_row(survey: Survey, row: Row) -> list[tuple[str, str]]:
    """Return a row as a reader of the file sees it: each fact's name and the exact answer."""
    return [(fact.label, survey.publish(row, fact.id, fact.levels[0].id)) for fact in BOARD.values()]
