"""How hard the students' prose is to read: the Flesch-Kincaid grade, against the lesson's grade band."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any

from kit.lessons.check.finding import Finding
from kit.lessons.check.notebook import LessonNotebook
from kit.lessons.model import Lesson

# The measure means little on less text than this.
FEWEST_WORDS = 100
_PROSE_ARGUMENTS = ("label", "help")
_NOISE = re.compile(r"<!--.*?-->|<[^>]+>|\$[^$]*\$|`[^`]*`|https?://\S+", re.S)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
# A heading is no sentence; counted as one it would make any page look easy.
_HEADING = re.compile(r"^#+ .*$", re.M)
_MARKS = re.compile(r"[*_#>|]+|^\s*(?:[-+]|\d+\.)\s+", re.M)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d)]*\s+(?=[\"'\u201c(]*[A-Z0-9])|\n\s*\n")
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z]+(?:['\u2019-][A-Za-z]+)*|\d+")


def grade_level(text: str) -> float | None:
    """Return the Flesch-Kincaid grade of a text; ``None`` if it is too short to say.

    The formula is Kincaid's of 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59.
    """
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str) -> int:
    """Return about how many syllables an English word has.

    A hyphenation dictionary knows most breaks, but not those that leave one letter alone (*i-dea*); groups of vowels
    know those, but not *peo-ple*. The larger count is taken, so the measure errs on the hard side.
    """
    lowered = word.lower()
    stem = lowered[:-1] if lowered.endswith("e") else lowered
    return max(1, len(_hyphenation().positions(lowered)) + 1, len(_VOWELS.findall(stem)))


@cache
def _hyphenation() -> Any:
    from pyphen import Pyphen

    return Pyphen(lang="en_US", left=1, right=1)


def student_prose(notebook: LessonNotebook) -> str:
    """Return all that a student of the core lesson reads: the texts, and the labels and hints of the fields."""
    parts = [plain_text(cell.source) for cell in notebook.shown("markdown")]
    for cell, call in notebook.calls():
        if cell.is_shown:
            parts += [text for name in _PROSE_ARGUMENTS if isinstance(text := call.named.get(name), str)]
    return "\n\n".join(parts)


def plain_text(markdown: str) -> str:
    """Return Markdown as the words that a reader sees."""
    # List items are split off before their marks go, so that each counts as a sentence.
    text = _NOISE.sub(" ", _LINK.sub(r"\1", markdown))
    items = re.sub(r"\n(?=\s*(?:[-+*]|\d+\.)\s)", "\n\n", text)
    return unescape(_MARKS.sub("", _HEADING.sub("\n", items)))


def check_reading(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    """Yield a finding when the prose is too hard, or much too easy, for the grades it is for."""
    grade = grade_level(student_prose(notebook))
    if grade is None:
        return
    lowest, highest = lesson.reading_grade
    if grade > highest:
        yield Finding(
            notebook.file,
            "",
            "reading-too-hard",
            f"The prose reads like grade {grade:.1f}; this lesson allows {highest:g}.",
            "Use shorter sentences and shorter words.",
        )
    elif grade < lowest:
        yield Finding(
            notebook.file,
            "",
            "reading-too-easy",
            f"The prose reads like grade {grade:.1f}; this lesson wants at least {lowest:g}.",
            "Check that it doesn't talk down to the students.",
            level="warning",
        )
