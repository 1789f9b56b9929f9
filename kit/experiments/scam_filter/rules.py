"""The machine that is told: a list of words and phrases that mean scam."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kit.experiments.scam_filter.words import read_words

MOST_RULES = 8
LONGEST_RULE = 40

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a student told the machine.

    Attributes
    ----------
    phrases
        A message with any of these is a scam...
    unless
        ...unless it also has this one. Empty when there is no exception.
    """

    phrases: tuple[Phrase, ...]
    unless: Phrase = ()

    @classmethod
    def told(cls, rules: Iterable[str], unless: str = "") -> Rules:
        """Return the rules as the machine reads them: in small letters, each once, the empty ones left out."""
        phrases = dict.fromkeys(phrase for rule in rules if (phrase := read_words(rule)))
        return cls(tuple(phrases), read_words(unless))

    def hits(self, words: Sequence[str]) -> tuple[Phrase, ...]:
        """Return the rules that a message meets. The exception has no say in this."""
        return tuple(phrase for phrase in self.phrases if _has(words, phrase))

    def is_excused(self, words: Sequence[str]) -> bool:
        """Tell whether a message has the exception in it."""
        return bool(self.unless) and _has(words, self.unless)

    def flags(self, words: Sequence[str]) -> bool:
        """Tell whether the rules call a message a scam."""
        return bool(self.hits(words)) and not self.is_excused(words)

    def to_params(self) -> dict[str, object]:
        """Return what the journal keeps."""
        return {"rules": [" ".join(phrase) for phrase in self.phrases], "unless": " ".join(self.unless)}


def _has(words: Sequence[str], phrase: Phrase) -> bool:
    size = len(phrase)
    return any(tuple(words[start : start + size]) == phrase for start in range(len(words) - size + 1))
