"""The PDFs can be read by everybody: tagged, with a title, a language, words for pictures, and fonts inside."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from kit.errors import PrintFailed
from kit.lessons import Station, load_catalogue
from kit.paper import press as room
from kit.paper.document import Document, choice, cut_outs, exercise, new_page, picture, prose, station, writing
from kit.paper.markdown import paragraph, read_markdown, words_of
from kit.paper.press import in_words, press
from kit.paper.printing import make_documents
from kit.paper.web import to_html
from tests.paper.conftest import CATALOGUE, png

CHINESE, SMILEY = "\u4e2d\u6587", "\U0001f600"


def reader(document: Document) -> PdfReader:
    return PdfReader(BytesIO(press(document, system_fonts=False)[0]), strict=True)


def page_of(*blocks) -> Document:
    return Document("A title", "student", "Grades 6", "Why?", True, tuple(blocks))


def squeezed(text: str) -> str:
    """Text without spaces and hyphens at line ends, which a page may add."""
    return re.sub(r"\s+", "", text)


def text_of(pdf: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in pdf.pages))


def tags(pdf: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree."""
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, DictionaryObject):
            found.append(node)
            kids = node.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
    return found


@pytest.fixture(scope="module", params=[(slug, which) for slug in CATALOGUE.slugs for which in (0, 1)], ids=str)
def printed(request) -> tuple[Document, PdfReader]:
    slug, which = request.param
    document = make_documents(CATALOGUE, slug)[which]
    return document, reader(document)


def test_it_is_tagged_and_says_that_it_keeps_pdf_ua(printed):
    _, pdf = printed
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/StructTreeRoot"]["/K"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part" in metadata


def test_title_and_language_are_set_and_the_title_is_shown(printed):
    document, pdf = printed
    assert pdf.metadata.title == document.title
    root = pdf.trailer["/Root"]
    assert str(root["/Lang"]).startswith("en")
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])


def test_pages_are_us_letter_and_all_have_the_title_and_their_number_at_the_foot(printed):
    document, pdf = printed
    for number, page in enumerate(pdf.pages, 1):
        assert [float(side) for side in page.mediabox] == [0, 0, 612, 792]
        text = page.extract_text()
        assert f"Page {number} of {len(pdf.pages)}" in text
        assert squeezed(document.title) in squeezed(text)


def test_every_font_is_inside(printed):
    _, pdf = printed
    fonts = {font.indirect_reference.idnum: font for page in pdf.pages for font in fonts_of(page)}
    assert fonts
    for font in fonts.values():
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
        assert "/ToUnicode" in font, "or nobody could search or read it aloud"


def fonts_of(page) -> list[DictionaryObject]:
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def test_the_text_can_be_taken_out(printed):
    document, pdf = printed
    text = text_of(pdf)
    assert squeezed(document.lead) in text
    for block in document.blocks:
        for key in (
            ("label", "ask", "done_when", "looks_at") if document.audience == "facilitator" else ("label", "aid")
        ):
            said = block.get(key, "")
            assert squeezed(said if isinstance(said, str) else words_of(said)) in text


def test_headings_are_headings_and_tables_have_heads(printed):
    _, pdf = printed
    kinds = [str(tag.get("/S")) for tag in tags(pdf)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") >= 6
    assert "/TH" in kinds
    assert "/L" in kinds


def test_a_picture_has_its_words(course, picture):
    worksheet, _ = make_documents(load_catalogue(course), "tiny")
    pdf = reader(worksheet)
    figures = [tag for tag in tags(pdf) if tag.get("/S") == "/Figure"]
    assert figures
    assert all(tag.get("/Alt") for tag in figures)
    assert load_catalogue(course)["tiny"].paper["next-word"].alt in {str(tag["/Alt"]) for tag in figures}
    assert pdf.pages[0].images or any(page.images for page in pdf.pages)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"GIF89a"])
def test_a_file_that_is_no_picture_is_a_box_with_words_and_never_a_broken_picture(tmp_path, content):
    file = tmp_path / "bars.png"
    file.write_bytes(content)
    pdf = reader(page_of(picture("Ten bars.", str(file))))
    assert "Tenbars." in text_of(pdf)


def test_a_picture_that_breaks_off_is_said_in_one_sentence(tmp_path):
    file = tmp_path / "bars.png"
    file.write_bytes(png(40, 40)[:40])
    with pytest.raises(PrintFailed, match="can't be typeset"):
        press(page_of(picture("Ten bars.", str(file))))


HOSTILE = (
    '#import "x": * \\ $a$ @b *c* _d_ `e` <f> // g /* h */ [i] #{panic()} = j - k + l / m ~ #"n" \\u{41} #sys.inputs'
)


def test_no_text_is_read_as_a_command():
    blocks = (
        prose([paragraph(HOSTILE)]),
        writing(HOSTILE, HOSTILE, 2, HOSTILE),
        choice(HOSTILE, HOSTILE, [HOSTILE]),
        exercise(HOSTILE, read_markdown("x"), [HOSTILE], False),
        picture(HOSTILE),
    )
    text = text_of(reader(page_of(*blocks)))
    assert text.count(squeezed(HOSTILE)) >= 6


# What an author may type: an American keyboard and the letters of Western Europe. (Where a font builds a letter from
# two parts, the PDF says so, but pypdf reads the parts.)
TYPED = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_categories=["Cc", "Zs", "Cf"]),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(TYPED, TYPED)
def test_every_text_comes_out_as_it_went_in(first, second):
    text = text_of(reader(page_of(prose([paragraph(f"[{first}]")]), writing(f"[{second}]", "", 1))))
    assert unjoined(f"[{first}]") in unjoined(text)
    assert unjoined(f"[{second}]") in unjoined(text)


def unjoined(text: str) -> str:
    """Letters that a font joins are taken out joined by some readers."""
    return text.replace("\ufb01", "fi").replace("\ufb02", "fl").replace("\ufb00", "ff").replace("\u0149", "\u02bcn")


def test_signs_that_no_font_has_become_words_and_are_named():
    pdf, missing = press(page_of(writing(f"Say {CHINESE} {SMILEY}!", "", 1)), system_fonts=False)
    assert missing == CHINESE + SMILEY
    assert "Say[Chinesecharacters][grinningface]!" in text_of(PdfReader(BytesIO(pdf)))


def test_letters_of_the_classs_languages_that_the_fonts_have_are_shown():
    words = "\u00bfQu\u00e9 ni\u00f1o? \u00c7a va. Vi\u1ec7t. \u041f\u0440\u0438\u0432\u0435\u0442. \u2192 \u2713"
    pdf, missing = press(page_of(writing(words, "", 1)), system_fonts=False)
    assert missing == ""
    assert squeezed(words) in text_of(PdfReader(BytesIO(pdf)))


def test_neighbors_of_one_script_share_a_name():
    words = f"a{CHINESE}b\u0939\u093f\u0928\u094d\u0926\u0940"
    assert in_words(words, set(words) - set("ab")) == "a[Chinese characters]b[Devanagari letters]"
    assert in_words(words, set()) == words


def test_signs_that_belong_together_share_a_bracket():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert in_words(f"a {family}!", set(family)) == "a [man, woman, girl]!"
    assert in_words("a\u200db", {"\u200d"}) == "ab"


def test_control_signs_do_no_harm():
    assert "ab" in text_of(reader(page_of(writing("a\x00\x07\x1b\ud800b", "", 1))))


def test_without_the_typesetter_it_says_what_to_do(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(PrintFailed, match="--html-only"):
        press(page_of())
    assert room.FONTS.joinpath("OFL.txt").is_file()


@pytest.mark.parametrize(("steps", "pages"), [(3, 1), (60, 3)])
def test_a_station_card_fills_its_page_and_a_long_one_loses_nothing(steps, pages):
    lines = tuple(f"Step number {number} of this station." for number in range(steps))
    found = Station(title="The machine", minutes=9, led_by="ITS", steps=lines, ask="Why?", done_when="All is done.")
    pdf = reader(page_of(new_page(), station(found, 1, 2), new_page()))
    assert len(pdf.pages) == 1 + pages
    for line in lines:
        assert squeezed(line) in text_of(pdf)
    assert "Allisdone." in text_of(pdf)


def test_a_station_card_shows_emphasis_and_not_its_asterisks():
    found = Station(
        title="The machine",
        minutes=9,
        led_by="LMS",
        needs=("the card *Teach it*",),
        steps=("Press *Who is **behind** it?*",),
        ask="Why *that* one?",
        done_when="2. is ticked.",
    )
    text = text_of(reader(page_of(station(found, 1, 1))))
    assert "*" not in text
    assert "PressWhoisbehindit?" in text
    assert "2.isticked." in text
    assert "<li>Press <em>Who is <strong>behind</strong> it?</em></li>" in to_html(page_of(station(found, 1, 1)))


def test_rows_of_a_table_become_cards_that_can_be_cut_out():
    (node,) = read_markdown("| card | bus | pet | secret: |\n|-|-|-|-|\n| 1 | Mill | cat | hums |\n| 2 | Ferry | | |\n")
    block = cut_outs(node)
    assert block["cards"] == [
        {"word": "Card 1", "lines": ["bus Mill \u00b7 pet cat", "secret: hums"]},
        {"word": "Card 2", "lines": ["bus Ferry"]},
    ]
    text = text_of(reader(page_of(block)))
    for words in ("Card1", "petcat", "secret:hums", "Card2"):
        assert words in text
