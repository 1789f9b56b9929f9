"""What the five parts of the exercise have in common: data, runs, and how a run gets into the journal."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from kit.errors import MessageRefused
from kit.experiments.guess_about_me import NAME, Data
from kit.experiments.guess_about_me.runs import Run, read_runs
from kit.widgets.card import Action

if TYPE_CHECKING:
    from kit.journal import Event
    from kit.widgets.desk import Desk

MOST_RUNS = 400

UNKNOWN = MessageRefused("That isn't in this lesson.", mend="Reload the page, then try again.")


class Part(ABC):
    """One thing to do with the data.

    Parameters
    ----------
    desk
        Where runs are kept.
    data
        The lesson's own.
    """

    title: ClassVar[str]
    actions_shown: ClassVar[tuple[str, ...]]
    """The actions whose runs are this part's."""
    waits_for_others: ClassVar[bool] = False
    """Whether what happens on another card changes this one."""

    def __init__(self, desk: Desk, data: Data) -> None:
        self.desk = desk
        self.data = data

    @abstractmethod
    def actions(self) -> Mapping[str, Action[Any]]:
        """Return what this part does about each kind of message."""

    @abstractmethod
    def view(self) -> dict[str, Any]:
        """Return all that the page needs to draw this part, from the journal."""

    @abstractmethod
    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Tell whether the student has done what this part asks."""

    def runs(self, action: str) -> list[Run]:
        """Return the student's runs of one action, oldest first."""
        return read_runs(self.desk.state().runs, action)

    def record(self, action: str, about: str, params: dict[str, Any], result: dict[str, Any]) -> None:
        """Write a run, unless the very same is there: it would come out the same.

        Raises
        ------
        NotSaved
            If the log is full.
        """
        value = {"action": action, "about": about, "params": params, "result": result}
        with self.desk.one_at_a_time():
            if any(run.field == NAME and run.value == value for run in self.desk.state().runs):
                return
            self.desk.require_room(NAME, MOST_RUNS)
            self.desk.record("run", NAME, value)

    def events(self) -> list[Event]:
        """Return the runs that the field *Explain it* offers."""
        shown = set(self.actions_shown)
        return [
            event
            for event in self.desk.state().runs
            if event.field == NAME and isinstance(event.value, dict) and event.value.get("action") in shown
        ]
