"""Lesson texts as nodes: what a text says, apart from how it looks.

Both printers draw the same nodes. Texts stay data all the way: nothing that an author writes becomes a command of the
typesetter or a tag of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

import mistune

# {"t": "p", "c": [...]}: `t` is the kind, `c` what is inside. Plain mappings, because they go into a JSON file.
Node = dict[str, Any]

_parse = mistune.create_markdown(renderer=None, plugins=["table"])
_BREAK = re.compile(r"<br\s*/?>", re.I)
# A cell of so many letters stays on one line.
_SHORT = 14
_WEB = re.compile(r"https?://", re.I)


def read_markdown(text: str, level: int = 0) -> list[Node]:
    """Return a text's blocks.

    Parameters
    ----------
    text
        Markdown with tables, as notebooks have it. HTML tags and comments are left out, but for line breaks.
    level
        Headings sink by so many levels.
    """
    found = _parse(text)
    return _blocks(found if isinstance(found, list) else [], level)


def paragraph(*parts: str | Node) -> Node:
    """Return a paragraph of texts and inline nodes."""
    return {"t": "p", "c": [text(part) if isinstance(part, str) else part for part in parts]}


def text(words: str) -> Node:
    """Return words as an inline node."""
    return {"t": "text", "s": words}


def strong(words: str) -> Node:
    """Return words in bold as an inline node."""
    return {"t": "b", "c": [text(words)]}


def heading(words: str, level: int) -> Node:
    """Return a heading."""
    return {"t": "h", "level": level, "c": [text(words)]}


def bullets(items: Iterable[str]) -> Node:
    """Return a list with one line of text for each item."""
    return {"t": "list", "ordered": False, "start": 1, "items": [[paragraph(item)] for item in items]}


def table(head: list[str], rows: Iterable[Iterable[str]]) -> Node:
    """Return a table of plain texts."""
    cells = [[[text(cell)] for cell in row] for row in rows]
    return _table([[text(cell)] for cell in head], cells)


def words_of(nodes: Iterable[Node]) -> str:
    """Return the words that a reader sees, without their looks."""
    return "".join(_words(node) for node in nodes)


def _words(node: Node) -> str:
    if "s" in node:
        return str(node["s"])
    if node["t"] == "br":
        return " "
    return words_of(node.get("c", ())) or str(node.get("alt", ""))


def _blocks(found: list[dict[str, Any]], level: int) -> list[Node]:
    nodes = []
    for token in found:
        make = _BLOCKS.get(token["type"])
        if make:
            nodes.append(make(token, level))
    return nodes


def _heading(token: dict[str, Any], level: int) -> Node:
    return {"t": "h", "level": min(6, token["attrs"]["level"] + level), "c": _inlines(token)}


def _list(token: dict[str, Any], level: int) -> Node:
    attributes = token.get("attrs", {})
    items = [_blocks(item["children"], level) for item in token["children"]]
    return {
        "t": "list",
        "ordered": bool(attributes.get("ordered")),
        "start": attributes.get("start", 1),
        "items": items,
    }


def _read_table(token: dict[str, Any], _: int) -> Node:
    head, *body = token["children"]
    rows = [[_inlines(cell) for cell in row["children"]] for part in body for row in part["children"]]
    return _table([_inlines(cell) for cell in head["children"]], rows)


def _table(head: list[list[Node]], rows: list[list[list[Node]]]) -> Node:
    return {"t": "table", "head": head, "rows": rows, "widths": _widths([head, *rows])}


def _widths(rows: list[list[list[Node]]]) -> list[float]:
    """Share out the width: columns with more to say get more, and none is so narrow that its words break."""
    widths = [_width([words_of(cell) for cell in column]) for column in zip(*rows, strict=False)]
    # What nobody filled in yet is to be written on.
    blank = [all(not words_of(cell) for cell in column[1:]) for column in zip(*rows, strict=False)]
    return [
        round(max(width, max(widths) * 0.6) if empty else width, 2) for width, empty in zip(widths, blank, strict=True)
    ]


def _width(said: list[str]) -> float:
    longest = max(map(len, said))
    if longest <= _SHORT:
        return max(longest, 3) * 0.9
    letters = float((longest * sum(map(len, said)) / len(said)) ** 0.5)
    return max(float(letters**0.75), _SHORT * 0.9)


_BLOCKS: dict[str, Callable[[dict[str, Any], int], Node]] = {
    "heading": _heading,
    "paragraph": lambda token, _: {"t": "p", "c": _inlines(token)},
    "block_text": lambda token, _: {"t": "p", "c": _inlines(token)},
    "list": _list,
    "block_quote": lambda token, level: {"t": "quote", "c": _blocks(token["children"], level)},
    "block_code": lambda token, _: {"t": "code", "s": token["raw"].rstrip("\n")},
    "table": _read_table,
    "thematic_break": lambda *_: {"t": "rule"},
}


def _inlines(token: dict[str, Any]) -> list[Node]:
    nodes: list[Node] = []
    for child in token.get("children", ()):
        nodes += _inline(child)
    return nodes


def _inline(token: dict[str, Any]) -> list[Node]:
    make = _INLINES.get(token["type"], _inlines)
    return make(token)


def _raw_html(token: dict[str, Any]) -> list[Node]:
    return [{"t": "br"}] if _BREAK.fullmatch(token["raw"].strip()) else []


def _link(token: dict[str, Any]) -> list[Node]:
    """Links of the web stay links, and show where they go; others mean nothing on paper."""
    url, inside = token["attrs"]["url"], _inlines(token)
    return [{"t": "a", "url": url, "c": inside}] if _WEB.match(url) else inside


_INLINES: dict[str, Callable[[dict[str, Any]], list[Node]]] = {
    "text": lambda token: [text(unescape(token["raw"]))] if token["raw"] else [],
    "strong": lambda token: [{"t": "b", "c": _inlines(token)}],
    "emphasis": lambda token: [{"t": "i", "c": _inlines(token)}],
    "codespan": lambda token: [{"t": "code", "s": token["raw"]}],
    "softbreak": lambda _: [text(" ")],
    "linebreak": lambda _: [{"t": "br"}],
    "inline_html": _raw_html,
    "link": _link,
    "image": lambda token: [{"t": "img", "alt": words_of(_inlines(token)), "src": token["attrs"]["url"]}],
}
