"""What a lesson lets its students ask: mode A nothing, B its own prompts, C (if the school agrees) free prompts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.errors import MessageRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit.ai.asks import Ask
    from kit.lessons import Lesson
    from kit.settings.model import Settings

__all__ = ["TEACHERS_TRY", "LessonRules", "rules_from_course", "rules_of_lesson"]


@dataclass(frozen=True, slots=True)
class LessonRules:
    """The rules of one lesson, after the school's settings have had their say.

    Attributes
    ----------
    generation
        ``False`` for lessons without any model (mode A).
    bank
        The lesson's own prompts. Exactly these texts may be sent.
    free
        Other texts may be sent too.
    """

    generation: bool
    bank: frozenset[str]
    free: bool

    def check(self, ask: Ask) -> str:
        """Return why a request is allowed, in a few words.

        Raises
        ------
        MessageRefused
        """
        if not self.generation:
            raise MessageRefused("This lesson works without AI.", mend="Go on with the lesson's own steps.")
        if len(ask.turns) == 1 and ask.text in self.bank:
            return "one of the lesson's own prompts"
        if not self.free:
            raise MessageRefused("In this lesson, only the lesson's own prompts can be sent.")
        return "free prompts are allowed here"


TEACHERS_TRY = LessonRules(generation=True, bank=frozenset(), free=True)
"""For a teacher at the command line; no pass leads here."""


def rules_of_lesson(lesson: Lesson, settings: Settings) -> LessonRules:
    """Return a lesson's rules under a school's settings.

    A free prompt takes a lesson of mode C, a school that allows it, and a provider whose model was made for talk. The
    bundled model has answered a child's distress in a way that no child must read: it never gets an open prompt.
    """
    ours = settings.ai.provider in {"openai", "compatible"} and settings.ai.allow_free_prompt
    return LessonRules(
        generation=lesson.ai_mode != "A",
        bank=frozenset(prompt.text for prompt in lesson.prompts),
        free=lesson.ai_mode == "C" and ours,
    )


def rules_from_course(root: Path, settings: Settings) -> Callable[[str], LessonRules]:
    """Return a look-up of rules by slug, from the lessons of a course, read once."""
    from kit.lessons import load_catalogue

    catalogue = load_catalogue(root)
    known: dict[str, LessonRules] = {}

    def rules_of(slug: str) -> LessonRules:
        if slug not in known:
            known[slug] = rules_of_lesson(catalogue[slug], settings)
        return known[slug]

    return rules_of
