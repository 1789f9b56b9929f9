"""Fields to write or choose in, and predictions that can't be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from kit.errors import LessonError, NotSaved
from kit.widgets.card import Action, Card, Message
from kit.widgets.desk import Desk

LONGEST_ANSWER = 20_000
SCALE = 5

AnswerKind = Literal["long", "short", "choice", "scale"]


class Words(Message):
    """A written answer."""

    text: str = Field(max_length=LONGEST_ANSWER)


class Option(Message):
    """An option picked."""

    option: str = Field(max_length=64)


class Level(Message):
    """A step on the scale."""

    level: int = Field(ge=1, le=SCALE)


class Respond(Card):
    """One question. Where it looks back, what the student wrote before stands with it, to be read again.

    Parameters
    ----------
    desk, field
        Where the answer goes.
    label, help
        The question, and a line under it.
    kind
        ``long`` or ``short`` text, ``choice`` of one option, or a ``scale`` of five steps.
    options
        Pairs of id and text, for a choice.
    low, high
        What the ends of the scale mean.
    words
        Fewest and most words asked for. It's a hint: shorter and longer answers are saved too.
    """

    parts = ("respond",)

    def __init__(
        self,
        desk: Desk,
        field: str,
        label: str,
        kind: AnswerKind = "long",
        help: str = "",  # noqa: A002 - the word that lesson authors write
        options: Sequence[tuple[str, str]] = (),
        low: str = "",
        high: str = "",
        words: tuple[int, int] | None = None,
    ) -> None:
        if kind not in ("long", "short", "choice", "scale") or (kind == "choice") != bool(options):
            raise LessonError(f"The field {field} must be long, short, scale, or a choice with options.")
        self._options = {str(option): text for option, text in options}
        self._config = {
            "kind": kind,
            "label": label,
            "help": help,
            "options": list(self._options.items()),
            "steps": SCALE,
            "low": low,
            "high": high,
            "words": words,
            "limit": LONGEST_ANSWER,
        }
        # What a grader should see beside this answer is what it looks back on.
        looked_at = (one.beside for one in desk.lesson.criteria if one.grade_id == field)
        self._before = next(looked_at, ()) if kind == "long" else ()
        super().__init__(desk, field, label)
        if self._before:
            desk.listen(self.refresh)

    @property
    def is_written(self) -> bool:
        """Whether the answer is the student's own words, rather than an option."""
        return self._config["kind"] in ("long", "short")

    def actions(self) -> Mapping[str, Action[Any]]:
        """Save words, an option or a level, whichever this field asks for."""
        match self._config["kind"]:
            case "choice":
                return {"save": Action(Option, self._save_option)}
            case "scale":
                return {"save": Action(Level, lambda message: self._save("choice", message.level))}
            case _:
                return {"save": Action(Words, lambda message: self._save("answer", message.text))}

    def view(self) -> dict[str, Any]:
        """Return the question and the last answer, and the earlier words that it looks back on."""
        answers = self.desk.state().answers
        return {**self._config, "value": answers.get(self.field), "before": self._written_before(answers)}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Count an answer with something in it, and with the fewest words if any are asked for."""
        value = view["value"]
        if not isinstance(value, str) or view["kind"] == "choice":
            return value is not None
        fewest = view["words"][0] if view["words"] else 1
        return len(value.split()) >= fewest

    def _written_before(self, answers: Mapping[str, Any]) -> list[dict[str, str]]:
        cards = [self.desk.cards.get(field) for field in self._before]
        asked = [card for card in cards if isinstance(card, Respond | Predict) and card.is_written]
        words = [(card.title, str(answers.get(card.field) or "").strip()) for card in asked]
        return [{"label": label, "text": text} for label, text in words if text]

    def _save_option(self, message: Option) -> Mapping[str, Any]:
        if message.option not in self._options:
            raise NotSaved("That isn't one of the options.", mend="Pick one of those on the page.")
        return self._save("choice", message.option)

    def _save(self, kind: Literal["answer", "choice"], value: str | int) -> Mapping[str, Any]:
        return {"time": self.desk.record(kind, self.field, value).time}


class Predict(Card):
    """A prediction that is locked before the student sees what happens.

    Until it's locked it is kept as a draft; afterwards nothing changes it, whatever a page sends.

    Parameters
    ----------
    desk, field
        Where the prediction goes.
    label, help
        What to predict, and a line under it.
    """

    is_written = True
    parts = ("predict",)

    def __init__(self, desk: Desk, field: str, label: str, help: str = "") -> None:  # noqa: A002
        self._config = {"label": label, "help": help, "limit": LONGEST_ANSWER}
        super().__init__(desk, field, label)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Keep a draft, or lock it."""
        return {"save": Action(Words, self._save), "lock": Action(Words, self._lock)}

    def view(self) -> dict[str, Any]:
        """Return what was predicted and when, or the draft."""
        state = self.desk.state()
        locked = next((event for event in state.predictions if event.field == self.field), None)
        if locked is None:
            return {**self._config, "text": state.answers.get(self.field, ""), "locked": None}
        return {**self._config, "text": locked.value["bet"], "locked": locked.time}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Count a locked prediction, not a draft."""
        return view["locked"] is not None

    def _save(self, message: Words) -> Mapping[str, Any]:
        self._refuse_if_locked()
        return {"time": self.desk.record("answer", self.field, message.text).time}

    def _lock(self, message: Words) -> Mapping[str, Any]:
        if not message.text.strip():
            raise NotSaved("There is nothing to lock yet.", mend="Write your prediction first.")
        with self.desk.one_at_a_time():
            self._refuse_if_locked()
            if self.desk.state().answers.get(self.field) != message.text:
                self.desk.record("answer", self.field, message.text)
            event = self.desk.record("prediction", self.field, {"prompt": self.field, "bet": message.text})
        return {"time": event.time}

    def _refuse_if_locked(self) -> None:
        if self.view()["locked"] is not None:
            raise NotSaved("This prediction is locked, so it stays as it is.", mend="Reload the page to see it.")
