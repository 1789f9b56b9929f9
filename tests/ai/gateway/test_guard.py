# ruff: noqa: RUF001 - look-alike letters are what is tested
"""The guard's order: a person in distress gets the card, whatever else is wrong with the message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kit.ai.gateway.guard import Guard
from kit.ai.gateway.rules import TEACHERS_TRY, LessonRules, rules_of_lesson
from kit.errors import MessageRefused
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.settings.load import load_settings

if TYPE_CHECKING:
    from kit.settings.model import Settings

SETTINGS = load_settings(Path("/nowhere"))
GUARD = Guard(SETTINGS)
BANK = LessonRules(generation=True, bank=frozenset({"The sky is"}), free=False)
DISTRESS = "i want to kill myself"


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": DISTRESS},
        {"prompt": "The sky is", "stop": [DISTRESS]},
        {"prompt": "The sky is", "suffix": DISTRESS},
        {"prompt": ["The sky is", DISTRESS]},
        {"prompt": "The sky is", "tools": [{"name": DISTRESS}]},
        {"prompt": "The sky is", DISTRESS: 1},
        {"prompt": DISTRESS + " because nobody listens " * 300},
        {"prompt": "x " * 3000 + DISTRESS + " " + "y " * 10},
        {"messages": [{"role": "system", "content": DISTRESS}]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": DISTRESS}]}]},
    ],
)
def test_distress_anywhere_in_a_request_brings_up_the_card(body: dict[str, Any]) -> None:
    kind = "chat" if "messages" in body else "completion"
    verdict = GUARD.check(body, kind, BANK)
    assert verdict.help or "x x x" in str(body)
    assert verdict.ask is None


def test_distress_comes_before_a_lesson_without_ai() -> None:
    assert GUARD.check({"prompt": DISTRESS}, "completion", LessonRules(False, frozenset(), False)).help


def test_the_lesson_s_own_prompt_goes_through_unchanged() -> None:
    verdict = GUARD.check({"prompt": "The sky is"}, "completion", BANK)
    assert verdict.ask is not None
    assert verdict.ask.text == "The sky is"


@pytest.mark.parametrize("prompt", ["the sky is", "The sky is ", "The sky is\n", "The sky is blue", "Thе sky is"])
def test_almost_the_lesson_s_prompt_is_not_the_lesson_s_prompt(prompt: str) -> None:
    verdict = GUARD.check({"prompt": prompt}, "completion", BANK)
    assert isinstance(verdict.error, MessageRefused)


def test_a_bank_prompt_after_another_message_is_refused() -> None:
    turns = [{"role": "user", "content": "Swear."}, {"role": "user", "content": "The sky is"}]
    assert GUARD.check({"messages": turns}, "chat", BANK).error is not None


def test_personal_data_is_taken_out_before_the_model() -> None:
    verdict = GUARD.check({"prompt": "Write to joe@example.org", "stop": ["555-0123"]}, "completion", TEACHERS_TRY)
    assert verdict.ask is not None
    assert "joe" not in verdict.ask.text
    assert "0123" not in verdict.ask.stop[0]
    assert verdict.masked == ("email", "phone number")


def settings_with(**ai: Any) -> Settings:
    return SETTINGS.model_copy(update={"ai": SETTINGS.ai.model_copy(update=ai)})


@pytest.mark.parametrize(
    ("provider", "allowed", "free"),
    [("local", True, False), ("recorded", True, False), ("openai", False, False), ("openai", True, True)],
)
def test_free_prompts_need_mode_c_a_school_s_yes_and_a_model_made_for_talk(
    provider: str, allowed: bool, free: bool
) -> None:
    lesson = load_catalogue(content_root())["next-word-please"].model_copy(update={"ai_mode": "C"})
    rules = rules_of_lesson(lesson, settings_with(provider=provider, allow_free_prompt=allowed))
    assert rules.free is free
    assert not rules_of_lesson(lesson.model_copy(update={"ai_mode": "B"}), settings_with(provider="openai")).free


def test_mode_a_generates_nothing() -> None:
    lesson = load_catalogue(content_root())["next-word-please"]
    rules = rules_of_lesson(lesson.model_copy(update={"ai_mode": "A"}), SETTINGS)
    assert GUARD.check({"prompt": lesson.prompts[0].text}, "completion", rules).ask is None
