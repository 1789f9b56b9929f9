"""What every form of the token explorer stands on: cuts in the journal, and the way to the model's own tokenizer."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kit.errors import NotSaved
from kit.experiments.token_explorer import NAME, Cut, Data, invisible_name, parts, read_cut

if TYPE_CHECKING:
    from kit.ai.splits import Split
    from kit.journal import Event
    from kit.widgets.desk import Desk

MOST_RUNS = 400


class Bench:
    """One student's cuts and texts.

    Parameters
    ----------
    desk
        Where they are kept.
    data
        The lesson's texts.
    """

    def __init__(self, desk: Desk, data: Data) -> None:
        self.desk = desk
        self.data = data

    def cuts(self) -> list[tuple[Event, Cut]]:
        """Return every run that cut a text, oldest first."""
        return [(run, cut) for run in self.desk.state().runs if (cut := read_cut(run)) is not None]

    def ask(self, texts: Sequence[str]) -> tuple[Split, ...]:
        """Return how the model cuts some texts. Takes a moment."""
        return self.desk.model().split_all(texts)

    def keep(self, action: str, params: Mapping[str, Any], split: Split) -> Event:
        """Write a cut into the journal."""
        tokens = [{"id": piece.id, "bytes": list(piece.data)} for piece in split.tokens]
        model = {"name": split.model.name, "provider": split.model.provider}
        return self.record(
            {"action": action, "params": dict(params), "model": model, "result": {"tokens": tokens}},
        )

    def record(self, value: dict[str, Any]) -> Event:
        """Write a run into the journal, unless there are far too many."""
        self.desk.require_room(NAME, MOST_RUNS)
        return self.desk.record("run", NAME, value)


def own_words(text: str) -> str:
    """Return a student's own text, if it may be kept and cut.

    Raises
    ------
    NotSaved
        For nothing at all, for signs that no keyboard has, and for what looks like personal data.
    """
    from kit.ai.screens import mask

    if not text.strip():
        raise NotSaved("There is nothing to cut yet.", mend="Type a word first.")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise NotSaved("There is a sign in it that no keyboard has.", mend="Type the text anew.")
    if kinds := mask(text).kinds:
        raise NotSaved(f"That looks like personal data ({', '.join(kinds)}).", mend="Take something made up instead.")
    return text


def draw_cut(cut: Cut) -> dict[str, Any]:
    """Return what the page needs to draw a text in pieces."""
    return {
        "text": cut.text,
        "count": len(cut.pieces),
        "parts": [
            {
                "text": part.text,
                "name": invisible_name(part.text),
                "pieces": [{"id": piece.id, "text": piece.text, "bytes": list(piece.data)} for piece in part.pieces],
            }
            for part in parts(cut)
        ],
    }
