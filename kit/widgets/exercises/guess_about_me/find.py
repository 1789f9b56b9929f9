"""Find one row again with what somebody posted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from kit.experiments.guess_about_me import ENOUGH_FACTS
from kit.experiments.guess_about_me.finding import Character, matching, read_post, say_row
from kit.widgets.card import Action, Message
from kit.widgets.exercises.guess_about_me.part import UNKNOWN, Part

ENOUGH_CHARACTERS = 3


class Look(Message):
    """The clues that are tapped now."""

    character: str = Field(max_length=40)
    clues: list[str] = Field(max_length=12)


class Find(Part):
    """Dots that fade until one is left."""

    title = "Who could this be?"
    actions_shown = ("find",)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Look who is left."""
        return {"look": Action(Look, self._look)}

    def view(self) -> dict[str, Any]:
        """Return each character's posts, and what was left with most of the clues that were tried."""
        return {
            "total": len(self.data.survey.rows),
            "enough": ENOUGH_FACTS,
            "minimum": ENOUGH_CHARACTERS,
            "characters": [self._view_character(character) for character in self.data.characters.values()],
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Count three characters, looked for with three facts each."""
        return sum(len(one["clues"]) >= ENOUGH_FACTS for one in view["characters"]) >= ENOUGH_CHARACTERS

    def _look(self, message: Look) -> Mapping[str, Any]:
        character = self.data.characters.get(message.character)
        if character is None or not set(message.clues) <= set(character.clues):
            raise UNKNOWN
        clues = [clue for clue in character.clues if clue in message.clues]  # one order, so that a set is one run
        left = matching(self.data.survey, character, clues)
        params = {"character": character.id, "clues": clues}
        result = {"left": len(left), "of": len(self.data.survey.rows)}
        self.record("find", f"Finding {character.handle}", params, result)
        return self._left(character, clues)

    def _view_character(self, character: Character) -> dict[str, Any]:
        tried = [
            self._tried(run.params.get("clues"), character)
            for run in self.runs("find")
            if run.params.get("character") == character.id
        ]
        clues = max(tried, key=len, default=[])
        return {
            "id": character.id,
            "handle": character.handle,
            "posts": [
                [{"text": piece.text, "clue": piece.clue} for piece in read_post(post)] for post in character.posts
            ],
            "labels": {clue: told.value for clue, told in character.clues.items()},
            **self._left(character, clues),
        }

    def _left(self, character: Character, clues: list[str]) -> dict[str, Any]:
        left = matching(self.data.survey, character, clues)
        # One row is told in full, and only when it is the only one: that is what the lesson is about.
        row = left[0] if len(left) == 1 else None
        told = row and {"number": row.number, "facts": say_row(self.data.survey, row), "secret": row.secret}
        return {"clues": clues, "left": [row.number for row in left], "row": told}

    @staticmethod
    def _tried(clues: object, character: Character) -> list[str]:
        return [clue for clue in character.clues if clue in clues] if isinstance(clues, list) else []
