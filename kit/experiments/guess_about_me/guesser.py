"""A machine that guesses what somebody never said, from what they like: naive Bayes, learned from the survey."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from kit.experiments.guess_about_me.survey import LIKES, TARGETS, Row, Survey

SMOOTHING = 1
"""Added to each count, so that what was never seen is not impossible."""

Likes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Guesser:
    """What the machine has counted.

    Attributes
    ----------
    answers
        How many rows gave each answer.
    seen
        How many rows gave an answer together with a like.
    options
        How many different likes of each kind there are.
    """

    answers: Mapping[str, int]
    seen: Mapping[tuple[str, str, str], int]
    options: Mapping[str, int]

    def guess(self, likes: Likes) -> dict[str, float]:
        """Return the chance of each answer, the likeliest first. Kinds of likes that aren't named don't count."""
        scores = {answer: self._score(answer, likes) for answer in self.answers}
        top = max(scores.values())
        weights = {answer: math.exp(score - top) for answer, score in scores.items()}
        total = sum(weights.values())
        ranked = sorted(weights, key=lambda answer: (-weights[answer], answer))
        return {answer: weights[answer] / total for answer in ranked}

    def _score(self, answer: str, likes: Likes) -> float:
        count = self.answers[answer]
        score = math.log((count + SMOOTHING) / (sum(self.answers.values()) + SMOOTHING * len(self.answers)))
        for kind, like in likes.items():
            score += math.log(
                (self.seen.get((answer, kind, like), 0) + SMOOTHING) / (count + SMOOTHING * self.options[kind])
            )
        return score


@dataclass(frozen=True, slots=True)
class Guess:
    """What the machine said about one row, and what that row's owner had answered."""

    row: Row
    guess: str
    chance: float
    truth: str

    @property
    def is_right(self) -> bool:
        """Whether the two are the same."""
        return self.guess == self.truth


@dataclass(frozen=True, slots=True)
class Trial:
    """The machine tried on every row, each time without having seen it.

    Attributes
    ----------
    commonest
        The answer that most rows gave.
    baseline
        How many rows somebody gets right who always says that.
    """

    guesses: tuple[Guess, ...]
    commonest: str
    baseline: int

    @property
    def right(self) -> int:
        """How many rows the machine got right."""
        return sum(guess.is_right for guess in self.guesses)

    @property
    def surest_wrong(self) -> Guess:
        """The wrong guess that the machine was surest about."""
        return max((guess for guess in self.guesses if not guess.is_right), key=lambda guess: guess.chance)


def train(survey: Survey, rows: Iterable[Row], target: str) -> Guesser:
    """Return what there is to count in these rows."""
    answers: Counter[str] = Counter(survey.values(target))
    answers.subtract(answers.copy())  # every answer is there, even one that none of these rows gave
    seen: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        answer = row.facts[target]
        answers[answer] += 1
        seen.update((answer, kind, row.facts[kind]) for kind in LIKES)
    return Guesser(answers, seen, {kind: len(survey.values(kind)) for kind in LIKES})


def guess_about(survey: Survey, target: str, likes: Likes) -> dict[str, float]:
    """Return the chance of each answer for somebody with these likes, learned from all rows."""
    return train(survey, survey.rows, target).guess(likes)


def try_all(survey: Survey, target: str) -> Trial:
    """Let the machine guess about each row after it has learned from all the others."""
    guesses = tuple(_try_one(survey, row, target) for row in survey.rows)
    [(commonest, baseline)] = Counter(row.facts[target] for row in survey.rows).most_common(1)
    return Trial(guesses, commonest, baseline)


def _try_one(survey: Survey, row: Row, target: str) -> Guess:
    guesser = train(survey, (other for other in survey.rows if other is not row), target)
    chances = guesser.guess({kind: row.facts[kind] for kind in LIKES})
    first, chance = next(iter(chances.items()))
    return Guess(row, first, chance, row.facts[target])


def read_likes(survey: Survey, value: object) -> Likes | None:
    """Return likes that somebody wrote, in one order; ``None`` if there is one that nobody can pick."""
    if not isinstance(value, Mapping) or not set(value) <= set(LIKES):
        return None
    likes = {kind: value[kind] for kind in LIKES if kind in value}
    return likes if all(like in survey.values(kind) for kind, like in likes.items()) else None


def is_target(value: object) -> TypeGuard[str]:
    """Tell whether the machine may be asked to guess this."""
    return isinstance(value, str) and value in TARGETS
