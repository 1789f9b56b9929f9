"""The scissors: bet into how many pieces the model cuts a text, and where; then see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import Field

from kit.errors import LessonError, NotSaved
from kit.experiments import card_id
from kit.experiments.token_explorer import NAME, OWN, Bet, Cut, Item, has_tiles, read_bet, score
from kit.widgets.card import Action, Message
from kit.widgets.exercises.token_explorer.bench import Bench, draw_cut, own_words

if TYPE_CHECKING:
    from kit.journal import Event

LONGEST_OWN = 60
MOST_BYTES = 4  # in one character


class OnText(Message):
    """Something asked about one text."""

    text: str = Field(min_length=1, max_length=LONGEST_OWN)


class NewBet(OnText):
    """Into how many pieces, and, if the student wants to say so, before which characters."""

    pieces: int = Field(ge=1, le=LONGEST_OWN * MOST_BYTES)
    cuts: list[int] | None = Field(max_length=LONGEST_OWN)


class Scissors:
    """Bets and cuts on some groups of the lesson's bank, and on the student's own words.

    Parameters
    ----------
    bench
        Where they are kept.
    groups
        Ids of groups.
    own
        Whether the student may type texts, too.
    minimum
        How many texts must be bet on and cut.
    remember
        The id of a prediction about the first group, to be shown again; none if empty.
    """

    def __init__(self, bench: Bench, groups: Iterable[str], own: bool, minimum: int, remember: str = "") -> None:
        self._bench = bench
        self._own = own
        self._minimum = minimum
        self._remember = remember
        try:
            self._groups = [bench.data.groups[group] for group in groups]
        except KeyError as error:
            raise LessonError(f"The lesson's bank has no group {error}.") from None
        if not self._groups:
            raise LessonError("The scissors need groups of texts to cut.")
        first = self._groups[0]
        # A lesson shows more than one; in the list before handing in, each has a name of its own.
        self.title = f"The scissors machine: {first.title[0].lower()}{first.title[1:]}"
        self.field = card_id(NAME, {"groups": [first.id]})

    def actions(self) -> dict[str, Action[Any]]:
        """Bet, and reveal."""
        return {
            "bet": Action(NewBet, self._bet),
            "reveal": Action(OnText, self._bench.desk.noting(NAME, self._reveal), slow=True),
        }

    def runs(self) -> list[Event]:
        """Return this card's runs."""
        return [run for run, cut in self._bench.cuts() if not cut.language and self._belongs(cut.text)]

    def view(self) -> dict[str, Any]:
        """Return the groups, and what became of each text that was bet on."""
        bets = self._bets()
        cuts = self._cuts()
        played = [self._view_text(text, bet, cuts.get(text)) for text, bet in bets.items() if self._belongs(text)]
        groups = [
            {"id": one.id, "title": one.title, "about": one.about, "items": [_view_item(item) for item in one.items]}
            for one in self._groups
        ]
        view = {"groups": groups, "own": self._own, "longest": LONGEST_OWN, "minimum": self._minimum, "played": played}
        return {**view, "bet": self._remembered()} if self._remember else view

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Tell whether enough texts were bet on and cut."""
        return sum(one["cut"] is not None for one in view["played"]) >= self._minimum

    def _remembered(self) -> str:
        predictions = self._bench.desk.state().predictions
        said = next((event.value for event in predictions if event.field == self._remember), None)
        text = said.get("bet") if isinstance(said, dict) else ""
        return text if isinstance(text, str) else ""

    def _bet(self, message: NewBet) -> Mapping[str, Any]:
        text = message.text if self._in_groups(message.text) else self._typed(message.text)
        _check_bet(message)
        with self._bench.desk.one_at_a_time():
            if text in self._bets():
                raise NotSaved("Your bet on this one is locked.", mend="Pick another text to bet again.")
            value = {"text": text, "pieces": message.pieces, "cuts": message.cuts}
            return {"time": self._bench.desk.record("prediction", NAME, value).time}

    def _reveal(self, message: OnText) -> Mapping[str, Any]:
        if message.text not in self._bets() or not self._belongs(message.text):
            raise NotSaved("First you bet, then the scissors cut.", mend="Lock your bet.")
        if message.text not in self._cuts():
            (split,) = self._bench.ask([message.text])
            with self._bench.desk.one_at_a_time():
                if message.text not in self._cuts():  # another page may have been quicker
                    self._bench.keep("split", {"text": message.text}, split)
        run, _ = self._cuts()[message.text]
        return {"time": run.time, "id": run.id}

    def _typed(self, text: str) -> str:
        if not self._own:
            raise NotSaved("That text isn't in this lesson's bank.", mend="Pick one of those on the page.")
        if self._bench.data.group_of(text) != OWN:
            raise NotSaved("That text is on one of the lesson's lists.", mend="Bet on it there, or type another.")
        return own_words(text)

    def _in_groups(self, text: str) -> bool:
        return any(text == item.text for group in self._groups for item in group.items)

    def _belongs(self, text: str) -> bool:
        return self._in_groups(text) or (self._own and self._bench.data.group_of(text) == OWN)

    def _bets(self) -> dict[str, Bet]:
        bets: dict[str, Bet] = {}
        for bet in map(read_bet, self._bench.desk.state().predictions):
            if bet is not None:
                bets.setdefault(bet.text, bet)
        return bets

    def _cuts(self) -> dict[str, tuple[Event, Cut]]:
        return {cut.text: (run, cut) for run, cut in self._bench.cuts() if not cut.language}

    def _view_text(self, text: str, bet: Bet, found: tuple[Event, Cut] | None) -> dict[str, Any]:
        said = {"pieces": bet.pieces, "cuts": None if bet.cuts is None else list(bet.cuts), "time": bet.time}
        view: dict[str, Any] = {**self._view_of(text), "bet": said}
        if found is None:
            return {**view, "cut": None}
        run, cut = found
        drawn = {**draw_cut(cut), "score": asdict(score(bet, cut)), "model": run.value["model"]}
        return {**view, "cut": drawn}

    def _view_of(self, text: str) -> dict[str, Any]:
        known = (item for group in self._groups for item in group.items if item.text == text)
        return _view_item(next(known, Item(text, text)))


def _view_item(item: Item) -> dict[str, Any]:
    return {"text": item.text, "say": item.say, "tiles": has_tiles(item.text)}


def _check_bet(bet: NewBet) -> None:
    if bet.pieces > len(bet.text.encode("utf-8", "replace")):
        raise NotSaved("That is more pieces than there are bytes in it.", mend="Bet on fewer pieces.")
    if bet.cuts is None:
        return
    in_order = sorted(set(bet.cuts)) == bet.cuts and all(0 < place < len(bet.text) for place in bet.cuts)
    if not in_order or not has_tiles(bet.text) or len(bet.cuts) != bet.pieces - 1:
        raise NotSaved("Those cuts don't fit the text.", mend="Reload the page, then bet again.")
