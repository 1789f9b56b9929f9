# ruff: noqa: E501 - a citation is one line
"""What citeproc really writes, held against the manuals: MLA 9, Chicago 18 (notes and bibliography), APA 7."""

import pytest

from kit.widgets.citation_data import parse_date, parse_name
from kit.widgets.citations import STYLES, cite

WEB = {
    "kind": "web", "title": "How do language models work?", "authors": ["Ana Rivera", "Sam T. Lee"],
    "site": "Science News Explores", "date": "March 5, 2024", "url": "https://example.org/a", "seen": "2025-01-09",
}  # fmt: skip
BOOK = {
    "kind": "book",
    "title": "Weapons of math destruction",
    "authors": ["Cathy O'Neil"],
    "site": "Crown",
    "date": "2016",
}
ENTRY = {
    "kind": "encyclopedia", "title": "Probability", "authors": ["Jo Smith"], "site": "World Encyclopedia", "date": "2022",
    "url": "https://example.org/p", "seen": "2025-01-09",
}  # fmt: skip
TALK = {"kind": "interview", "authors": ["Kim Brown"], "date": "2025-02-03"}


def written(source, style):
    """Return a citation with its italics between underscores."""
    return "".join(f"_{text}_" if italic else text for text, italic in cite(source, style).runs)


@pytest.mark.parametrize(
    ("source", "style", "expected"),
    [
        (WEB, "mla", "Rivera, Ana, and Sam T. Lee. “How Do Language Models Work?” _Science News Explores_, 5 Mar. 2024, https://example.org/a."),
        (WEB, "chicago", "Rivera, Ana, and Sam T. Lee. “How Do Language Models Work?” Science News Explores, March 5, 2024. https://example.org/a."),
        (WEB, "apa", "Rivera, A., & Lee, S. T. (2024, March 5). _How do language models work?_ Science News Explores. https://example.org/a"),
        (BOOK, "mla", "O'Neil, Cathy. _Weapons of Math Destruction_. Crown, 2016."),
        (BOOK, "chicago", "O'Neil, Cathy. _Weapons of Math Destruction_. Crown, 2016."),
        (BOOK, "apa", "O'Neil, C. (2016). _Weapons of math destruction_. Crown."),
        (ENTRY, "mla", "Smith, Jo. “Probability.” _World Encyclopedia_, 2022, https://example.org/p."),
        (ENTRY, "chicago", "Smith, Jo. “Probability.” In _World Encyclopedia_. 2022. https://example.org/p."),
        (ENTRY, "apa", "Smith, J. (2022). Probability. In _World Encyclopedia_. https://example.org/p"),
        (TALK, "mla", "Brown, Kim. Personal interview. 3 Feb. 2025."),
        (TALK, "chicago", "Kim Brown, personal communication, February 3, 2025."),
        (TALK, "apa", "(K. Brown, personal communication, February 3, 2025)"),
    ],
)  # fmt: skip
def test_each_kind_follows_each_manual(source, style, expected):
    assert written(source, style) == expected


@pytest.mark.parametrize(
    ("source", "style", "expected"),
    [
        # No person named: MLA begins with the title, Chicago and APA with the organization.
        (WEB, "mla", "“How Do Language Models Work?” _Science News Explores_, 5 Mar. 2024, https://example.org/a."),
        (WEB, "chicago", "Science News Explores. “How Do Language Models Work?” March 5, 2024. https://example.org/a."),
        (WEB, "apa", "Science News Explores. (2024, March 5). _How do language models work?_ https://example.org/a"),
        (BOOK, "mla", "_Weapons of Math Destruction_. Crown, 2016."),
        (BOOK, "chicago", "_Weapons of Math Destruction_. Crown, 2016."),
        (BOOK, "apa", "_Weapons of math destruction_. (2016). Crown."),
        (ENTRY, "mla", "“Probability.” _World Encyclopedia_, 2022, https://example.org/p."),
        (ENTRY, "chicago", "“Probability,” _World Encyclopedia_, 2022, https://example.org/p."),
        (ENTRY, "apa", "World Encyclopedia. (2022). Probability. In _World Encyclopedia_. https://example.org/p"),
        ({**ENTRY, "url": ""}, "chicago", "“Probability.” In _World Encyclopedia_. 2022."),
    ],
)  # fmt: skip
def test_a_source_without_an_author_begins_as_the_manual_says(source, style, expected):
    assert written({**source, "authors": []}, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("mla", "Rivera, Ana, and Sam T. Lee. “How Do Language Models Work?” _Science News Explores_, https://example.org/a. Accessed 9 Jan. 2025."),
        ("chicago", "Rivera, Ana, and Sam T. Lee. “How Do Language Models Work?” Science News Explores. Accessed January 9, 2025. https://example.org/a."),
        ("apa", "Rivera, A., & Lee, S. T. (n.d.). _How do language models work?_ Science News Explores. Retrieved January 9, 2025, from https://example.org/a"),
    ],
)  # fmt: skip
def test_a_page_without_a_date_says_when_it_was_seen(style, expected):
    assert written({**WEB, "date": ""}, style) == expected


def test_an_own_interview_is_in_the_list_in_mla_only():
    assert [cite(TALK, style).place for style in STYLES] == ["list", "note", "text"]
    assert cite({**ENTRY, "authors": []}, "chicago").place == "note"


def test_markup_stays_text():
    source = {
        **WEB,
        "title": "<script>alert(1)</script> & <b>",
        "site": "\ue000A\ue001 & B",
        "authors": ["<i>Eve</i> Roe"],
    }
    for style in STYLES:
        citation = cite(source, style)
        assert "<script>alert(1)</script> & <b>" in citation.text
        assert "\ue000" not in citation.text
        assert "\ue001" not in citation.text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", ["web", "book", "encyclopedia", "interview"])
def test_a_source_that_has_hardly_been_begun_gives_hints_and_no_nonsense(kind, style):
    citation = cite({"kind": kind, "title": "", "authors": [], "site": "", "date": "", "url": "", "seen": ""}, style)
    assert citation.runs == ()
    assert len(citation.hints) >= 2


def test_every_half_filled_source_can_be_cited():
    full = {**WEB, "seen": ""}
    for kind in ("web", "book", "encyclopedia", "interview"):
        for left_out in ("title", "authors", "site", "date", "url"):
            for style in STYLES:
                text = cite({**full, "kind": kind, left_out: [] if left_out == "authors" else ""}, style).text
                assert not any(ugly in text for ugly in ("..", ",,", "  ", "?.", "“”", " ."))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana Rivera", {"given": "Ana", "family": "Rivera"}),
        ("Rivera, Ana", {"given": "Ana", "family": "Rivera"}),
        ("Ludwig van Beethoven", {"given": "Ludwig", "family": "van Beethoven"}),
        ("Martin Luther King Jr.", {"given": "Martin Luther", "family": "King", "suffix": "Jr."}),
        ("Plato", {"literal": "Plato"}),
        ("Plato,", {"literal": "Plato"}),
    ],
)
def test_names_are_taken_apart(name, parts):
    assert parse_name(name) == parts


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("2024", [2024]), ("2024-03", [2024, 3]), ("2024-03-05", [2024, 3, 5]), ("3/5/2024", [2024, 3, 5]),
        ("March 2024", [2024, 3]), ("Mar. 5, 2024", [2024, 3, 5]), ("5 March 2024", [2024, 3, 5]),
        ("someday", []), ("2024-13", []), ("February 30, 2024", []), ("March", []), ("", []), ("0000", []),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(said, parts):
    assert parse_date(said) == parts


def test_hints_say_what_to_look_for():
    assert cite(WEB, "mla").hints == ()
    assert any("date like" in hint for hint in cite({**WEB, "date": "last week"}, "mla").hints)
    assert any("like a sentence" in hint for hint in cite({**WEB, "title": "How Language Models Work"}, "apa").hints)
