"""How well a row hides: who looks the same once a survey is published, and what it can still be used for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from kit.experiments.guess_about_me.survey import BOARD, OUT, Fact, Question, Setting, Survey

START: Setting = {"birthday": "month", "bus": "line", "pet": "kind"}
"""The three facts of the first count."""

GOAL = 3
"""The smallest crowd that is large enough."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a published survey says about a question of the school; ``None`` when it can't say it."""

    question: Question
    counts: Mapping[str, int] | None

    @property
    def text(self) -> str:
        """The answer in words."""
        if not self.counts:
            return "can't be answered"
        (first, most), *rest = self.counts.items()
        if rest and rest[0][1] == most:
            return f"a tie at {most}"
        return f"{first}: {most} of {sum(self.counts.values())}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a setting leads to.

    Attributes
    ----------
    crowds
        The numbers of the rows that look the same, the smallest crowd first.
    answers
        What can still be said about each question of the school.
    detail
        How many details the setting keeps.
    """

    crowds: tuple[tuple[int, ...], ...]
    answers: tuple[Answer, ...]
    detail: int

    @property
    def smallest(self) -> int:
        """The size of the smallest crowd: what is called *k*."""
        return len(self.crowds[0])

    @property
    def alone(self) -> int:
        """How many rows look like no other."""
        return sum(len(crowd) == 1 for crowd in self.crowds)

    @property
    def reaches_goal(self) -> bool:
        """Whether every row hides in a crowd, and every question has its answer."""
        return self.smallest >= GOAL and all(answer.counts for answer in self.answers)

    def to_result(self) -> dict[str, Any]:
        """Return what the journal keeps."""
        answered = [answer.question.id for answer in self.answers if answer.counts]
        return {"crowds": len(self.crowds), "alone": self.alone, "smallest": self.smallest, "answered": answered}


def read_setting(value: object) -> Setting | None:
    """Return a setting that somebody wrote, with what is left out named; ``None`` if it is none."""
    if not isinstance(value, Mapping) or not set(value) <= set(BOARD):
        return None
    setting = {fact: value.get(fact, OUT) for fact in BOARD}
    known = all(
        isinstance(level, str) and level in {one.id for one in BOARD[fact].levels} for fact, level in setting.items()
    )
    return setting if known else None


def publish(survey: Survey, setting: Setting) -> Outcome:
    """Return what a setting leads to.

    Parameters
    ----------
    survey
        The rows.
    setting
        As ``read_setting`` returns it.
    """
    kept = [(fact, level) for fact, level in setting.items() if level != OUT]
    crowds: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in survey.rows:
        crowds[tuple(survey.publish(row, fact, level) for fact, level in kept)].append(row.number)
    ordered = sorted((tuple(crowd) for crowd in crowds.values()), key=lambda crowd: (len(crowd), crowd))
    answers = tuple(_answer(survey, question, setting) for question in survey.school.questions)
    return Outcome(tuple(ordered), answers, sum(BOARD[fact].level(level).detail for fact, level in kept))


def count_ways(survey: Survey) -> int:
    """Return how many settings reach the goal."""
    settings = (dict(zip(BOARD, levels, strict=True)) for levels in product(*map(_level_ids, BOARD.values())))
    # A class reaches the goal at the same time, so each column is published once and not once for each of the settings.
    columns = {
        (fact.id, level): [survey.publish(row, fact.id, level) for row in survey.rows] if level != OUT else []
        for fact in BOARD.values()
        for level in _level_ids(fact)
    }
    return sum(_smallest(columns, setting) >= GOAL for setting in settings if _answers_all(survey, setting))


def _smallest(columns: Mapping[tuple[str, str], list[str]], setting: Setting) -> int:
    kept = [column for key in setting.items() if (column := columns[key])]
    return min(Counter(zip(*kept, strict=True)).values(), default=0)


def _level_ids(fact: Fact) -> list[str]:
    return [level.id for level in fact.levels]


def _answers_all(survey: Survey, setting: Setting) -> bool:
    return all(_can_answer(question, setting) for question in survey.school.questions)


def _can_answer(question: Question, setting: Setting) -> bool:
    # What is published more finely can be added up; what is published more coarsely can't be taken apart.
    fact = BOARD[question.fact]
    return fact.level(setting[question.fact]).detail >= fact.level(question.level).detail


def _answer(survey: Survey, question: Question, setting: Setting) -> Answer:
    if not _can_answer(question, setting):
        return Answer(question, None)
    counts = Counter(survey.publish(row, question.fact, question.level) for row in survey.rows)
    return Answer(question, dict(counts.most_common()))


def describe_setting(setting: Setting) -> str:
    """Return what a setting publishes, such as ``grade, side of town, kind of club``."""
    kept = [_name(fact, level) for fact, level in setting.items() if level != OUT]
    return ", ".join(kept) or "nothing"


def _name(fact: str, level: str) -> str:
    label = BOARD[fact].level(level).label
    return {"birthday": f"birthday ({label})", "wake": f"getting up ({label})"}.get(fact, label)
