"""One message in many languages: who needs the most pieces, and whose message is cut off first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from kit.errors import NotSaved
from kit.experiments import card_id
from kit.experiments.token_explorer import (
    BASE,
    LONGEST_TEXT,
    MOST_BUDGET,
    NAME,
    OWN,
    Cut,
    Language,
    budget_result,
    is_language_bet,
    per_character,
    per_word,
    reach,
    read_budget,
    times,
)
from kit.widgets.card import Action, Message, Nothing
from kit.widgets.exercises.token_explorer.bench import Bench, own_words

if TYPE_CHECKING:
    from kit.journal import Event

LONGEST_NAME = 24


class Bet(Message):
    """The language that needs the most pieces, and how many times as many as English."""

    most: str = Field(max_length=8)
    times: int = Field(ge=1, le=30)


class Sentence(Message):
    """The message in the student's own words, in a language of the list or another."""

    language: str = Field(max_length=8)
    name: str = Field(max_length=LONGEST_NAME)
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)


class Budget(Message):
    """How many pieces a message may have."""

    budget: int = Field(ge=1, le=MOST_BUDGET)


class Languages:
    """The lesson's message in every language of its table.

    Parameters
    ----------
    bench
        Where bets and cuts are kept.
    """

    title = "One message, many languages"
    field = card_id(NAME, {"ask": "languages"})

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._languages = bench.data.languages

    def actions(self) -> dict[str, Action[Any]]:
        """Bet, reveal all, put a better sentence in, set the limit."""
        return {
            "bet": Action(Bet, self._bet),
            "reveal": Action(Nothing, self._bench.desk.noting(NAME, self._reveal), slow=True),
            "sentence": Action(Sentence, self._bench.desk.noting(NAME, self._sentence), slow=True),
            "budget": Action(Budget, self._budget),
        }

    def runs(self) -> list[Event]:
        """Return this card's runs: messages as they were cut, and limits that were tried."""
        cut = {run.id for run, found in self._bench.cuts() if found.language}
        return [run for run in self._bench.desk.state().runs if run.id in cut or read_budget(run) is not None]

    def view(self) -> dict[str, Any]:
        """Return every message with its numbers, the bet, and the last limit."""
        cuts = self._cuts()
        bet = self._first_bet()
        model = next((run.value["model"] for run, _ in cuts.values()), None)
        return {
            "rows": [self._view_row(one, cuts) for one in [*self._languages.values(), *self._added(cuts)]],
            "bet": bet and {"most": bet.value["most"], "times": bet.value["times"], "time": bet.time},
            "revealed": self._is_revealed(cuts),
            "budgets": self._budgets(),
            "base": BASE,
            "most_budget": MOST_BUDGET,
            "longest": LONGEST_TEXT,
            "longest_name": LONGEST_NAME,
            "model": model,
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Tell whether a bet was made, the languages were seen, and a limit was tried."""
        return bool(view["bet"] and view["revealed"] and view["budgets"])

    def _bet(self, message: Bet) -> Mapping[str, Any]:
        if message.most not in self._languages or message.most == BASE:
            raise NotSaved("That isn't one of the languages.", mend="Pick one of those on the page.")
        with self._bench.desk.one_at_a_time():
            if self._first_bet():
                raise NotSaved("Your bet is locked.", mend="Reveal the pieces.")
            return {"time": self._bench.desk.record("prediction", NAME, message.model_dump()).time}

    def _reveal(self, _: Nothing) -> Mapping[str, Any]:
        if not self._first_bet():
            raise NotSaved("First you bet, then the scissors cut.", mend="Lock your bet.")
        open_ones = [language for language in self._languages.values() if language.code not in self._cuts()]
        if open_ones:
            splits = self._bench.ask([language.text for language in open_ones])
            with self._bench.desk.one_at_a_time():
                for language, split in zip(open_ones, splits, strict=True):
                    if language.code not in self._cuts():  # another page may have been quicker
                        self._bench.keep("language", _params(language.code, language.name, language.text), split)
        return {"count": len(self._languages)}

    def _sentence(self, message: Sentence) -> Mapping[str, Any]:
        self._need_reveal()
        if message.language != OWN and message.language not in self._languages:
            raise NotSaved("That isn't one of the languages.", mend="Pick one of those on the page.")
        known = self._languages.get(message.language)
        name = known.name if known else own_words(message.name).strip()
        (split,) = self._bench.ask([own_words(message.text)])
        run = self._bench.keep("language", _params(message.language, name, message.text), split)
        return {"time": run.time, "id": run.id}

    def _budget(self, message: Budget) -> Mapping[str, Any]:
        self._need_reveal()
        messages = {code: cut for code, (_, cut) in self._cuts().items()}
        result = budget_result(messages, message.budget)
        run = self._bench.record({"action": "budget", "params": {"budget": message.budget}, "result": result})
        return {"time": run.time, "id": run.id}

    def _need_reveal(self) -> None:
        if not self._is_revealed(self._cuts()):
            raise NotSaved("First you bet, then the scissors cut.", mend="Lock your bet, then reveal.")

    def _is_revealed(self, cuts: Mapping[str, Any]) -> bool:
        return set(self._languages) <= set(cuts)

    def _first_bet(self) -> Event | None:
        return next(filter(is_language_bet, self._bench.desk.state().predictions), None)

    def _cuts(self) -> dict[str, tuple[Event, Cut]]:
        return {cut.language: (run, cut) for run, cut in self._bench.cuts() if cut.language}

    def _budgets(self) -> list[int]:
        found = (read_budget(run) for run in self._bench.desk.state().runs)
        return list(dict.fromkeys(budget for budget in found if budget is not None))

    def _added(self, cuts: Mapping[str, tuple[Event, Cut]]) -> list[Language]:
        if OWN not in cuts:
            return []
        run, cut = cuts[OWN]
        return [Language(OWN, str(run.value["params"].get("name", "")), "", "auto", spaces=True, text=cut.text)]

    def _view_row(self, language: Language, cuts: Mapping[str, tuple[Event, Cut]]) -> dict[str, Any]:
        row = {
            "code": language.code,
            "name": language.name,
            "own_name": language.own_name,
            "direction": language.direction,
            "spaces": language.spaces,
            "text": language.text,
        }
        if not self._is_revealed(cuts):
            return {**row, "cut": None, "changed": False}
        cut = cuts[language.code][1]
        return {**row, "text": cut.text, "changed": cut.text != language.text, "cut": self._numbers(cut, cuts[BASE][1])}

    def _numbers(self, cut: Cut, base: Cut) -> dict[str, Any]:
        known = self._languages.get(cut.language)
        return {
            "count": len(cut.pieces),
            "times": times(cut, base),
            "per_word": per_word(cut) if known is None or known.spaces else None,
            "per_character": per_character(cut),
            "reach": reach(cut),
        }


def _params(code: str, name: str, text: str) -> dict[str, str]:
    return {"language": code, "name": name, "text": text}
