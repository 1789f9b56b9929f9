"""One message through the same guard, model and screens that students have: a teacher's way to see them at work."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kit.ai.gateway.desk import Desk, help_text
from kit.ai.gateway.guard import Guard
from kit.ai.gateway.replies import text_of
from kit.ai.gateway.rules import TEACHERS_TRY, rules_from_course
from kit.ai.providers import choose_provider
from kit.ai.providers.remote import RemoteProvider
from kit.ai.running import RunningModel, running_model
from kit.errors import AIError, KitError, MessageRefused

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kit.ai.asks import Ask
    from kit.ai.gateway.guard import Step, Verdict
    from kit.ai.gateway.rules import LessonRules
    from kit.ai.providers import Provider
    from kit.settings.model import Settings

__all__ = ["Try", "try_message"]

_TOKENS = 60


@dataclass(frozen=True, slots=True)
class Try:
    """What became of one message.

    Attributes
    ----------
    steps
        What every part of the way did.
    outcome
        ``answered``, ``help``, ``masked``, ``refused`` or ``unavailable``.
    reply
        What a student would read.
    label
        What stands beside it.
    """

    steps: tuple[Step, ...]
    outcome: str
    reply: str
    label: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


def try_message(text: str, *, root: Path, settings: Settings, lesson: str = "") -> Try:
    """Send one message as a student of a lesson would, or, without a lesson, as a teacher who may send anything.

    The local model is started for this one message, and only if the guard lets it through.

    Raises
    ------
    LessonError, SettingsError
    """
    rules = rules_from_course(root, settings)(lesson) if lesson else TEACHERS_TRY
    return asyncio.run(_try(text, settings, rules))


async def _try(text: str, settings: Settings, rules: LessonRules) -> Try:
    body = {"prompt": text, "max_tokens": min(_TOKENS, settings.ai.max_tokens), "temperature": 0, "seed": 0}
    verdict = Guard(settings).check(body, "completion", rules)
    if verdict.help:
        return Try(tuple(verdict.steps), "help", help_text(settings.help), "This is not from a model.")
    if verdict.ask is None:
        return _stopped(verdict, verdict.error or MessageRefused("This message can't be sent."), "refused")
    try:
        with _model(settings) as model:
            return await _answered(settings, model, verdict.ask, verdict)
    except AIError as error:
        if not any(step.step == "model" for step in verdict.steps):
            verdict.note("model", "unavailable", error.message)
        return _stopped(verdict, error, "unavailable")


def _model(settings: Settings) -> AbstractContextManager[RunningModel | None]:
    return running_model(settings) if settings.ai.provider == "local" else nullcontext()


async def _answered(settings: Settings, model: RunningModel | None, ask: Ask, verdict: Verdict) -> Try:
    provider: Provider
    if model:
        provider = RemoteProvider("local", f"{model.url}/v1", model.key, model.name, settings.ai.timeout_seconds)
    else:
        provider = choose_provider(settings)
    try:
        reply = await Desk(settings, provider).answer(ask, verdict)
    finally:
        await provider.close()
    return Try(tuple(verdict.steps), reply["x_kit"]["outcome"], text_of(reply), reply["x_kit"]["label"])


def _stopped(verdict: Verdict, error: KitError, outcome: str) -> Try:
    return Try(tuple(verdict.steps), outcome, f"{error.message} {error.mend}")
