"""The guard: every check that a message passes before a model sees it, in an order that matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kit.ai.asks import LONGEST_TEXT, MOST_TEXTS, every_text, read_ask, read_texts
from kit.ai.refusals import Malformed, TooLong
from kit.ai.screens import CrisisScreen, mask
from kit.ai.screens.personal import HONEST_LIMIT
from kit.errors import KitError, MessageRefused

if TYPE_CHECKING:
    from kit.ai.asks import Ask, Kind
    from kit.ai.gateway.rules import LessonRules
    from kit.settings.model import Settings

__all__ = ["Guard", "Step", "Verdict"]


_FIELD_NAMES = 400  # names of fields, roles and the like in an honest request
_ENOUGH = 4000  # of a message that is too long anyway, so that nobody can keep the gateway busy


@dataclass(frozen=True, slots=True)
class Step:
    """What one part of the way did with a message."""

    step: str
    result: str
    detail: str = ""


@dataclass(slots=True)
class Verdict:
    """What the guard says about one message.

    Attributes
    ----------
    steps
        Each check that was made, in order.
    ask
        The request as it may be sent, or ``None`` when it may not.
    texts
        The texts that may be cut into pieces; empty when that was not asked for, or may not be.
    help
        Somebody may need help: show the card and ask no model.
    error
        Why the message is refused.
    masked
        The kinds of personal data that were taken out.
    """

    steps: list[Step] = field(default_factory=list)
    ask: Ask | None = None
    texts: tuple[str, ...] = ()
    help: bool = False
    error: KitError | None = None
    masked: tuple[str, ...] = ()

    def note(self, step: str, result: str, detail: str = "") -> None:
        """Write down what a check did."""
        self.steps.append(Step(step, result, detail))


class Guard:
    """Distress and length, then personal data, then the lesson's rules. The rate is counted before, at the door."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._crisis = CrisisScreen()

    def check(self, body: Any, kind: Kind, rules: LessonRules) -> Verdict:
        """Return the verdict on a request's body. Nothing of the text is kept or logged."""
        verdict = Verdict()
        try:
            self._check(body, kind, rules, verdict)
        except KitError as error:
            verdict.error = error
        return verdict

    def check_texts(self, body: Any, rules: LessonRules) -> Verdict:
        """Return the verdict on a request to cut texts into pieces."""
        verdict = Verdict()
        try:
            if not self._distress_or_length(body, MOST_TEXTS * LONGEST_TEXT, verdict):
                texts = read_texts(body)
                self._nothing_personal(texts, verdict)
                verdict.note("lesson rules", "fine", rules.check_splits())
                verdict.texts = texts
        except KitError as error:
            verdict.error = error
        return verdict

    def _distress_or_length(self, body: Any, most: int, verdict: Verdict) -> bool:
        texts = _texts(body)
        too_long = sum(map(len, texts)) > most + _FIELD_NAMES
        # Someone who pours out their heart must not be told to be brief: the card comes before the refusal.
        if self._distress(_first(texts) if too_long else texts, verdict):
            return True
        if too_long:
            verdict.note("length", "refused", f"more than {most} characters")
            raise TooLong(f"A message can have {most} characters.")
        verdict.note("length", "fine")
        return False

    def _check(self, body: Any, kind: Kind, rules: LessonRules, verdict: Verdict) -> None:
        if self._distress_or_length(body, self._settings.ai.max_characters, verdict):
            return
        ask = read_ask(body, kind, self._settings.ai.max_tokens)
        ask = self._personal(ask, rules, verdict)
        self._rules(ask, rules, verdict)
        verdict.ask = ask

    def _distress(self, texts: list[str], verdict: Verdict) -> bool:
        verdict.help = self._crisis.hit(texts)
        if verdict.help:
            verdict.note("distress", "help", "a phrase of distress: the help card is shown, no model is asked")
        else:
            verdict.note("distress", "fine", "no phrase of distress")
        return verdict.help

    def _personal(self, ask: Ask, rules: LessonRules, verdict: Verdict) -> Ask:
        found: list[str] = []

        def clean(text: str) -> str:
            if text in rules.bank:  # the school wrote it
                return text
            masked = mask(text)
            found.extend(masked.kinds)
            return masked.text

        cleaned = ask.with_texts(clean)
        verdict.masked = tuple(dict.fromkeys(found))
        detail = f"taken out: {', '.join(verdict.masked)}." if found else "nothing found."
        verdict.note("personal data", "masked" if found else "fine", f"{detail} {HONEST_LIMIT}")
        return cleaned

    def _nothing_personal(self, texts: tuple[str, ...], verdict: Verdict) -> None:
        # Masked, the text would be another text with other pieces. So it is refused instead.
        kinds = sorted({kind for text in texts for kind in mask(text).kinds})
        if kinds:
            verdict.note("personal data", "refused", f"found: {', '.join(kinds)}. {HONEST_LIMIT}")
            raise MessageRefused(
                f"This looks like personal data ({', '.join(kinds)}).", mend="Take something made up instead."
            )
        verdict.note("personal data", "fine", f"nothing found. {HONEST_LIMIT}")

    def _rules(self, ask: Ask, rules: LessonRules, verdict: Verdict) -> None:
        try:
            verdict.note("lesson rules", "fine", rules.check(ask))
        except KitError as error:
            verdict.note("lesson rules", "refused", error.message)
            raise


def _texts(body: Any) -> list[str]:
    if not isinstance(body, dict):
        raise Malformed("A request is a JSON object.")
    return list(every_text(body))


def _first(texts: list[str]) -> list[str]:
    return [text[:_ENOUGH] for text in sorted(texts, key=len, reverse=True)[:2]]
