"""The page and the cards on it have style sheets of their own, and neither reaches into the other."""

from __future__ import annotations

import re
from pathlib import Path

import kit.classroom
import kit.widgets

PAGE = Path(kit.classroom.__file__).parent / "static"
CARDS = Path(kit.widgets.__file__).parent / "static"
# Both mean the same card: the page counts it, and asks whether it has come.
SHARED = {"kit-card"}


def names(folder: Path, pattern: str, within: str) -> set[str]:
    """Return every class name that a folder's files mention within what the pattern finds."""
    found = [hit for file in folder.glob(pattern) for hit in re.findall(within, file.read_text(encoding="utf-8"))]
    return {name for hit in found for name in re.findall(r"kit-[a-z-]+[a-z]", hit)}


def test_no_style_of_the_page_falls_on_a_card():
    styled = names(PAGE, "*.css", r"\.kit-[a-z-]+")
    in_cards = names(CARDS, "*.js", r'class(?:: |List\.add\()(?:"[^"]*"|`[^`]*`)')
    assert len(styled) > 40
    assert len(in_cards) > 40
    assert styled & in_cards <= SHARED


def test_every_style_of_a_card_stays_inside_cards():
    for sheet in CARDS.glob("*.css"):
        selectors = re.findall(r"^\s*([.:a-z][^{}@;]*)\{", sheet.read_text(encoding="utf-8"), re.MULTILINE)
        outside = [one for one in selectors if ".kit-card" not in one and not one.startswith((":root", "from"))]
        assert not outside, f"{sheet.name}: {outside}"
