"""The help card beside a student's own words: shown at once, decided by rules, and in nobody's way.

Nothing that a student writes is sent to a model. Still, some words mean that somebody may need help now, and a page
that answers them with a bar chart would be worse than silent. The words are saved like any others; the card appears.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.ai.screens import CrisisScreen
    from kit.settings import Session

# The longest answer, and somewhat more than the longest argument with all its evidence.
_LONGEST, _MOST_LETTERS, _MOST_TEXTS = 20_000, 50_000, 500


def help_for(words: Any, session: Session) -> dict[str, str] | None:
    """Return whom to turn to if any of the words sounds like distress, else nothing.

    Parameters
    ----------
    words
        What the page sent: text, or lists and mappings with text in them.
    session
        Knows whom the school wants named.
    """
    return _contact(session.help) if _screen().hit(looked_at(words)) else None


def looked_at(words: Any) -> Iterator[str]:
    """Yield the texts in a message, as far as they are looked at: everything that a card accepts, and then some.

    What is refused for its length can be of any length, and every letter that is looked at takes its time.
    """
    left = _MOST_LETTERS
    for text in islice(_texts(words), _MOST_TEXTS):
        yield text[: min(left, _LONGEST)]
        left -= len(text)
        if left <= 0:
            return


@cache
def _screen() -> CrisisScreen:
    from kit.ai.screens import CrisisScreen

    return CrisisScreen()


def _contact(given: str) -> dict[str, str]:
    from kit.settings.model import HelpSettings

    settings = HelpSettings.model_validate_json(given) if given else HelpSettings()
    found: dict[str, str] = settings.model_dump()
    return found


def _texts(words: Any) -> Iterator[str]:
    # A pile and not a recursion: a page may send lists in lists, as deep as it likes.
    pile = [words]
    while pile:
        one = pile.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            pile.extend(one.values())
        elif isinstance(one, list | tuple):
            pile.extend(one)
