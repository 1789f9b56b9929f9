"""Show what students wrote as the text it is: never as markup, never as a formula, never as a script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

LONGEST = 20_000
_MOST_MARKS = 4
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")
_PLAIN_SIGNS = frozenset(" .,;()?%-")


def as_text(value: Any, longest: int = LONGEST) -> str:
    """Return HTML that shows a value as plain text, on one line of source.

    Every sign that HTML, Markdown or a template could give a meaning to becomes a numbered entity, so the text stays
    text wherever a notebook is opened. Towers of accents and long stretches of nothing are cut down.
    """
    text = _in_words(value)
    if len(text) > longest:
        text = text[:longest] + " … (cut here; the whole is in the journal)"
    text = _EMPTY_LINES.sub("\n\n\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_sign(sign) for sign in _without_towers(text))


def _without_towers(text: str) -> Iterator[str]:
    """Yield a text's signs, with no more marks on a letter than any script has: piled up, they hide other lines."""
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            yield sign


def _in_words(value: Any) -> str:
    try:
        return str(value)
    except RecursionError:  # a list in a list in a list, a thousand times: nobody wants to read it
        return "(too deeply nested to be shown)"


def _sign(sign: str) -> str:
    if sign == "\n":
        return "<br>"
    if sign == "\t":
        return "&#32;&#32;"
    if unicodedata.category(sign) in {"Cc", "Cs", "Cf", "Co", "Cn"} and sign != "\u200d":
        return "&#65533;"
    if sign.isalnum() or sign in _PLAIN_SIGNS or not sign.isascii():
        return sign
    return f"&#{ord(sign)};"


def paragraph(html: str) -> str:
    """Return a paragraph."""
    return f"<p>{html}</p>"


def titled(title: str, html: str) -> str:
    """Return a part of an answer under its title, which is the kit's own word."""
    return f"<p><strong>{as_text(title)}</strong></p>{html}"


def bullets(items: Iterable[str]) -> str:
    """Return a list of pieces of HTML."""
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with a caption and column headers; the cells are HTML already."""
    head = "".join(f'<th scope="col">{as_text(name)}</th>' for name in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{as_text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def block(kind: str, html: str) -> str:
    """Return one HTML block: a single line, so that Markdown reads it as HTML from end to end.

    A browser turns the entities back before MathJax looks at the page; the second class tells it to look away.
    """
    return f'<div class="kit-{kind} mathjax_ignore">{html}</div>'
