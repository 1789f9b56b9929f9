"""What the page of the scam filter may say, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kit.experiments.scam_filter import LONGEST_MESSAGE, LONGEST_RULE, MOST_RULES
from kit.widgets.card import Message

Rule = Annotated[str, Field(max_length=LONGEST_RULE)]


class Told(Message):
    """Rules as they stand in the boxes."""

    rules: list[Rule] = Field(max_length=MOST_RULES)
    unless: Rule


class Which(Message):
    """A pile to look through."""

    pile: Literal["known", "new"]


class Lesson(Message):
    """How many examples the machine gets, and whether some labels are wrong."""

    examples: int
    wrong: bool


class Word(Lesson):
    """A word to look up in a machine that was taught in this way."""

    word: Rule


class Crafted(Message):
    """A made-up message, what its writer says that it is, and what a scam is after."""

    text: str = Field(max_length=LONGEST_MESSAGE)
    says: Literal["scam", "fine"]
    wants: Literal["", "money", "secret", "tap", "facts"]


class Draft(Message):
    """A made-up message on its way."""

    text: str = Field(max_length=LONGEST_MESSAGE)
