"""Pages that show a student's work: sanitised after Markdown is done with it, with nothing from outside."""

from __future__ import annotations

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


class FeedbackPage(HTMLExporter):
    """The page that a student gets back: own words, points, rubric levels and the teacher's comments."""

    def _init_resources(self, resources: dict[str, Any]) -> dict[str, Any]:
        resources = super()._init_resources(resources)
        resources["tokens_css"] = TOKENS.read_text(encoding="utf-8")
        return resources
