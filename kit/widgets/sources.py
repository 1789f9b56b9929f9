"""The source log: where a student's facts come from, read sideways, and cited."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from kit.errors import NotSaved
from kit.widgets.card import Action, Card, Message
from kit.widgets.citations import STYLE_NAMES, STYLES, Style, cite
from kit.widgets.desk import Desk
from kit.widgets.evidence import label_source

Short = Annotated[str, Field(max_length=500)]
Long = Annotated[str, Field(max_length=4_000)]
SourceId = Annotated[str, Field(pattern=r"^(source-[0-9a-f]{8})?$")]
MOST_SOURCES = 60
LATERAL = ("who", "evidence", "others")


class Fields(Message):
    """What a student writes about one source."""

    kind: Literal["web", "book", "encyclopedia", "interview"]
    title: Short
    authors: list[Annotated[str, Field(max_length=200)]] = Field(max_length=20)
    site: Short
    date: Annotated[str, Field(max_length=60)]
    url: Annotated[str, Field(max_length=2_000)]
    who: Long
    evidence: Long
    others: Long


class SaveSource(Message):
    """A source as it is now; without an id when it is new."""

    id: SourceId
    fields: Fields


class OneSource(Message):
    """A source to remove, or to bring back."""

    id: SourceId = Field(min_length=1)


class PickStyle(Message):
    """A citation style picked for a source."""

    id: SourceId = Field(min_length=1)
    style: Style


class Sources(Card):
    """All sources of a lesson.

    Parameters
    ----------
    desk, field
        Where they are kept.
    minimum
        How many complete ones the lesson asks for.
    """

    parts = ("sources",)

    def __init__(self, desk: Desk, field: str, minimum: int = 2) -> None:
        self._minimum = minimum
        # A citation takes some milliseconds in each style, and the log is drawn anew at every pause in typing.
        self._cited: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        super().__init__(desk, field, "My sources")

    def actions(self) -> Mapping[str, Action[Any]]:
        """Save, remove, bring back, cite."""
        return {
            "save": Action(SaveSource, self._save),
            "remove": Action(OneSource, self._remove),
            "restore": Action(OneSource, self._restore),
            "cite": Action(PickStyle, self._cite),
        }

    def view(self) -> dict[str, Any]:
        """Return every source with its citations in all styles."""
        state = self.desk.state()
        items = [
            {"id": key, "fields": value, "label": label_source(value), "missing": _missing(value)}
            | {"citations": self._citations(key, value)}
            | {"style": state.citations.get(key, {}).get("style", "mla")}
            for key, value in state.sources.items()
        ]
        styles = [[style, STYLE_NAMES[style]] for style in STYLES]
        return {"items": items, "minimum": self._minimum, "styles": styles}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Enough sources are there with a name and all three questions answered."""
        return sum(not item["missing"] for item in view["items"]) >= self._minimum

    def _citations(self, source_id: str, value: dict[str, Any]) -> dict[str, Any]:
        known = self._cited.get(source_id)
        if known is None or known[0] != value:
            known = (value, {style: cite(value, style).to_view() for style in STYLES})
            self._cited[source_id] = known
        return known[1]

    def _save(self, message: SaveSource) -> Mapping[str, Any]:
        sources = self.desk.state().sources
        before = sources.get(message.id, {})
        if message.id and not before:
            raise NotSaved("This source was removed.", mend="Bring it back with Undo, or add it again.")
        if not message.id and len(sources) >= MOST_SOURCES:
            raise NotSaved(f"The log holds {MOST_SOURCES} sources at most.", mend="Remove one that you don't use.")
        source_id = message.id or f"source-{secrets.token_hex(4)}"
        # The day a page was looked at is the day it went into the log, by the class computer's calendar.
        seen = before.get("seen") or datetime.now().astimezone().date().isoformat()
        event = self.desk.record("source", source_id, {**message.fields.model_dump(), "seen": seen})
        self._keep_citation(source_id)
        return {"time": event.time, "id": source_id}

    def _remove(self, message: OneSource) -> Mapping[str, Any]:
        if message.id not in self.desk.state().sources:
            raise NotSaved("This source is gone already.", mend="Reload the page to see your log.")
        return {"time": self.desk.record("source", message.id, None).time}

    def _restore(self, message: OneSource) -> Mapping[str, Any]:
        written = (event.value for event in reversed(self.desk.events()) if event.field == message.id)
        value = next((value for value in written if isinstance(value, dict) and "kind" in value), None)
        if value is None:
            raise NotSaved("There is nothing to bring back.", mend="Add the source again.")
        return {"time": self.desk.record("source", message.id, value).time}

    def _cite(self, message: PickStyle) -> Mapping[str, Any]:
        source = self.desk.state().sources.get(message.id)
        if source is None:
            raise NotSaved("This source was removed.", mend="Bring it back with Undo, or add it again.")
        value = {"style": message.style, "text": cite(source, message.style).text}
        return {"time": self.desk.record("citation", message.id, value).time}

    def _keep_citation(self, source_id: str) -> None:
        """Bring the kept citation up to date with its source."""
        state = self.desk.state()
        kept = state.citations.get(source_id)
        if kept:
            text = cite(state.sources[source_id], kept["style"]).text
            if text != kept["text"]:
                self.desk.record("citation", source_id, {"style": kept["style"], "text": text})


def _missing(value: Mapping[str, Any]) -> list[str]:
    named = "authors" if value["kind"] == "interview" else "title"
    return [name for name in (named, *LATERAL) if not "".join(value[name]).strip()]
