"""Imports that take long and that nothing here needs."""

from __future__ import annotations

import sys

# jsonschema, which nbformat and Jupyter's events check with, asks for this package to check web addresses with letters
# of other languages (the format "iri"). None of their schemas has that format, and to import it takes longer than all
# of nbgrader: it builds a parser for the grammar of addresses. jsonschema (4.26) goes without it when it is not there.
_UNUSED = ("rfc3987_syntax",)


def skip_unused_imports() -> None:
    """Let packages that only cost time be as if they were not installed. Call it first thing in a process."""
    for name in _UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # this is how Python is told: an ImportError
