"""What a text says reaches the nodes, whatever signs are in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.paper.markdown import paragraph, read_markdown, strong, table, words_of


def test_a_text_becomes_blocks():
    kinds = [node["t"] for node in read_markdown("# A\n\nb\n\n- c\n\n> d\n\n```\ne\n```\n\n---\n\n|f|\n|-|\n|g|\n")]
    assert kinds == ["h", "p", "list", "quote", "code", "rule", "table"]


def test_words_keep_their_weight():
    (node,) = read_markdown("so **very *old*** and `f(x)`")
    assert node["c"] == [
        {"t": "text", "s": "so "},
        {"t": "b", "c": [{"t": "text", "s": "very "}, {"t": "i", "c": [{"t": "text", "s": "old"}]}]},
        {"t": "text", "s": " and "},
        {"t": "code", "s": "f(x)"},
    ]


def test_lists_keep_their_numbers_and_their_inner_lists():
    (node,) = read_markdown("3. a\n4. b\n   - c\n")
    assert (node["ordered"], node["start"]) == (True, 3)
    assert [inner["t"] for inner in node["items"][1]] == ["p", "list"]


@pytest.mark.parametrize("text", ["<!-- hidden -->", "<script>alert(1)</script>", "<div>\n<b>\n</div>"])
def test_tags_and_comments_are_left_out(text):
    assert "<" not in words_of(read_markdown(text))


def test_a_tag_in_a_sentence_goes_and_its_words_stay_but_a_break_stays_a_break():
    (node,) = read_markdown("a <b>bold</b> word<br>next &amp; last")
    assert [inner["t"] for inner in node["c"]].count("br") == 1
    assert words_of([node]) == "a bold word next & last"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "notes.ipynb", "//a.example"])
def test_only_addresses_of_the_web_are_links(address):
    (node,) = read_markdown(f"[here]({address})")
    assert words_of([node]) == "here"
    assert "a" not in [inner["t"] for inner in node["c"]]


def test_a_picture_is_its_words():
    assert words_of(read_markdown("![three *bars*](bars.png)")) == "three bars"


def test_headings_sink_and_stop():
    (one, two) = read_markdown("# a\n\n###### b\n", level=3)
    assert (one["level"], two["level"]) == (4, 6)


def test_columns_share_the_width_and_empty_ones_can_be_written_on():
    (node,) = read_markdown(
        "| a long question about this lesson | who |\n|---|---|\n| what did a student say today? | |\n"
    )
    question, who = node["widths"]
    assert who >= question * 0.5
    assert table(["a", "b"], [])["widths"]


# No signs that Markdown reads, and none of its spaces at the ends.
PLAIN = st.text(
    st.characters(
        exclude_characters="\\`*_{}[]<>()#+-.!|&~:=\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029",
        exclude_categories=["Cs", "Cc", "Zs"],
    ),
    min_size=1,
)


@given(PLAIN)
def test_plain_words_come_through_unchanged(words):
    assert words_of(read_markdown(f"x{words}x")) == f"x{words}x"


@given(st.text(), st.integers(0, 5))
def test_any_text_can_be_read(text, level):
    for node in read_markdown(text, level):
        assert isinstance(node["t"], str)


def test_made_nodes_are_like_read_ones():
    assert [paragraph("so ", strong("much"))] == read_markdown("so **much**")
