"""The environment of this process as a whole, for those who start others from it or give it another."""

from __future__ import annotations

import os
from collections.abc import Mapping


def outside_environment() -> dict[str, str]:
    """Return the environment this process was started in, for somebody to choose from."""
    return dict(os.environ)


def replace_environment(environment: Mapping[str, str]) -> None:
    """Give this process another environment; nothing of the old one stays."""
    os.environ.clear()
    os.environ.update(environment)
