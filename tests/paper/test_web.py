"""The web pages stand alone, and no text on them is read as a tag."""

import itertools
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.lessons import load_catalogue
from kit.paper.document import Document, exercise, picture, prose, writing
from kit.paper.markdown import paragraph, read_markdown
from kit.paper.printing import make_documents
from kit.paper.web import to_html
from tests.paper.conftest import CATALOGUE

HOSTILE = "<script>alert('x')</script> \" ' & {{ 7 * 7 }} {% raw %} </style>"


class Seen(HTMLParser):
    """What a browser would find on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def seen(html: str) -> Seen:
    found = Seen()
    found.feed(html)
    return found


@pytest.fixture(params=[(slug, which) for slug in CATALOGUE.slugs for which in (0, 1)], ids=str)
def page(request) -> tuple[Document, str]:
    slug, which = request.param
    document = make_documents(CATALOGUE, slug)[which]
    return document, to_html(document)


def test_it_asks_for_nothing_from_anywhere(page):
    _, html = page
    found = seen(html)
    for tag, attributes in found.tags:
        assert tag not in {"script", "link", "iframe", "object"}
        assert not attributes.get("src", "data:").strip().startswith(("http", "/")), tag
    assert "url(" not in html
    assert "@import" not in html


def test_headings_go_down_one_step_at_a_time_from_one_title(page):
    document, html = page
    levels = [int(tag[1]) for tag, _ in seen(html).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert f"<h1>{document.title}</h1>" in unescape(html)


def test_it_says_its_language_and_every_table_has_a_head(page):
    document, html = page
    found = seen(html)
    assert ("html", {"lang": document.lang}) in found.tags
    names = [tag for tag, _ in found.tags]
    assert names.count("table") == names.count("thead")


def test_no_text_is_read_as_a_tag():
    blocks = (
        prose([paragraph(HOSTILE)]),
        writing(HOSTILE, HOSTILE, 1, HOSTILE),
        exercise(HOSTILE, [], [HOSTILE], False),
        picture(HOSTILE),
    )
    found = seen(to_html(Document(HOSTILE, "student", HOSTILE, HOSTILE, True, blocks)))
    assert "script" not in [tag for tag, _ in found.tags]
    assert found.text.count("{{ 7 * 7 }}") == 11
    assert found.text.count("alert('x')") == 11


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_every_text_comes_out_as_it_went_in(text):
    html = to_html(Document("T", "student", "E", "L", True, (writing(f"[{text}]", "", 1),)))
    assert f"[{text}]" in seen(html).text


def test_a_picture_is_inside_with_its_words(course, picture):
    html = to_html(make_documents(load_catalogue(course), "tiny")[0])
    (image,) = [attributes for tag, attributes in seen(html).tags if tag == "img"]
    assert image["src"].startswith("data:image/png;base64,")
    assert image["alt"] == load_catalogue(course)["tiny"].paper["next-word"].alt


def test_without_a_picture_there_is_a_box_with_its_words(course):
    found = seen(to_html(make_documents(load_catalogue(course), "tiny")[0]))
    assert "img" not in [tag for tag, _ in found.tags]
    assert load_catalogue(course)["tiny"].paper["next-word"].alt in found.text


def test_markdown_becomes_its_tags():
    nodes = read_markdown("2. a\n3. **b** [c](https://c.example)\n\n|d|\n|-|\n|`e`|\n\n> f\n\n```\ng\n```\n")
    html = to_html(Document("T", "student", "E", "L", False, (prose(nodes),)))
    tags = seen(html).tags
    assert ("ol", {"start": "2"}) in tags
    assert ("a", {"href": "https://c.example"}) in tags
    assert {"li", "strong", "td", "code", "blockquote", "pre"} <= {tag for tag, _ in tags}
