"""The pieces of the cards' front ends: plain JavaScript modules and style sheets, joined without a build step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"


def front_end(parts: Sequence[str], address: str) -> tuple[str, str]:
    """Return a card's JavaScript module and its style sheet, as anywidget wants them.

    Parameters
    ----------
    parts
        The pieces of its script; the first one also names its style sheet.
    address
        Where the page can load both from. A page has twenty cards, and its browser then keeps each kind of them. Empty
        where nobody serves them (JupyterLab): then they travel whole with each card.
    """
    if not address:
        return script(*parts), style(parts[0])
    code, look = versions(*parts)
    # anywidget runs the module from a blob, which has no address that a path could start from.
    module = f"new URL('{address}/{'+'.join(parts)}.js?v={code}', document.baseURI).href"
    return (
        f"export default (await import({module})).default;",
        f'@import url("{address}/{parts[0]}.css?v={look}");',
    )


@cache
def versions(*parts: str) -> tuple[str, str]:
    """Return what tells this version of a card's script and of its style sheet from others."""
    return _digest(script(*parts)), _digest(style(parts[0]))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


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
