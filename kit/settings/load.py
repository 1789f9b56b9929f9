"""Read the settings of a course. Apart from the rest because pydantic takes a moment to import."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError

from kit.errors import SettingsError
from kit.settings.model import Settings

__all__ = ["Settings", "load_settings", "provider_key"]


def load_settings(root: Path) -> Settings:
    """Return the settings of the course at ``root``.

    Raises
    ------
    SettingsError
        Naming the file and the field that is wrong. Values are never repeated: one of them may be a key.
    """
    try:
        return Settings(**_read_toml(root / "kit.toml"))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"The setting {field} in kit.toml or the environment is wrong: {first['msg']}.") from None


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"kit.toml is not valid TOML: {error}.") from None
    except OSError:
        raise SettingsError("kit.toml can't be read.", mend="Check the file's permissions.") from None


def provider_key(settings: Settings) -> SecretStr | None:
    """Return the provider's key, from the settings or from ``OPENAI_API_KEY``. Only the gateway may ask."""
    if settings.ai.key is not None:
        return settings.ai.key
    found = os.environ.get("OPENAI_API_KEY", "")
    return SecretStr(found) if found else None
