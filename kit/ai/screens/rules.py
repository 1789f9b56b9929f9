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
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kit.ai.screens.letters import plain

__all__ = ["Rules", "load_rules"]

_GAP = r"(?: [^ ]+){0,3}"
_GROUP_LINE = re.compile(r"([a-z-]+) = (.+)")


@dataclass(frozen=True, slots=True)
class Rules:
    """A list of phrases, ready to look for in plain forms."""

    phrases: re.Pattern[str]
    exceptions: re.Pattern[str]

    def hit(self, form: str) -> bool:
        """Tell whether a plain form has one of the phrases."""
        return self.phrases.search(self.exceptions.sub(" ", form)) is not None


@cache
def load_rules(name: str) -> Rules:
    """Return the rules of a file in ``data``, read once."""
    text = (files("kit.ai.screens") / "data" / name).read_text(encoding="utf-8")
    return _parse(text.splitlines())


def _parse(lines: list[str]) -> Rules:
    groups: dict[str, str] = {}
    phrases: list[str] = []
    exceptions: list[str] = []
    for line in (line.strip() for line in lines):
        if not line or line.startswith("#"):
            continue
        if group := _GROUP_LINE.fullmatch(line):
            members = [_pattern(member, groups) for member in group[2].split(" / ")]
            groups[group[1]] = f"(?:{'|'.join(members)})"
        elif line.startswith("!"):
            exceptions.append(_pattern(line[1:].strip(), groups))
        else:
            phrases.append(_pattern(line, groups))
    return Rules(_any_of(phrases), _any_of(exceptions))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    # A lookahead keeps the space behind a phrase for the next one. No rules at all match nothing.
    return re.compile(rf"(?:{'|'.join(patterns) or '(?!)'})(?= )")


def _pattern(rule: str, groups: dict[str, str]) -> str:
    return "".join(_item(item, groups) for item in rule.split())


def _item(item: str, groups: dict[str, str]) -> str:
    if item == "~":
        return _GAP
    if item.startswith("[") and item.endswith("]"):
        return f"(?:{_item(item[1:-1], groups)})?"
    if item.startswith("<") and item.endswith(">"):
        return groups[item[1:-1]]
    return f" (?:{'|'.join(_word(word) for word in item.split('|'))})"


def _word(word: str) -> str:
    before = "[^ ]*" if word.startswith("*") else ""
    behind = "[^ ]*" if word.endswith("*") else ""
    return before + re.escape(plain(word.strip("*")).strip()) + behind
