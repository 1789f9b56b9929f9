"""What is on the pages, apart from how it looks: blocks that both printers draw.

A block is a mapping with a ``kind``, plain enough for a JSON file. Each kind has its form in ``templates/page.typ`` and
in ``templates/page.html.j2``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any, Literal

from kit.lessons import Card, Rubric, Station
from kit.paper.markdown import Node, read_markdown, text, words_of

Block = dict[str, Any]
SCALE = 5
# A hand in middle school writes about so many words on one line of a letter page.
_WORDS_ON_A_LINE = 9
_FEWEST_LINES, _MOST_LINES = 3, 12
_WORD_CARDS = "Cut along the dashed lines. Keep the cards beside you, or mix them and match them with a partner."
_CUT_OUTS = "Cut along the dashed lines."


@dataclass(frozen=True, slots=True)
class Document:
    """Pages for one reader.

    Attributes
    ----------
    title
        The lesson's title: in the file's properties, on the first page and at the foot of each.
    eyebrow
        The small line above the title.
    lead
        The line below it.
    named
        Whether there is a place for a name and a date.
    """

    title: str
    audience: Literal["student", "facilitator"]
    eyebrow: str
    lead: str
    named: bool
    blocks: tuple[Block, ...]
    lang: str = "en"

    def to_data(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return asdict(self)


def prose(nodes: Sequence[Node]) -> Block:
    """Return running text."""
    return {"kind": "prose", "nodes": list(nodes)}


def writing(label: str, aid: str, lines: int, goal: str = "") -> Block:
    """Return a question with lines to write on."""
    return {"kind": "writing", "label": label, "aid": aid, "lines": lines, "goal": goal}


def choice(label: str, aid: str, options: Sequence[str]) -> Block:
    """Return a question with boxes to mark."""
    return {"kind": "choice", "label": label, "aid": aid, "options": list(options)}


def scale(label: str, aid: str, low: str, high: str) -> Block:
    """Return five steps between two ends."""
    return {"kind": "scale", "label": label, "aid": aid, "low": low, "high": high, "steps": list(range(1, SCALE + 1))}


def prediction(label: str, aid: str) -> Block:
    """Return a box for a bet."""
    return {"kind": "prediction", "label": label, "aid": aid, "lines": 3}


def exercise(title: str, text: Sequence[Node], sentences: Sequence[str], again: bool) -> Block:
    """Return what stands in an exercise's place.

    Parameters
    ----------
    text
        What to do on paper.
    sentences
        Sentences to bet on.
    again
        Whether the reader has met it before, so that the text isn't needed again.
    """
    return {
        "kind": "exercise",
        "title": title,
        "text": list(text),
        "sentences": list(sentences),
        "again": again,
    }


def picture(alt: str, file: str = "") -> Block:
    """Return a picture with its words; without a file, a box with the words."""
    return {"kind": "picture", "alt": alt, "file": file}


def source_log(number: int) -> Block:
    """Return places for sources, with the three questions."""
    return {"kind": "sources", "numbers": list(range(1, number + 1))}


def claim(label: str, aid: str) -> Block:
    """Return places for claim, evidence and reasoning."""
    return {"kind": "claim", "label": label, "aid": aid}


def statement() -> Block:
    """Return the AI-use statement."""
    return {"kind": "statement"}


def cards(words: Sequence[Card]) -> Block:
    """Return word cards to cut out."""
    made = [{"word": card.word, "lines": [card.meaning]} for card in words]
    return {"kind": "cards", "aid": _WORD_CARDS, "cards": made}


def cut_outs(table: Node) -> Block:
    """Return a card to cut out for each row of a table: the first column names it, the last has a line of its own."""
    first, *heads = [words_of(cell) for cell in table["head"]]
    made = []
    for row in table["rows"]:
        name, *cells = [words_of(cell) for cell in row]
        *facts_, end = [f"{head} {cell}" if cell else "" for head, cell in zip(heads, cells, strict=True)]
        lines = [" \u00b7 ".join(fact for fact in facts_ if fact), end]
        made.append({"word": f"{first} {name}".capitalize(), "lines": [line for line in lines if line]})
    return {"kind": "cards", "aid": _CUT_OUTS, "cards": made}


def station(found: Station, number: int, all_: int) -> Block:
    """Return a station card, for a page of its own."""
    who = {"students": "Your group works by itself here."}.get(found.led_by, f"The {found.led_by} is here with you.")
    return {
        "kind": "station",
        "number": number,
        "all": all_,
        "who": who,
        "title": found.title,
        "minutes": found.minutes,
        "needs": [_line(need) for need in found.needs],
        "steps": [_line(step) for step in found.steps],
        "ask": _line(found.ask),
        "done_when": _line(found.done_when),
    }


def _line(words: str) -> list[Node]:
    """Read one line's emphasis; a line that would become more than a paragraph stays as it is."""
    found = read_markdown(words)
    return found[0]["c"] if len(found) == 1 and found[0]["t"] == "p" else [text(words)]


def facts(pairs: Sequence[tuple[str, str]]) -> Block:
    """Return names with what they are."""
    return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}


def rubric(found: Rubric, points: int) -> Block:
    """Return the four levels of a rubric side by side."""
    levels = [{"points": level.points, "name": level.name, "text": level.text} for level in found.levels]
    return {"kind": "rubric", "title": found.title, "looks_at": found.looks_at, "points": points, "levels": levels}


def new_page() -> Block:
    """Let what follows begin on a new page."""
    return {"kind": "new-page"}


def lines_for(most_words: int) -> int:
    """Return how many lines an answer of so many words needs."""
    return max(_FEWEST_LINES, min(_MOST_LINES, ceil(most_words / _WORDS_ON_A_LINE)))
