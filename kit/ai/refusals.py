"""The ways in which the gateway says no, each with its HTTP status."""

from __future__ import annotations

from typing import ClassVar

from kit.errors import (
    AIError,
    KitError,
    LessonError,
    MessageRefused,
    ProviderRefused,
    ProviderUnavailable,
    TokenRejected,
)

__all__ = ["Malformed", "TooLong", "TooMany", "status_of"]


class Malformed(MessageRefused):
    """The request isn't one that this gateway takes."""

    status: ClassVar[int] = 400
    default_mend = "Use the lesson's page, or send fewer fields."


class TooLong(MessageRefused):
    """The message is longer than the class allows."""

    status: ClassVar[int] = 413
    default_mend = "Make it shorter."


class TooMany(MessageRefused):
    """One student asked too often."""

    status: ClassVar[int] = 429
    default_mend = "Wait a minute, then go on."


_STATUS: dict[type[KitError], int] = {
    TokenRejected: 401,
    MessageRefused: 403,
    LessonError: 403,
    ProviderRefused: 502,
    ProviderUnavailable: 503,
    AIError: 500,
}


def status_of(error: KitError) -> int:
    """Return the HTTP status that fits an error."""
    if isinstance(error, Malformed | TooLong | TooMany):
        return error.status
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
