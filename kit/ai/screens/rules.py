"""A small language for phrases, so that a counselor can read and extend a list without knowing regular expressions.

One rule a line; ``#`` starts a comment line. A rule is words with spaces between them:

====================  ============================================================
``word``              that word, in any disguise that `letters` sees through
``word*`` ``*word*``  a word that starts with it, or has it inside
``one|two|three``     any of these words
``[word]``            the word may be missing; also ``[one|two]``
``~``                 up to three words, whatever they are
``<name>``            a group of phrases, defined by a line ``name = phrase / phrase / phrase``
``! rule``            an exception: these words are taken out before the rules look
====================  ============================================================
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kit.ai.screens.letters import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Rules", "load_rules"]

_GAP = r"(?: [^ ]+){0,3}"
_GROUP_LINE = re.compile(r"([a-z-]+) = (.+)")
_WORD = re.compile(" ([^ ]+)")


@dataclass(frozen=True, slots=True)
class Rules:
    """A list of phrases, ready to look for in plain forms.

    Attributes
    ----------
    by_first_word
        The phrases, under each word that they can begin with: at one word of a text, few of them are worth a try.
    anywhere
        Phrases of which only a part of the first word is known.
    exceptions
        What is taken out before.
    """

    by_first_word: Mapping[str, Sequence[re.Pattern[str]]]
    anywhere: re.Pattern[str]
    exceptions: re.Pattern[str]

    def hit(self, form: str) -> bool:
        """Tell whether a plain form has one of the phrases."""
        rest = self.exceptions.sub(" ", form)
        if self.anywhere.search(rest):
            return True
        words = ((word.start(), self.by_first_word.get(word[1], ())) for word in _WORD.finditer(rest))
        return any(phrase.match(rest, place) for place, phrases in words for phrase in phrases)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One rule: its pattern, and the words that it can begin with; none if one of those is known only in part."""

    pattern: str
    first_words: frozenset[str]


@cache
def load_rules(name: str) -> Rules:
    """Return the rules of a file in ``data``, read once."""
    text = (files("kit.ai.screens") / "data" / name).read_text(encoding="utf-8")
    return _parse(text.splitlines())


def _parse(lines: list[str]) -> Rules:
    groups: dict[str, _Phrase] = {}
    phrases: list[_Phrase] = []
    exceptions: list[str] = []
    for line in (line.strip() for line in lines):
        if not line or line.startswith("#"):
            continue
        if group := _GROUP_LINE.fullmatch(line):
            groups[group[1]] = _either([_phrase(member, groups) for member in group[2].split(" / ")])
        elif line.startswith("!"):
            exceptions.append(_phrase(line[1:].strip(), groups).pattern)
        else:
            phrases.append(_phrase(line, groups))
    return Rules(
        _by_first_word(phrases), _any_of([one.pattern for one in phrases if not one.first_words]), _any_of(exceptions)
    )


def _by_first_word(phrases: Iterable[_Phrase]) -> Mapping[str, Sequence[re.Pattern[str]]]:
    found: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
    for phrase in phrases:
        pattern = _any_of([phrase.pattern])
        for word in phrase.first_words:
            found[word].append(pattern)
    return dict(found)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    # A lookahead keeps the space behind a phrase for the next one. No rules at all match nothing.
    return re.compile(rf"(?:{'|'.join(patterns) or '(?!)'})(?= )")


def _either(members: Sequence[_Phrase]) -> _Phrase:
    known = all(member.first_words for member in members)
    first = frozenset().union(*(member.first_words for member in members)) if known else frozenset()
    return _Phrase(f"(?:{'|'.join(member.pattern for member in members)})", first)


def _phrase(rule: str, groups: Mapping[str, _Phrase]) -> _Phrase:
    items = rule.split()
    return _Phrase("".join(_item(item, groups) for item in items), _first_words(items, groups))


def _first_words(items: Sequence[str], groups: Mapping[str, _Phrase]) -> frozenset[str]:
    """Return every word that can come first; words that may be missing leave the place to the next."""
    found: set[str] = set()
    for item in items:
        may_be_missing = item.startswith("[")
        words = _words(item.strip("[]"), groups)
        if not words:
            return frozenset()
        found |= words
        if not may_be_missing:
            return frozenset(found)
    return frozenset()


def _words(item: str, groups: Mapping[str, _Phrase]) -> frozenset[str]:
    if item.startswith("<"):
        return groups[item[1:-1]].first_words
    words = item.split("|")
    return frozenset() if item == "~" or "*" in item else frozenset(plain(word).split()[0] for word in words)


def _item(item: str, groups: Mapping[str, _Phrase]) -> str:
    if item == "~":
        return _GAP
    if item.startswith("[") and item.endswith("]"):
        return f"(?:{_item(item[1:-1], groups)})?"
    if item.startswith("<") and item.endswith(">"):
        return groups[item[1:-1]].pattern
    return f" (?:{'|'.join(_word(word) for word in item.split('|'))})"


def _word(word: str) -> str:
    before = "[^ ]*" if word.startswith("*") else ""
    behind = "[^ ]*" if word.endswith("*") else ""
    return before + re.escape(plain(word.strip("*")).strip()) + behind
