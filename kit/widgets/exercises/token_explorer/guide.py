"""The field guide: the student's best finds, each tied to a cut that the machine really made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from kit.errors import NotSaved
from kit.experiments import card_id
from kit.experiments.token_explorer import NAME, read_find
from kit.widgets.card import Action, Message
from kit.widgets.exercises.token_explorer.bench import Bench, draw_cut

if TYPE_CHECKING:
    from kit.experiments.token_explorer import Cut
    from kit.journal import Event

LONGEST_NOTE = 300


class Find(Message):
    """One page of the guide: which cut, and what to notice about it."""

    number: int = Field(ge=1, le=12)
    run: str = Field(max_length=64)
    note: str = Field(max_length=LONGEST_NOTE)


class Guide:
    """Some finds for a reader.

    Parameters
    ----------
    bench
        Where the student's cuts are.
    page
        The id of the page that the finds are for; they are kept under it, so that a grader sees both together.
    finds
        How many there are to be.
    """

    title = "My finds for the field guide"

    def __init__(self, bench: Bench, page: str, finds: int) -> None:
        self._bench = bench
        self._page = page
        self._finds = finds
        self.field = card_id(NAME, {"page": page})

    def actions(self) -> dict[str, Action[Any]]:
        """Save one find."""
        return {"find": Action(Find, self._find)}

    def view(self) -> dict[str, Any]:
        """Return the finds so far, and every cut that could be one; of a text that was cut twice, the last."""
        state = self._bench.desk.state()
        cuts = {run.id: (run, cut) for run, cut in self._bench.cuts()}
        latest = {(cut.language, cut.text): run.id for run, cut in cuts.values()}
        claims = (state.claims.get(self._name(number)) for number in range(1, self._finds + 1))
        return {
            "finds": [_view_find(claim, cuts) for claim in claims],
            "cuts": [_view_cut(*cuts[key]) for key in latest.values()],
            "limit": LONGEST_NOTE,
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Tell whether every find has a cut of its own and a note."""
        whole = {find["run"] for find in view["finds"] if find["cut"] and find["note"].strip()}
        return len(whole) >= self._finds

    def _find(self, message: Find) -> Mapping[str, Any]:
        if message.number > self._finds:
            raise NotSaved("The guide has no such page.", mend="Reload the page.")
        if message.run and message.run not in {run.id for run, _ in self._bench.cuts()}:
            raise NotSaved("That isn't one of your cuts.", mend="Pick from the list on the page.")
        value = {"claim": message.note, "evidence": [message.run] if message.run else [], "reasoning": ""}
        return {"time": self._bench.desk.record("claim", self._name(message.number), value).time}

    def _name(self, number: int) -> str:
        return f"{self._page}-find-{number}"


def _view_find(claim: Any, cuts: Mapping[str, tuple[Event, Cut]]) -> dict[str, Any]:
    run, note = read_find(claim)
    if run not in cuts:
        return {"run": "", "note": note, "cut": None, "name": ""}
    event, cut = cuts[run]
    return {"run": run, "note": note, "cut": draw_cut(cut), "name": _name_of(event, cut)}


def _view_cut(run: Event, cut: Cut) -> dict[str, Any]:
    return {"id": run.id, "text": cut.text, "name": _name_of(run, cut), "count": len(cut.pieces)}


def _name_of(run: Event, cut: Cut) -> str:
    """Return the language of a message; a text of the bank speaks for itself."""
    return str(run.value["params"].get("name", "")) if cut.language else ""
