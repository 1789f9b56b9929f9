"""Make the survey of the made-up Harborlight school: 120 rows, and the same rows each time.

Everything in it is drawn by chance from the lists below. Nobody was asked, so nobody can be found in it. The likes
lean on two things that the lesson lets a machine guess (a little brother or sister at home, and the grade), and the
time to get up leans on the bus, because a survey in which nothing hangs together would teach nothing.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

ROWS = 120
SEED = 249
"""Picked so that hiding in a crowd is hard in this survey, and possible in several ways; the tests say how many."""

FILE = Path(__file__).parents[1] / "notebooks/lessons/what-can-it-guess/data/survey.csv"
COLUMNS = (
    "row", "grade", "birthday", "bus", "wake", "pet", "club",
    "snack", "music", "weekend", "device", "little_sibling", "rather_not_say",
)  # fmt: skip

GRADES = {"6": 40, "7": 41, "8": 39}
BUSES = {"Mill": 31, "Orchard": 25, "Lighthouse": 23, "Ferry": 21, "Quarry": 20}
WAKE_MIDDLE = {
    "Mill": 6 * 60 + 36,
    "Orchard": 6 * 60 + 33,
    "Lighthouse": 6 * 60 + 32,
    "Ferry": 6 * 60 + 24,
    "Quarry": 6 * 60 + 22,
}
PETS = {"dog": 28, "cat": 24, "none": 34, "fish": 13, "hamster": 11, "lizard": 10}
CLUBS = {"robotics": 22, "art": 20, "soccer": 24, "chess": 14, "drama": 18, "band": 22}

LIKES: dict[str, dict[str, int]] = {
    "snack": {
        "pretzels": 10,
        "apple slices": 9,
        "cheese crackers": 10,
        "popcorn": 9,
        "fruit snacks": 9,
        "trail mix": 8,
    },
    "music": {"pop": 10, "movie songs": 9, "rock": 9, "game music": 9, "marching band": 6},
    "weekend": {"bakes": 9, "rides a bike": 9, "plays board games": 10, "builds models": 8, "skates": 8, "reads": 9},
    "device": {"family tablet": 10, "phone": 10, "radio": 9, "school laptop": 8, "game console": 8},
}
# How many times likelier a like is for those who have a little brother or sister, and for each grade.
LEAN_SIBLING = {
    "fruit snacks": 3.2, "apple slices": 2.0, "trail mix": 0.5, "pretzels": 0.6, "popcorn": 0.8,
    "movie songs": 3.4, "rock": 0.5, "game music": 0.6,
    "plays board games": 2.6, "bakes": 1.6, "skates": 0.5, "reads": 0.6,
    "family tablet": 3.0, "phone": 0.5, "school laptop": 0.6,
}  # fmt: skip
LEAN_GRADE: dict[str, Mapping[str, float]] = {
    "6": {
        "family tablet": 2.4,
        "phone": 0.4,
        "movie songs": 1.6,
        "builds models": 1.8,
        "game music": 1.5,
        "fruit snacks": 1.5,
    },
    "7": {"radio": 2.6, "game console": 1.6, "rides a bike": 1.8, "cheese crackers": 2.0, "pop": 1.8},
    "8": {
        "phone": 2.6,
        "school laptop": 1.8,
        "rock": 2.0,
        "skates": 2.0,
        "popcorn": 1.6,
        "family tablet": 0.5,
        "trail mix": 1.6,
    },
}
SIBLING_SHARE = 0.46

RATHER_NOT_SAY = (
    "still sleeps with a stuffed penguin", "has two library books that are a month late", "doesn't like pizza Friday",
    "is scared of geese", "hums during math tests", "has never learned to whistle", "cries at movies about dogs",
    "practices dance moves in the mirror", "asks for the crusts to be cut off", "mixes up left and right",
    "sings to the house plants", "eats the cookie dough first", "keeps a pet rock in the locker",
    "lost the class umbrella and never said so", "sleeps with a night light", "can't tie a tie and has a trick one",
    "talks to the bus seat", "has watched the same cartoon forty times", "still counts on fingers under the desk",
    "hides from the school mascot", "wrote a poem about a sandwich", "is afraid of the high diving board",
    "wears two different socks on purpose for luck", "says good night to each pet fish by name",
    "makes up a new signature every week", "has a secret handshake with a grandparent", "reads the last page first",
    "collects shopping lists that other people dropped", "can't stand the smell of bananas",
    "wins at board games by moving a piece when nobody looks", "named a bicycle Gerald", "saves every birthday candle",
    "learned to swim only last summer", "pretends to like roller coasters", "has never finished a jar of jam",
    "waves at trains", "writes letters to a favorite author and doesn't send them", "sneezes seven times in a row",
    "does a happy dance for soup", "keeps a list of funny words",
)  # fmt: skip


def make_rows(seed: int = SEED) -> list[dict[str, str]]:
    """Return the survey's rows, as they stand in the file."""
    dice = Random(seed)  # noqa: S311 - a made-up school, not a lock
    secrets = [RATHER_NOT_SAY[place % len(RATHER_NOT_SAY)] for place in range(ROWS)]
    dice.shuffle(secrets)
    return [_make_row(dice, number, secret) for number, secret in enumerate(secrets, 1)]


def write_csv(rows: list[dict[str, str]]) -> str:
    """Return the file's text. Lines end as everywhere in the repository."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _make_row(dice: Random, number: int, secret: str) -> dict[str, str]:
    grade, bus = _draw(dice, GRADES), _draw(dice, BUSES)
    sibling = dice.random() < SIBLING_SHARE
    born = date(2001, 1, 1) + timedelta(days=dice.randrange(365))  # any year without a leap day; it isn't kept
    wake = round(min(max(dice.gauss(WAKE_MIDDLE[bus], 24), 5 * 60 + 35), 7 * 60 + 25))
    return {
        "row": str(number),
        "grade": grade,
        "birthday": f"{born:%m-%d}",
        "bus": bus,
        "wake": f"{wake // 60}:{wake % 60:02}",
        "pet": _draw(dice, PETS),
        "club": _draw(dice, CLUBS),
        **{kind: _draw_like(dice, options, grade, sibling=sibling) for kind, options in LIKES.items()},
        "little_sibling": "yes" if sibling else "no",
        "rather_not_say": secret,
    }


def _draw_like(dice: Random, options: Mapping[str, int], grade: str, *, sibling: bool) -> str:
    lean = LEAN_GRADE[grade]
    weights = {
        like: base * lean.get(like, 1) * (LEAN_SIBLING.get(like, 1) if sibling else 1) for like, base in options.items()
    }
    return _draw(dice, weights)


def _draw(dice: Random, weights: Mapping[str, float]) -> str:
    return dice.choices(list(weights), weights=list(weights.values()))[0]


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(write_csv(make_rows()), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{FILE.name}: {ROWS} rows\n")
