"""The survey of a made-up school, and how exactly each fact in it can be published."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kit.errors import LessonError
from kit.lessons.files import Record, make_record, read_yaml

OUT = "out"
"""The level at which a fact is left out."""

LIKES = ("snack", "music", "weekend", "device")
"""What a machine may guess from."""

TARGETS = ("little_sibling", "grade")
"""What a machine may be asked to guess."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = ("winter", "spring", "summer", "fall")
BREAKFAST = 6 * 60 + 30


@dataclass(frozen=True, slots=True)
class Level:
    """One way to publish a fact: exactly, rounded, or not at all.

    Attributes
    ----------
    detail
        How much it keeps, for the count of details; ``0`` when left out.
    """

    id: str
    label: str
    detail: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A question of the survey, with the ways to publish its answers, the most exact first."""

    id: str
    label: str
    levels: tuple[Level, ...]

    def level(self, level_id: str) -> Level:
        """Return a level by its id, or raise ``KeyError``."""
        return {level.id: level for level in self.levels}[level_id]


def _fact(fact_id: str, label: str, **levels: str) -> Fact:
    kept = [
        Level(key.replace("_", "-"), text, detail)
        for detail, (key, text) in zip(range(len(levels), 0, -1), levels.items(), strict=True)
    ]
    return Fact(fact_id, label, (*kept, Level(OUT, "leave out", 0)))


BOARD: dict[str, Fact] = {
    fact.id: fact
    for fact in (
        _fact("birthday", "Birthday", day="day", month="month", season="season"),
        _fact("grade", "Grade", grade="grade"),
        _fact("bus", "Bus", line="bus line", side="side of town"),
        _fact("wake", "Gets up at", minute="minute", half_hour="half hour", early="early or late"),
        _fact("pet", "Pet", kind="kind of pet", any="pet or no pet"),
        _fact("club", "Club", club="club", kind="kind of club"),
    )
}
"""The facts that the school may publish."""

Setting = Mapping[str, str]
"""For each fact of the board the id of its level; a fact that isn't named is left out."""


class Question(Record):
    """What the school wants to know, and the coarsest level at which the survey can still say it."""

    id: str
    text: str
    fact: str
    level: str


class School(Record):
    """How the rows can be rounded: which bus drives where, which club is of which kind."""

    sides: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one student of the made-up school answered. There is no name in it."""

    number: int
    facts: Mapping[str, str]
    secret: str


@dataclass(frozen=True, slots=True)
class Survey:
    """All rows, with what is needed to round them."""

    rows: tuple[Row, ...]
    school: School

    def publish(self, row: Row, fact: str, level: str) -> str:
        """Return what stands in a row when a fact is published at a level.

        Raises
        ------
        KeyError
            If there is no such fact or level.
        """
        if fact not in BOARD:
            return row.facts[fact]
        return _ROUND[fact][level](row.facts[fact], self.school)

    def values(self, fact: str) -> tuple[str, ...]:
        """Return every answer that was given, in alphabetical order."""
        return tuple(sorted({row.facts[fact] for row in self.rows}))


def load_survey(folder: Path) -> Survey:
    """Read the survey from a lesson's data.

    Raises
    ------
    LessonError
        Naming the file that is missing or broken.
    """
    school = make_record(School, read_yaml(folder / "school.yml"), folder / "school.yml")
    file = folder / "survey.csv"
    try:
        rows = _read_rows(file)
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError):
        raise LessonError(f"The file {file.name} is not the survey.", mend="Put it back as it came.") from None
    survey = Survey(rows, school)
    _try_all(survey, file)
    return survey


def _read_rows(file: Path) -> tuple[Row, ...]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = tuple(_read_row(values) for values in csv.DictReader(text))
    if not rows:
        raise ValueError("there are no rows")
    return rows


def _read_row(values: Mapping[str, str]) -> Row:
    facts = {name: values[name] for name in dict.fromkeys((*BOARD, *LIKES, *TARGETS))}
    if not all(facts.values()):
        raise ValueError("an answer is missing")
    return Row(int(values["row"]), facts, values["rather_not_say"])


def _try_all(survey: Survey, file: Path) -> None:
    # A bus that drives on no side of town must be told now, and not to a student.
    try:
        for row in survey.rows:
            for fact in BOARD.values():
                for level in fact.levels:
                    survey.publish(row, fact.id, level.id)
    except (LookupError, ValueError):
        raise LessonError(f"The files {file.name} and school.yml don't fit together.") from None


def _day(value: str, _: School) -> str:
    month, day = value.split("-")
    return f"{MONTHS[int(month) - 1]} {int(day)}"


def _month(value: str, _: School) -> str:
    return MONTHS[int(value[:2]) - 1]


def _season(value: str, _: School) -> str:
    return SEASONS[int(value[:2]) % 12 // 3]


def _minutes(value: str) -> int:
    hours, minutes = value.split(":")
    return int(hours) * 60 + int(minutes)


def _half_hour(value: str, _: School) -> str:
    start = _minutes(value) // 30 * 30
    end = start + 29
    return f"{start // 60}:{start % 60:02} to {end // 60}:{end % 60:02}"


def _early(value: str, _: School) -> str:
    return "before 6:30" if _minutes(value) < BREAKFAST else "6:30 or later"


def _same(value: str, _: School) -> str:
    return value


def _pet(value: str, _: School) -> str:
    return "no pet" if value == "none" else value


def _any_pet(value: str, _: School) -> str:
    return "no pet" if value == "none" else "has a pet"


def _side(value: str, school: School) -> str:
    return _group(value, school.sides)


def _kind(value: str, school: School) -> str:
    return _group(value, school.kinds)


def _group(value: str, groups: Mapping[str, tuple[str, ...]]) -> str:
    return {member: name for name, members in groups.items() for member in members}[value]


def _left_out(_: str, __: School) -> str:
    return "-"


_ROUND: dict[str, dict[str, Callable[[str, School], str]]] = {
    "birthday": {"day": _day, "month": _month, "season": _season, OUT: _left_out},
    "grade": {"grade": lambda value, _: f"grade {value}", OUT: _left_out},
    "bus": {"line": _same, "side": _side, OUT: _left_out},
    "wake": {"minute": _same, "half-hour": _half_hour, "early": _early, OUT: _left_out},
    "pet": {"kind": _pet, "any": _any_pet, OUT: _left_out},
    "club": {"club": _same, "kind": _kind, OUT: _left_out},
}
