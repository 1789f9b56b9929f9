"""The machine that is taught: a multinomial naive Bayes classifier, trained on the first examples of the pile.

It counts how often each word stood in scams and in harmless messages. A word's weight is the logarithm of how many
times more likely the word is in a scam. To judge a message it adds up the weights of its words; above zero means scam.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kit.experiments.scam_filter.messages import Message

SIZES = (10, 20, 40, 80, 140)
SEED = 7
"""Decides which labels are turned over when the machine is taught wrong."""
WRONG_SHARE = 0.3
SMOOTHING = 1
"""Laplace's: each word is counted once more than it was seen, so that no word is impossible."""


@dataclass(frozen=True, slots=True)
class WordWeight:
    """One word that the machine knows.

    Attributes
    ----------
    weight
        Natural logarithm of how many times more likely the word is in a scam; below zero it speaks for harmless.
    in_scams, in_fine
        How often it stood in messages that the machine was told are scams, and harmless.
    """

    word: str
    weight: float
    in_scams: int
    in_fine: int


@dataclass(frozen=True, slots=True)
class Push:
    """What one word of a message adds to the sum.

    Attributes
    ----------
    weight
        ``None`` for a word that the machine has never seen: it adds nothing.
    """

    word: str
    weight: float | None


@dataclass(frozen=True, slots=True)
class Taught:
    """A trained machine.

    Attributes
    ----------
    start
        What the sum begins with: more scams among the examples, more suspicion.
    weights
        Every word it knows.
    """

    examples: int
    start: float
    weights: dict[str, WordWeight]

    def log_odds(self, words: Sequence[str]) -> float:
        """Return the sum for a message: natural logarithm of the odds that it's a scam."""
        return self.start + sum(push.weight or 0.0 for push in self.pushes(words))

    def pushes(self, words: Sequence[str]) -> tuple[Push, ...]:
        """Return what each word adds, in the order of the message."""
        known = (self.weights.get(word) for word in words)
        return tuple(Push(word, found.weight if found else None) for word, found in zip(words, known, strict=True))

    def flags(self, words: Sequence[str]) -> bool:
        """Tell whether the machine calls a message a scam."""
        return self.log_odds(words) > 0

    def leans_on(self, most: int) -> tuple[tuple[WordWeight, ...], tuple[WordWeight, ...]]:
        """Return the words that decide most, for scam and for harmless.

        What counts is the weight times how often the word was there: a heavy word that is hardly ever there decides
        little.
        """

        def say(one: WordWeight) -> tuple[float, str]:
            return -abs(one.weight) * (one.in_scams + one.in_fine), one.word

        ranked = sorted(self.weights.values(), key=say)
        scam = [one for one in ranked if one.weight > 0]
        fine = [one for one in ranked if one.weight < 0]
        return tuple(scam[:most]), tuple(fine[:most])


def teach(known: Sequence[Message], examples: int, wrong: bool = False, seed: int = SEED) -> Taught:
    """Train the machine on the first examples of the pile.

    Parameters
    ----------
    known
        The messages to learn from, in order.
    examples
        How many of them.
    wrong
        Whether some examples carry the wrong label.
    seed
        Decides which.
    """
    turned = turned_over(len(known), seed) if wrong else frozenset()
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    messages = dict.fromkeys((True, False), 0)
    for place, message in enumerate(known[:examples]):
        label = message.is_scam != (place in turned)
        counts[label].update(message.words)
        messages[label] += 1
    vocabulary = set(counts[True]) | set(counts[False])
    start = math.log((messages[True] + SMOOTHING) / (messages[False] + SMOOTHING))
    return Taught(min(examples, len(known)), start, _weigh(vocabulary, counts[True], counts[False]))


def turned_over(size: int, seed: int = SEED) -> frozenset[int]:
    """Return the places of the examples whose label is turned over: the same share in every stretch of the pile."""
    dice = random.Random(seed)  # noqa: S311 - everybody gets the same mistakes
    edges = [0, *(one for one in SIZES if one < size), size]
    return frozenset(
        place
        for start, end in pairwise(edges)
        for place in dice.sample(range(start, end), round(WRONG_SHARE * (end - start)))
    )


def _weigh(vocabulary: set[str], scams: Counter[str], fine: Counter[str]) -> dict[str, WordWeight]:
    all_scam = scams.total() + SMOOTHING * len(vocabulary)
    all_fine = fine.total() + SMOOTHING * len(vocabulary)
    weights = {}
    for word in sorted(vocabulary):
        in_scam = (scams[word] + SMOOTHING) / all_scam
        in_fine = (fine[word] + SMOOTHING) / all_fine
        weights[word] = WordWeight(word, math.log(in_scam / in_fine), scams[word], fine[word])
    return weights
