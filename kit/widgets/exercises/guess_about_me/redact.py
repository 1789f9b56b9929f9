"""Black out a message to a chatbot: nothing given away, and still a question that can be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from kit.experiments.guess_about_me.redaction import Draft, judge, read_hidden
from kit.widgets.card import Action, Message
from kit.widgets.exercises.guess_about_me.part import UNKNOWN, Part


class Blackout(Message):
    """The places of the words that are black now."""

    draft: str = Field(max_length=40)
    hidden: list[int] = Field(max_length=200)


class Redact(Part):
    """Word buttons, and two meters that pull in different directions."""

    title = "Before you send it"
    actions_shown = ("redact",)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Keep what is black, and check it."""
        return {"save": Action(Blackout, self._save), "check": Action(Blackout, self._check)}

    def view(self) -> dict[str, Any]:
        """Return each message's words, which of them are black, and how the last check came out."""
        answers = self.desk.state().answers
        return {"drafts": [self._view_draft(draft, answers) for draft in self.data.drafts.values()]}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Every message was once safe and useful."""
        return all(draft["fewest"] is not None for draft in view["drafts"])

    def _save(self, message: Blackout) -> Mapping[str, Any]:
        draft, hidden = self._read(message)
        return {"time": self.desk.record("answer", _field(draft), list(hidden)).time}

    def _check(self, message: Blackout) -> Mapping[str, Any]:
        draft, hidden = self._read(message)
        judgement = judge(draft, hidden)
        params = {"draft": draft.id, "hidden": list(hidden)}
        self.record("redact", f"Blacking out {draft.title.lower()}", params, judgement.to_result())
        return _view_check(draft, hidden)

    def _read(self, message: Blackout) -> tuple[Draft, tuple[int, ...]]:
        draft = self.data.drafts.get(message.draft)
        hidden = read_hidden(draft, message.hidden) if draft else None
        if draft is None or hidden is None:
            raise UNKNOWN
        return draft, hidden

    def _view_draft(self, draft: Draft, answers: Mapping[str, Any]) -> dict[str, Any]:
        tried = [
            read_hidden(draft, run.params.get("hidden"))
            for run in self.runs("redact")
            if run.params.get("draft") == draft.id
        ]
        checks = [_view_check(draft, hidden) for hidden in tried if hidden is not None]
        good = [len(check["hidden"]) for check in checks if check["safe"] and check["useful"]]
        return {
            "id": draft.id,
            "title": draft.title,
            "words": draft.words,
            "hidden": read_hidden(draft, answers.get(_field(draft))) or (),
            "checked": checks[-1] if checks else None,
            "fewest": min(good, default=None),
        }


def _field(draft: Draft) -> str:
    return f"guess-about-me-draft-{draft.id}"


def _view_check(draft: Draft, hidden: tuple[int, ...]) -> dict[str, Any]:
    judgement = judge(draft, hidden)
    return {
        "hidden": hidden,
        "given_away": judgement.given_away,
        "planted": judgement.planted,
        "missing": judgement.missing,
        "needed": judgement.needed,
        "safe": judgement.is_safe,
        "useful": judgement.is_useful,
    }
