"""The shape of ``kit.toml`` and of the environment variables that override it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AISettings(_Section):
    """Which language model answers, and within what limits."""

    provider: Literal["local", "openai", "compatible", "recorded"] = "local"
    base_url: str = Field("", description="address of an OpenAI-compatible service, for provider = compatible")
    model: str = Field("", description="the model's name at the provider; empty means the provider's default")
    weights: Path | None = Field(None, description="a model file of your own, for provider = local")
    key: SecretStr | None = Field(None, description="the provider's key; best given as KIT_AI__KEY or OPENAI_API_KEY")
    max_tokens: int = Field(120, ge=1, le=1024, description="longest reply, in tokens")
    max_characters: int = Field(800, ge=1, le=8000, description="longest message, in characters")
    requests_per_minute: int = Field(30, ge=1, le=600, description="for each student")
    timeout_seconds: float = Field(60, gt=0, le=600)
    allow_free_prompt: bool = Field(False, description="lets lessons of ai_mode C take free prompts (grades 9-12)")


class HelpSettings(_Section):
    """Whom a student in distress is pointed to. Shown on the help card; no model is asked."""

    name: str = "988 Suicide & Crisis Lifeline"
    contact: str = "Call or text 988, any time, free (US)"
    url: str = "https://988lifeline.org"
    at_school: str = "your school counselor, your teacher, or any adult you trust"


class ClassroomSettings(_Section):
    """Ports and people of the class on this laptop. Port 0 means any free port."""

    app_port: int = Field(8866, ge=0, le=65535)
    lab_port: int = Field(8899, ge=0, le=65535)
    gateway_port: int = Field(0, ge=0, le=65535)
    period_minutes: int = Field(240, ge=5, le=1440, description="how long a page's pass for the AI is good")


class Settings(BaseSettings):
    """Everything a school can configure.

    Environment variables win over ``kit.toml``: ``KIT_AI__PROVIDER=openai`` sets ``ai.provider``.
    """

    model_config = SettingsConfigDict(env_prefix="KIT_", env_nested_delimiter="__", extra="forbid", frozen=True)

    course_id: str = Field("ai-literacy", pattern=r"^[a-z0-9-]+$")
    title: str = "AI Literacy Workshop"
    inquiry_model: str = "stripling"
    ai: AISettings = AISettings()
    help: HelpSettings = HelpSettings()
    classroom: ClassroomSettings = ClassroomSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, which arrives as init arguments."""
        return env_settings, init_settings
