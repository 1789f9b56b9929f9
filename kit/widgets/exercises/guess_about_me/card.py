"""The card: one of the five parts, and the student's explanation at its end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import LessonError
from kit.experiments import card_id
from kit.experiments.guess_about_me import NAME, Data, load
from kit.widgets.card import Action
from kit.widgets.exercises.exercise import Exercise
from kit.widgets.exercises.guess_about_me.crowd import Crowd
from kit.widgets.exercises.guess_about_me.find import Find
from kit.widgets.exercises.guess_about_me.guess import Guess
from kit.widgets.exercises.guess_about_me.notices import Notices
from kit.widgets.exercises.guess_about_me.part import Part
from kit.widgets.exercises.guess_about_me.redact import Redact

if TYPE_CHECKING:
    from kit.widgets.desk import Desk

PARTS: dict[str, type[Part]] = {"find": Find, "crowd": Crowd, "guess": Guess, "redact": Redact, "notices": Notices}


class GuessAboutMe(Exercise):
    """What data without a name still tells.

    Parameters
    ----------
    desk
        Where runs are kept.
    ask
        ``find``: one row found again by a few posts. ``crowd``: choose what is published, so that nobody stands alone.
        ``guess``: a machine guesses what nobody told. ``redact``: black out a message. ``notices``: read two privacy
        notices.
    explain
        What the student should explain at the end; nothing if empty.
    optional
        Whether it's only for those who have time, so that nobody's list shows it as open.
    options
        What the part takes besides: ``prediction`` for ``crowd``, the id of a prediction that comes first.
    """

    def __init__(self, desk: Desk, ask: str, explain: str = "", *, optional: bool = False, **options: Any) -> None:
        if ask not in PARTS:
            raise LessonError(f"This exercise asks one of: {', '.join(PARTS)}.")
        try:
            self._part = PARTS[ask](desk, _load(desk.data_folder), **options)
        except TypeError:
            raise LessonError(f"The exercise `{NAME}` has no such option for `{ask}`.") from None
        self._ask = ask
        self._explain = explain
        self._optional = optional
        self.parts = (NAME, f"{NAME}-{ask}")  # type: ignore[misc]  # each brings its own script, not the others'
        super().__init__(desk, card_id(NAME, {"ask": ask}), self._part.title)
        if self._part.waits_for_others:
            desk.listen(self.refresh)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Whatever the part does, and explain."""
        return {**self._part.actions(), **self.explain_action()}

    def view(self) -> dict[str, Any]:
        """Return the part's picture, and what can be explained."""
        part = self._part.view()
        return {
            "ask": self._ask,
            "title": self.title,
            "explain": self._explain,
            "optional": self._optional,
            **part,
            **self.explain_view(self._part.events() if self._explain else ()),
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Ask the part. What is only for those who have time is never open."""
        return self._optional or self._part.is_done(view)


@cache
def _load(folder: Path) -> Data:
    return load(folder)
