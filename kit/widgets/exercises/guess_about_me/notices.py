"""Read two privacy notices with four questions in hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from kit.experiments.guess_about_me.notices import NOT_SAID, Notice, found_right
from kit.widgets.card import Action, Message
from kit.widgets.exercises.guess_about_me.part import UNKNOWN, Part


class Marks(Message):
    """Which sentence of a notice answers which question."""

    notice: str = Field(max_length=40)
    marks: dict[str, int] = Field(max_length=12)


class Notices(Part):
    """Sentences to mark, and a table that fills itself."""

    title = "Two privacy notices"
    actions_shown = ("notice",)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Keep the marks, and check them."""
        return {"save": Action(Marks, self._save), "check": Action(Marks, self._check)}

    def view(self) -> dict[str, Any]:
        """Return both notices with their marks, and what the last check of each showed."""
        answers = self.desk.state().answers
        notices = self.data.notices
        return {
            "not_said": NOT_SAID,
            "questions": [question.model_dump() for question in notices.questions],
            "notices": [self._view_notice(notice, answers) for notice in notices.notices],
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Both notices were checked."""
        return all(notice["checked"] is not None for notice in view["notices"])

    def _save(self, message: Marks) -> Mapping[str, Any]:
        notice = self._read(message)
        return {"time": self.desk.record("answer", _field(notice), message.marks).time}

    def _check(self, message: Marks) -> Mapping[str, Any]:
        notice = self._read(message)
        result = {
            "right": list(found_right(notice, message.marks)),
            "grade": round(notice.reading_grade, 1),
            "words": notice.words,
        }
        self.record("notice", f"Reading {notice.title}", {"notice": notice.id, "marks": message.marks}, result)
        return _view_check(notice, message.marks)

    def _read(self, message: Marks) -> Notice:
        found = next((notice for notice in self.data.notices.notices if notice.id == message.notice), None)
        if found is None or _read_marks(found, message.marks) is None:
            raise UNKNOWN
        return found

    def _view_notice(self, notice: Notice, answers: Mapping[str, Any]) -> dict[str, Any]:
        runs = [run.params.get("marks") for run in self.runs("notice") if run.params.get("notice") == notice.id]
        checked = [marks for found in runs if (marks := _read_marks(notice, found)) is not None]
        return {
            "id": notice.id,
            "title": notice.title,
            "sentences": notice.sentences,
            "marks": _read_marks(notice, answers.get(_field(notice))) or {},
            "checked": _view_check(notice, checked[-1]) if checked else None,
        }


def _field(notice: Notice) -> str:
    return f"guess-about-me-notice-{notice.id}"


def _read_marks(notice: Notice, value: object) -> dict[str, int] | None:
    if not isinstance(value, dict) or not set(value) <= set(notice.answers):
        return None
    places = value.values()
    return dict(value) if all(type(place) is int and 0 <= place <= len(notice.sentences) for place in places) else None


def _view_check(notice: Notice, marks: Mapping[str, int]) -> dict[str, Any]:
    right = found_right(notice, marks)
    return {
        "right": right,
        "words": notice.words,
        "grade": round(notice.reading_grade, 1),
        # What the notice says is told only to who has found the sentence.
        "days": notice.days if "how-long" in right else None,
        "shared_with": notice.shared_with if "who" in right else None,
    }
