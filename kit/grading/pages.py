"""Pages that show a student's work: sanitised after Markdown is done with it, with nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nh3
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune

TOKENS = Path(__file__).parents[1] / "widgets" / "static" / "tokens.css"

_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"} | {"details", "summary", "caption", "thead", "tbody", "div", "span"}
_ATTRIBUTES = {
    "*": {"class", "lang", "dir"},
    "a": {"href", "title"},
    "th": {"scope", "colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
    "details": {"open"},
    "ol": {"start"},
}


def safe_html(html: Any) -> str:
    """Return HTML with nothing in it that could run, load or send anything."""
    text = html.decode(errors="replace") if isinstance(html, bytes) else str(html)
    return nh3.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})


def safe_markdown(source: str) -> str:
    """Return Markdown as HTML, sanitised last: what Markdown makes is looked at, not what goes in."""
    return safe_html(markdown2html_mistune(source))


def safe_html_with_pictures(html: Any) -> str:
    """Return HTML as ``safe_html`` does, with pictures that lie in the page or beside it."""
    text = html.decode(errors="replace") if isinstance(html, bytes) else str(html)
    return nh3.clean(
        text,
        tags=_TAGS | {"img"},
        attributes={**_ATTRIBUTES, "img": {"src", "alt", "title", "width", "height"}},
        attribute_filter=_only_near_pictures,
        url_schemes={"http", "https", "mailto", "data"},
    )


def safe_markdown_with_pictures(source: str) -> str:
    """Return Markdown as ``safe_markdown`` does, with pictures that lie in the page or beside it."""
    return safe_html_with_pictures(markdown2html_mistune(source))


def _only_near_pictures(tag: str, attribute: str, value: str) -> str | None:
    if attribute not in {"src", "href"}:
        return value
    plain = value.strip().lower()
    if tag == "img":
        is_near = plain.startswith("data:image/") or not re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", plain)
        return value if is_near else None
    return None if plain.startswith("data:") else value


class FeedbackPage(HTMLExporter):
    """The page that a student gets back: own words, points, rubric levels and the teacher's comments."""

    def _init_resources(self, resources: dict[str, Any]) -> dict[str, Any]:
        resources = super()._init_resources(resources)
        resources["tokens_css"] = TOKENS.read_text(encoding="utf-8")
        return resources
