"""The reading level is near the published formula, and looks at prose only."""

import pytest

from kit.lessons.check.reading import count_syllables, grade_level, plain_text

EASY = "The cat sat on the mat. The dog ran to the door. We had a lot of fun. " * 8
HARD = (
    "Institutional accountability necessitates comprehensive documentation of methodological considerations, "
    "particularly regarding interdisciplinary collaborations. "
) * 10


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("the", 1),
        ("machine", 2),
        ("idea", 2),
        ("people", 2),
        ("probability", 5),
        ("temperature", 4),
        ("X", 1),
        ("7", 1),
    ],
)
def test_syllables_are_counted_nearly_as_people_say_them(word, syllables):
    assert count_syllables(word) == syllables


def test_easy_and_hard_texts_are_far_apart():
    assert grade_level(EASY) < 2
    assert grade_level(HARD) > 18


def test_a_text_of_a_few_words_has_no_level():
    assert grade_level("The cat sat on the mat.") is None


def test_headings_marks_links_and_code_are_not_prose():
    source = "## Wonder\n\n**Look** at [the moon](https://example.org) with `lesson.respond`.\n\n- first\n- second\n"
    words = plain_text(source).split()
    assert words == ["Look", "at", "the", "moon", "with", ".", "first", "second"]
