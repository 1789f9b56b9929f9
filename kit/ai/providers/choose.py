"""The provider that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.errors import SettingsError
from kit.settings.load import provider_key
from kit.settings.process import model_key, model_url

if TYPE_CHECKING:
    from kit.ai.providers.provider import Provider
    from kit.settings.model import Settings

__all__ = ["choose_provider"]

_OPENAI = "https://api.openai.com/v1"
_OPENAI_MODEL = "gpt-4o-mini"


def choose_provider(settings: Settings) -> Provider:
    """Return the provider that the settings name; no request is made yet.

    Raises
    ------
    SettingsError
        When an address or a key is missing.
    """
    from kit.ai.local_model import model_name
    from kit.ai.providers.recorded import RecordedProvider
    from kit.ai.providers.remote import RemoteProvider

    ai = settings.ai
    if ai.provider == "recorded":
        return RecordedProvider()
    if ai.provider == "local":
        return RemoteProvider("local", f"{model_url()}/v1", model_key(), model_name(ai.weights), ai.timeout_seconds)
    key = provider_key(settings)
    if ai.provider == "compatible":
        if not ai.base_url:
            raise SettingsError("ai.provider is compatible, but ai.base_url is not set.")
        return RemoteProvider("compatible", ai.base_url, key, ai.model, ai.timeout_seconds)
    if key is None:
        raise SettingsError("ai.provider is openai, but there is no key.", mend="Set OPENAI_API_KEY or KIT_AI__KEY.")
    return RemoteProvider("openai", ai.base_url or _OPENAI, key, ai.model or _OPENAI_MODEL, ai.timeout_seconds)
