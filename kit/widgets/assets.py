"""The pieces of the cards' front ends: plain JavaScript modules and style sheets, joined without a build step."""

from __future__ import annotations

from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def script(*names: str) -> str:
    """Return a card's JavaScript module: what all cards share, then its own parts.

    anywidget loads a module from one string, so a shared file can't be imported by it; joining is the way.
    """
    return _read("shared.js") + "".join(_read(f"{name}.js") for name in names)


@cache
def style(name: str) -> str:
    """Return a card's style sheet: colors and sizes, what all cards share, then its own part if it has one."""
    own = STATIC / f"{name}.css"
    return _read("tokens.css") + _read("shared.css") + (_read(f"{name}.css") if own.exists() else "")


def _read(file: str) -> str:
    return (STATIC / file).read_text(encoding="utf-8")
