"""Blacking out a message to a chatbot: what it still gives away, and whether it can still be answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import model_validator

from kit.lessons.files import Record, make_record, read_yaml

SPAN = re.compile(r"\{([a-z][a-z-]*):\s*([^{}]+)\}")


class Combination(Record):
    """Details that are harmless each, and point at one person together."""

    kind: str
    parts: tuple[str, ...]


class Draft(Record):
    """A message that a made-up student is about to send.

    Attributes
    ----------
    text
        With its marks; ``words`` is what a reader sees.
    planted
        What gives something away all by itself, and what kind of thing it is.
    parts
        Marks that matter only in a combination.
    needed
        What the answer needs.
    """

    id: str
    title: str
    text: str
    planted: dict[str, str]
    parts: tuple[str, ...] = ()
    combinations: tuple[Combination, ...] = ()
    needed: dict[str, str]

    @model_validator(mode="after")
    def _fits_together(self) -> Draft:
        named = {*self.planted, *self.parts, *self.needed}
        if set(self.marks) != named or not {part for one in self.combinations for part in one.parts} <= named:
            raise ValueError(f"the marks in the text of `{self.id}` are not those that it lists")
        return self

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words as a reader sees them, with their commas and stops."""
        return tuple(SPAN.sub(r"\2", self.text).split())

    @cached_property
    def marks(self) -> Mapping[str, tuple[int, ...]]:
        """For each mark the places of its words."""
        marks: dict[str, tuple[int, ...]] = {}
        plain = ""
        end = 0
        for found in SPAN.finditer(self.text):
            plain += self.text[end : found.start()]
            start = len(plain.split())
            # A mark may end in the middle of a word, before a comma; it never begins in the middle of one.
            places = range(start, start + len(found[2].split()))
            marks[found[1]] = (*marks.get(found[1], ()), *places)
            plain += found[2]
            end = found.end()
        return marks


class Drafts(Record):
    """All of a file."""

    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a blacked-out message still gives away, and what the answer is missing, in words."""

    given_away: tuple[str, ...]
    missing: tuple[str, ...]
    planted: int
    needed: int

    @property
    def is_safe(self) -> bool:
        """Whether nothing that was planted can be read any more."""
        return not self.given_away

    @property
    def is_useful(self) -> bool:
        """Whether all that the answer needs can be read."""
        return not self.missing

    def to_result(self) -> dict[str, Any]:
        """Return what the journal keeps."""
        return {
            "given_away": len(self.given_away),
            "planted": self.planted,
            "missing": len(self.missing),
            "needed": self.needed,
        }


def load_drafts(folder: Path) -> dict[str, Draft]:
    """Read the messages of a lesson.

    Raises
    ------
    LessonError
        Naming the file and the message that doesn't fit together.
    """
    file = folder / "drafts.yml"
    return {draft.id: draft for draft in make_record(Drafts, read_yaml(file), file).drafts}


def judge(draft: Draft, hidden: Collection[int]) -> Judgement:
    """Return what a message still gives away, and what it lacks, when these words are blacked out."""
    black = set(hidden)
    readable = {mark for mark, places in draft.marks.items() if not black.issuperset(places)}
    whole = {mark for mark, places in draft.marks.items() if black.isdisjoint(places)}
    alone = [kind for mark, kind in draft.planted.items() if mark in readable]
    together = [one.kind for one in draft.combinations if readable.issuperset(one.parts)]
    missing = [kind for mark, kind in draft.needed.items() if mark not in whole]
    planted = len(draft.planted) + len(draft.combinations)
    return Judgement((*alone, *together), tuple(missing), planted, len(draft.needed))


def read_hidden(draft: Draft, value: object) -> tuple[int, ...] | None:
    """Return the places of blacked-out words that somebody wrote, in order; ``None`` if they are none."""
    if not isinstance(value, list) or len(value) > len(draft.words):
        return None
    if not all(type(place) is int and 0 <= place < len(draft.words) for place in value):
        return None
    return tuple(sorted(set(value)))
