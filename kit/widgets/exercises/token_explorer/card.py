"""The token explorer: the pieces into which a model cuts what people type, and for whom that is a good deal.

Every cut is made by the model's own tokenizer and kept in the journal with the bytes of each piece, so that joining
them gives the text again. The page only says what the student wants; it can't send a cut, and it can't change a bet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from kit.errors import LessonError
from kit.experiments.token_explorer import load
from kit.widgets.card import Action
from kit.widgets.exercises.exercise import Exercise
from kit.widgets.exercises.token_explorer.bench import Bench
from kit.widgets.exercises.token_explorer.guide import Guide
from kit.widgets.exercises.token_explorer.languages import Languages
from kit.widgets.exercises.token_explorer.scissors import Scissors

if TYPE_CHECKING:
    from kit.widgets.desk import Desk


class TokenExplorer(Exercise):
    """The scissors, the languages, or the field guide.

    Parameters
    ----------
    desk
        Where bets and cuts are kept.
    ask
        ``split``: bet on texts, then see them cut. ``languages``: one message in many languages. ``guide``: collect
        finds for a page.
    groups, own, minimum
        For ``split``: groups of the lesson's bank, whether students may type texts, and how many are enough.
    explain
        For ``split``: whether it ends in an explanation; a warm-up need not.
    remember
        For ``split``: the id of a prediction about the texts of the first group, A, B and so on; it is shown again
        beside what the machine made of them.
    page, finds
        For ``guide``: the id of the page that they belong to, and how many there are to be.
    """

    parts = ("token-explorer",)

    def __init__(
        self,
        desk: Desk,
        ask: Literal["split", "languages", "guide"] = "split",
        groups: Iterable[str] = (),
        own: bool = False,
        minimum: int = 3,
        explain: bool = True,
        remember: str = "",
        page: str = "",
        finds: int = 5,
    ) -> None:
        bench = Bench(desk, load(desk.data_folder))
        self._ask = ask
        self._explains = explain and ask != "guide"
        self._form: Scissors | Languages | Guide
        if ask == "split":
            self._form = Scissors(bench, groups, own, minimum, remember)
        elif ask == "languages":
            self._form = Languages(bench)
        elif page:
            self._form = Guide(bench, page, finds)
        else:
            raise LessonError("The token explorer asks `split`, `languages`, or `guide` with a page.")
        super().__init__(desk, self._form.field, self._form.title)
        if ask == "guide":  # what the other cards cut can be a find
            desk.listen(self.refresh)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Return what this form of it does, and the explanation that it may end in."""
        return {**self._form.actions(), **(self.explain_action() if self._explains else {})}

    def view(self) -> dict[str, Any]:
        """Return what the page needs to draw this form of it."""
        view = {"ask": self._ask, "title": self.title, **self._form.view()}
        if isinstance(self._form, Guide) or not self._explains:
            return view
        return {**view, **self.explain_view(self._form.runs())}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Tell whether enough was bet on and seen, or found."""
        return self._form.is_done(view)
