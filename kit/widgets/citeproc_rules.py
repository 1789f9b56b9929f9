"""Three rules of CSL that citeproc-py 0.11 leaves out, added through its own doors.

The library finds the class for each element of a style by listing the direct subclasses of ``CitationStylesElement``;
the ones defined here come last and win. Everything else is the library's work, and what a citation looks like is said
by the CSL style alone. Each rule names the part of the CSL 1.0.2 specification it follows. See ``docs/decisions/0004``.
"""

from __future__ import annotations

import re
from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement

ITALIC_START, ITALIC_END = "\ue000", "\ue001"
"""Marks for italics, from Unicode's private range: no quoting is needed, and the text stays plain text."""

TEXT_TAG = "{http://purl.org/net/xbiblio/csl}text"
PRINTED = "printed"
QUOTES = "\u201d\u2019"


class Name(model.Name, CitationStylesElement):  # type: ignore[misc]  # the library has no types
    """Names are shortened to initials only where the style wants it (CSL: ``initialize="false"``)."""

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """Return the given names, shortened or as they are."""
        if self.get("initialize", "true") == "false":
            return given
        shortened: str = super().initialize(given, mark, context)
        return shortened


class Text(model.Text, CitationStylesElement):  # type: ignore[misc]
    """Remembers which variables were printed, so that a substitute isn't printed twice."""

    def _variable(self, item: Any, context: Any) -> Any:
        text = super()._variable(item, context)
        if text is not None:
            # The library empties this dictionary before each entry.
            context.get_layout().repressed.setdefault(PRINTED, []).append(self.get("variable"))
        return text


class Substitute(model.Substitute, CitationStylesElement):  # type: ignore[misc]
    """A variable that stands in for missing names is left out of the rest (CSL: ``cs:substitute``).

    The library does this for a variable named in the substitute itself, but not for one inside a macro, so an entry
    without an author would show its title twice.
    """

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        """Leave out what the substitute printed, by whatever way it came to print it."""
        super().add_to_repressed_list(child, context)
        repressed = context.get_layout().repressed
        repressed.setdefault(TEXT_TAG, []).extend(repressed.get(PRINTED, []))


def finish(text: str) -> str:
    """Apply CSL's ``punctuation-in-quote`` of American English, and drop the full stop after a question or exclamation.

    The library reads the first option and doesn't use it; the second is what every CSL processor does.
    """
    closing = f"(?P<closing>[{QUOTES}{ITALIC_END}]+)"
    text = re.sub(rf"(?P<mark>[?!.]){closing}\.", r"\g<mark>\g<closing>", text)
    text = re.sub(rf"(?P<mark>[?!])(?P<closing>[{QUOTES}]?)\.", r"\g<mark>\g<closing>", text)
    return re.sub(rf"(?P<quote>[{QUOTES}]+)(?P<mark>[.,])", r"\g<mark>\g<quote>", text)
