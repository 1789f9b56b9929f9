"""Secrets and addresses that the supervisor hands to one process, in its environment and nowhere else."""

from __future__ import annotations

import os

from pydantic import SecretStr

from kit.errors import SettingsError

__all__ = ["gateway_secret", "model_key", "model_url", "plain_environment"]

_SHORTEST = 16  # bytes


def model_key() -> SecretStr:
    """Return the key between the gateway and the local model (``KIT_MODEL_KEY``)."""
    return SecretStr(_needed("KIT_MODEL_KEY"))


def gateway_secret() -> bytes:
    """Return the secret that signs students' passes (``KIT_GATEWAY_SECRET``, in hex).

    Raises
    ------
    SettingsError
        When it is missing, is not hex, or is shorter than 16 bytes.
    """
    try:
        secret = bytes.fromhex(_needed("KIT_GATEWAY_SECRET"))
    except ValueError:
        raise SettingsError("KIT_GATEWAY_SECRET is not a hex number.") from None
    if len(secret) < _SHORTEST:
        raise SettingsError("KIT_GATEWAY_SECRET is too short.", mend="Give at least 32 hex digits.")
    return secret


def model_url() -> str:
    """Return the local model's address (``KIT_MODEL_URL``), without a slash at the end."""
    return _needed("KIT_MODEL_URL").rstrip("/")


def plain_environment() -> dict[str, str]:
    """Return this process's environment without the kit's and OpenAI's variables: for a child that needs no secret."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("KIT_", "OPENAI_"))}


def _needed(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise SettingsError(f"The environment variable {name} is not set.", mend="Start the class with `kit demo`.")
    return value
