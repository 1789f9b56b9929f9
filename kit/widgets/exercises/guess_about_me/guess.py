"""A machine guesses what somebody never said, and is tried on everybody."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import Field

from kit.errors import MessageRefused, NotSaved
from kit.experiments.guess_about_me import NAME, TARGET_LABELS
from kit.experiments.guess_about_me.guesser import Trial, guess_about, is_target, read_likes, try_all
from kit.experiments.guess_about_me.survey import LIKES, TARGETS
from kit.widgets.card import Action, Message
from kit.widgets.exercises.guess_about_me.part import UNKNOWN, Part

KINDS = {"snack": "Snack", "music": "Music", "weekend": "On the weekend", "device": "Screen or sound"}
QUESTIONS = {
    "little_sibling": "Is there a little brother or sister at home?",
    "grade": "Which grade is it?",
}
ENOUGH_GUESSES = 2


class About(Message):
    """A made-up character's likes, picked from lists, and what to guess."""

    target: str = Field(max_length=40)
    likes: dict[str, str] = Field(max_length=8)


class Bet(Message):
    """How many rows the machine will get right."""

    target: str = Field(max_length=40)
    right: int = Field(ge=0, le=120)


class On(Message):
    """What to guess."""

    target: str = Field(max_length=40)


class Guess(Part):
    """Bars that move with each like, and a trial on all rows."""

    title = "The guessing machine"
    actions_shown = ("guess", "test")

    def actions(self) -> Mapping[str, Action[Any]]:
        """Guess, bet, try on everybody."""
        return {"guess": Action(About, self._guess), "bet": Action(Bet, self._bet), "test": Action(On, self._test)}

    def view(self) -> dict[str, Any]:
        """Return the lists to pick from, the last guess, and each trial that was made."""
        guesses = [guess for run in self.runs("guess") if (guess := self._read_guess(run.params))]
        tested = {run.params.get("target") for run in self.runs("test") if is_target(run.params.get("target"))}
        return {
            "total": len(self.data.survey.rows),
            "kinds": [
                {"id": kind, "label": KINDS[kind], "options": list(self.data.survey.values(kind))} for kind in LIKES
            ],
            "targets": [self._view_target(target, tested) for target in TARGETS],
            "guesses": len({tuple(guess["likes"].items()) for guess in guesses if guess["likes"]}),
            "minimum": ENOUGH_GUESSES,
            "last": guesses[-1] if guesses else None,
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Count a few guesses looked at, and one trial on everybody."""
        tried = any(target["trial"] for target in view["targets"])
        return view["guesses"] >= ENOUGH_GUESSES and tried

    def _guess(self, message: About) -> Mapping[str, Any]:
        guess = self._read_guess(message.model_dump())
        if guess is None:
            raise UNKNOWN
        params = {"target": guess["target"], "likes": guess["likes"]}
        chances = {answer: round(chance, 4) for answer, chance in guess["chances"]}
        self.record("guess", f"Guessing {TARGET_LABELS[guess['target']]}", params, {"chances": chances})
        return guess

    def _bet(self, message: Bet) -> Mapping[str, Any]:
        if not is_target(message.target):
            raise UNKNOWN
        with self.desk.one_at_a_time():
            if self._bets().get(message.target) is not None:
                raise NotSaved("Your bet is locked.", mend="Now try the machine on everybody.")
            event = self.desk.record("prediction", NAME, {"prompt": message.target, "bet": message.right})
        return {"time": event.time}

    def _test(self, message: On) -> Mapping[str, Any]:
        if not is_target(message.target):
            raise UNKNOWN
        if self._bets().get(message.target) is None:
            raise MessageRefused("First you bet, then you try the machine.", mend="Lock your bet.")
        trial = self._trials[message.target]
        result = {"right": trial.right, "total": len(trial.guesses), "baseline": trial.baseline}
        self.record("test", f"Guessing {TARGET_LABELS[message.target]}", {"target": message.target}, result)
        return _view_trial(trial)

    def _read_guess(self, params: Mapping[str, Any]) -> dict[str, Any] | None:
        target, likes = params.get("target"), read_likes(self.data.survey, params.get("likes"))
        if likes is None or not isinstance(target, str) or not is_target(target):
            return None
        chances = guess_about(self.data.survey, target, likes)
        return {"target": target, "likes": dict(likes), "chances": list(chances.items())}

    def _bets(self) -> dict[str, int]:
        bets: dict[str, int] = {}
        for event in self.desk.state().predictions:
            value = event.value
            if event.field == NAME and isinstance(value, dict) and type(value.get("bet")) is int:
                bets.setdefault(str(value.get("prompt")), value["bet"])
        return bets

    def _view_target(self, target: str, tested: set[Any]) -> dict[str, Any]:
        return {
            "id": target,
            "label": QUESTIONS[target],
            "bet": self._bets().get(target),
            "trial": _view_trial(self._trials[target]) if target in tested else None,
        }

    @cached_property
    def _trials(self) -> dict[str, Trial]:
        return {target: try_all(self.data.survey, target) for target in TARGETS}


def _view_trial(trial: Trial) -> dict[str, Any]:
    wrong = trial.surest_wrong
    return {
        "right": [guess.is_right for guess in trial.guesses],
        "count": trial.right,
        "commonest": trial.commonest,
        "baseline": trial.baseline,
        "wrong": {
            "number": wrong.row.number,
            "likes": [wrong.row.facts[kind] for kind in LIKES],
            "guess": wrong.guess,
            "chance": wrong.chance,
            "truth": wrong.truth,
        },
    }
