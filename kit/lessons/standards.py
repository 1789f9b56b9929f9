"""Standards that lessons refer to: code, own-words line and link. Official wording is never copied."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from kit.errors import LessonError
from kit.lessons.files import Record, make_record, read_yaml

FOLDER = Path(__file__).with_name("standards")

Status = Literal["verified", "secondary", "from-memory"]


class Standard(Record):
    """One line of one version of one framework.

    Attributes
    ----------
    key
        How a lesson refers to it: the name of the data file, a colon, and the code, such as ``aasl-2018:V.A.2``.
    paraphrase
        What it asks for, in the kit's own words.
    verified_on
        The day on which the notes on its source were last gone through; ``None`` when no page has been compared.
    status
        ``verified`` (on the issuer's own page), ``secondary`` (on somebody else's page) or ``from-memory``.
    """

    key: str
    framework: str
    version: str
    code: str
    short_title: str
    paraphrase: str
    url: str
    licence: str
    verified_on: date | None
    status: Status


class _Line(Record):
    code: str
    short_title: str
    paraphrase: str
    verified_on: date | None
    status: Status


class _Framework(Record):
    framework: str
    version: str
    url: str
    licence: str
    standards: tuple[_Line, ...]


def find_standard(key: str) -> Standard:
    """Return the standard that a lesson refers to.

    Raises
    ------
    LessonError
        If the data hold no such standard: codes are looked up, never invented.
    """
    framework = key.partition(":")[0]
    found = load_framework(framework).get(key) if framework in framework_ids() else None
    if found is None:
        raise LessonError(
            f"No standard `{key}` is in the kit's data.", mend="Check the code, or add it with its source."
        )
    return found


@cache
def framework_ids() -> frozenset[str]:
    """Return the names of the frameworks that the kit has data on."""
    return frozenset(file.stem for file in FOLDER.glob("*.yml"))


@cache
def load_framework(name: str) -> dict[str, Standard]:
    """Return every standard of one framework by its key. Each file is read once, when a lesson first needs it."""
    file = FOLDER / f"{name}.yml"
    data = make_record(_Framework, read_yaml(file), file)
    shared = data.model_dump(exclude={"standards"})
    lines = (Standard(key=f"{name}:{line.code}", **shared, **line.model_dump()) for line in data.standards)
    return {standard.key: standard for standard in lines}
