"""Writes a document as one web page that needs nothing else: to read, or to print from a browser."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kit.paper.document import Document
from kit.paper.markdown import Node, words_of
from kit.paper.press import read_picture

FOLDER = Path(__file__).with_name("templates")


def to_html(document: Document) -> str:
    """Return the page. Every text is escaped; pictures are inside."""
    template = _environment().get_template("page.html.j2")
    data = document.to_data()
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    page: str = template.render(data | {"blocks_of_page": data.pop("blocks")}, style=style)
    return page


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["picture"] = _data_address
    environment.filters["level"] = _level
    environment.filters["words"] = words_of
    return environment


def _data_address(file: Any) -> str:
    content = read_picture(Path(str(file))) if file else b""
    return f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}" if content else ""


def _level(node: Node) -> int:
    """Return the level of a heading; a page has one main heading, its title."""
    return max(2, int(node["level"]))
