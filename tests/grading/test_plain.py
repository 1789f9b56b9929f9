"""Students' text stays text: in HTML, in Markdown, in a formula, in a page."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from kit.grading.pages import safe_html, safe_markdown
from kit.grading.plain import as_text, block, paragraph

TRICKS = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/a.png)",
    "<img src=x onerror=alert(1)>",
    "$$\\href{javascript:alert(1)}{x}$$",
    "\\(x\\) `code` **bold** __u__ ~~s~~",
    "http://evil.example",
    "</div></p>```\n# head\n\n- item\n\n    code",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &#60;script&#62;",
    "{{ 7 * 7 }} {% raw %}",
]


@pytest.mark.parametrize("words", TRICKS)
def test_words_come_out_as_they_went_in(words):
    page = safe_markdown(block("answer", paragraph(as_text(words))))
    shown = page.split("<p>")[1].split("</p>")[0].replace("<br>", "\n")
    assert "<" not in shown
    assert html.unescape(shown) == words


@given(st.text(max_size=200))
def test_any_text_is_one_paragraph_of_text(words):
    source = block("answer", paragraph(as_text(words)))
    assert "\n" not in source
    for page in (markdown2html_mistune(source), safe_markdown(source)):
        assert page.count("<p>") == 1
        inside = page.split("<p>")[1].split("</p>")[0].replace("<br>", "")
        assert "<" not in inside
        assert "$" not in source


def test_signs_that_turn_text_around_or_break_files_are_replaced():
    assert as_text("a\u202eb\x00c\ud800d") == "a&#65533;b&#65533;c&#65533;d"


@pytest.mark.parametrize("words", ["Ngọc, Siobhán, naïve", "ngo\u0323\u0302c", "สวัสดีที่รัก", "הַלֵּלוּיָהּ", "👩‍🚀❤️"])
def test_marks_of_any_script_stay(words):
    assert html.unescape(as_text(words)) == words


def test_towers_of_marks_and_stretches_of_nothing_are_cut_down():
    assert as_text("Z" + "\u0301\u0336" * 400 + "o") == "Z" + "\u0301\u0336" * 2 + "o"
    assert as_text("a" + "\n \t" * 900 + "\nb") == "a<br><br><br>b"
    assert as_text("a\n\n\nb") == "a<br><br><br>b"


def test_what_is_far_too_long_is_cut_and_says_so():
    shown = as_text("x" * 30_000)
    assert len(shown) < 20_200
    assert "the whole is in the journal" in shown


def test_a_teachers_markdown_is_kept_and_what_could_run_is_not():
    page = safe_markdown("**good** <script>bad()</script> [a](javascript:x) ![i](http://x/y.png) <b onclick=x()>b</b>")
    assert "<strong>good</strong>" in page
    for bad in ("script", "javascript", "onclick", "<img"):
        assert bad not in page
    assert safe_html(b"<svg onload=x()><p>y</p>") == "<p>y</p>"


def test_a_list_without_an_end_is_said_to_be_one():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert "too deeply nested to be shown" in as_text(deep)
