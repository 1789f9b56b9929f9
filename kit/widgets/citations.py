"""Citations in MLA, Chicago and APA, worked out by citeproc-py from the CSL project's own style files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

Style = Literal["mla", "chicago", "apa"]
STYLES: tuple[Style, ...] = get_args(Style)

STYLE_FILES: Mapping[Style, str] = {
    "mla": "modern-language-association",
    "chicago": "chicago-notes-bibliography",
    "apa": "apa",
}
STYLE_NAMES: Mapping[Style, str] = {"mla": "MLA 9", "chicago": "Chicago 18 (notes)", "apa": "APA 7"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One source in one style.

    Attributes
    ----------
    runs
        Pieces of text, each with whether it is in italics. Never markup. Empty when there is too little to cite.
    place
        ``list`` for an entry in the list of works; ``note`` or ``text`` when the manual wants this kind of source only
        in a footnote or in the sentence.
    hints
        What is missing or worth a look, in plain sentences.
    """

    runs: tuple[tuple[str, bool], ...]
    place: Literal["list", "note", "text"]
    hints: tuple[str, ...]

    @property
    def text(self) -> str:
        """The citation without italics."""
        return "".join(text for text, _ in self.runs)

    def to_view(self) -> dict[str, Any]:
        """Return what the page needs."""
        return {"runs": [list(run) for run in self.runs], "place": self.place, "hints": list(self.hints)}


def cite(source: Mapping[str, Any], style: Style) -> Citation:
    """Return the citation of a source.

    Parameters
    ----------
    source
        The fields of the source log: ``kind title authors site date url seen``.
    style
        Which manual to follow.
    """
    from kit.widgets.citation_data import hints_for, to_csl

    hints = tuple(hints_for(source, style))
    item = to_csl(source, style)
    if not (item.get("title") or (source.get("kind") == "interview" and item.get("author"))):
        return Citation((), "list", hints)
    marked, place = _render(item, style)
    return Citation(_split(marked), place, hints)


def _render(item: dict[str, Any], style: Style) -> tuple[str, Literal["list", "note", "text"]]:
    import citeproc
    from citeproc.source.json import CiteProcJSON

    from kit.widgets.citeproc_rules import finish

    bibliography = citeproc.CitationStylesBibliography(_style(style), CiteProcJSON([item]), _Marks)
    citation = citeproc.Citation([citeproc.CitationItem(item["id"])])
    bibliography.register(citation)
    entries = bibliography.bibliography()
    if entries:
        return finish(str(entries[0])), "list"
    in_text = str(bibliography.cite(citation, lambda _missing: ""))
    return finish(in_text), "note" if style == "chicago" else "text"


@cache
def _style(style: Style) -> Any:
    import citeproc

    # The rules must be there before a style is read: its elements take their classes then.
    import kit.widgets.citeproc_rules  # noqa: F401

    return citeproc.CitationStylesStyle(STYLE_FILES[style], validate=False)


class _Marks:
    """A formatter for citeproc that marks italics and leaves all text as it is."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    class Italic(str):
        def __new__(cls, text: object) -> _Marks.Italic:
            return super().__new__(cls, f"\ue000{text}\ue001")

    Oblique = Italic
    # Nothing else is used for the kinds of source here; these keep the text as it is.
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


def _split(marked: str) -> tuple[tuple[str, bool], ...]:
    parts = re.split("([\ue000\ue001])", marked)
    runs: list[tuple[str, bool]] = []
    depth = 0
    for part in parts:
        if part == "\ue000":
            depth += 1
        elif part == "\ue001":
            depth -= 1
        elif part:
            # Italics inside italics turn upright again, as printers do.
            runs.append((part, depth % 2 == 1))
    return tuple(runs)
