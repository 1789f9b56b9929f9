"""Hide in a crowd: choose what a survey publishes, and how exactly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import Field

from kit.errors import LessonError, MessageRefused
from kit.experiments.guess_about_me import Data
from kit.experiments.guess_about_me.crowd import GOAL, START, Outcome, count_ways, publish, read_setting
from kit.experiments.guess_about_me.survey import BOARD, Setting
from kit.widgets.card import Action, Message
from kit.widgets.desk import FIELD_ID, Desk
from kit.widgets.exercises.guess_about_me.part import UNKNOWN, Part


class Publish(Message):
    """For each fact how exactly it is published."""

    setting: dict[str, str] = Field(max_length=12)


class Crowd(Part):
    """A board of facts, and the crowds that it makes.

    Parameters
    ----------
    desk, data
        As for every part.
    prediction
        The id of the prediction that must be locked before the first count.
    """

    title = "Hide in a crowd"
    actions_shown = ("crowd",)
    waits_for_others = True  # for the prediction, which has a card of its own

    def __init__(self, desk: Desk, data: Data, prediction: str = "") -> None:
        if not FIELD_ID.fullmatch(prediction):
            raise LessonError(
                "Hiding in a crowd needs `prediction`: the id of what students predict before they count."
            )
        self._prediction = prediction
        self._outcomes: dict[tuple[str, ...], Outcome] = {}
        super().__init__(desk, data)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Publish."""
        return {"publish": Action(Publish, self._publish)}

    def view(self) -> dict[str, Any]:
        """Return the board, what was predicted, the last setting, and how many ways to the goal were found."""
        settings = [setting for run in self.runs("crowd") if (setting := read_setting(run.params.get("setting")))]
        outcomes = [(setting, self._outcome(setting)) for setting in settings]
        counted = next((outcome.alone for setting, outcome in outcomes if setting == read_setting(START)), None)
        ways = {tuple(setting.values()) for setting, outcome in outcomes if outcome.reaches_goal}
        return {
            "total": len(self.data.survey.rows),
            "goal": GOAL,
            "facts": [
                {"id": fact.id, "label": fact.label, "levels": [[level.id, level.label] for level in fact.levels]}
                for fact in BOARD.values()
            ],
            "start": read_setting(START),
            "start_words": "the birth month, the bus and the pet",
            "bet": self._bet(),
            "counted": counted,
            "found": len(ways),
            # How many ways there are is told to who has found one.
            "ways": self._ways if ways else None,
            "outcome": _view_outcome(*outcomes[-1]) if outcomes else None,
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Count the goal reached once, whatever is tried afterwards."""
        return bool(view["found"])

    def _publish(self, message: Publish) -> Mapping[str, Any]:
        setting = read_setting(message.setting)
        if setting is None:
            raise UNKNOWN
        if self._bet() is None:
            raise MessageRefused("First you predict, then you count.", mend="Lock your prediction above.")
        outcome = self._outcome(setting)
        self.record("crowd", "Publishing the survey", {"setting": dict(setting)}, outcome.to_result())
        return _view_outcome(setting, outcome)

    def _outcome(self, setting: Setting) -> Outcome:
        # A card is drawn anew at every message, and a student tries many settings.
        key = tuple(setting[fact] for fact in BOARD)
        if key not in self._outcomes:
            self._outcomes[key] = publish(self.data.survey, setting)
        return self._outcomes[key]

    @cached_property
    def _ways(self) -> int:
        return count_ways(self.data.survey)

    def _bet(self) -> str | None:
        found = (event.value for event in self.desk.state().predictions if event.field == self._prediction)
        value = next(found, None)
        return str(value.get("bet", ""))[:200] if isinstance(value, dict) else None


def _view_outcome(setting: Setting, outcome: Outcome) -> dict[str, Any]:
    return {
        "setting": dict(setting),
        "sizes": [len(crowd) for crowd in outcome.crowds],
        "alone": outcome.alone,
        "large_enough": outcome.smallest >= GOAL,
        "answers": [
            {"question": answer.question.text, "text": answer.text, "told": bool(answer.counts)}
            for answer in outcome.answers
        ],
        "detail": outcome.detail,
        "reached": outcome.reaches_goal,
    }
