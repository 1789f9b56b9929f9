"""A bored student with developer tools, at every card of the four newer exercises."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kit.journal import Journal
from kit.lessons import load_catalogue
from kit.lessons.files import read_yaml
from kit.settings import content_root
from kit.widgets.desk import Desk
from kit.widgets.exercises import find_exercise

from .conftest import Page

CATALOGUE = load_catalogue(content_root())
CARDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "rules": ("told-or-taught", "scam-filter", {"ask": "rules"}),
    "learn": ("told-or-taught", "scam-filter", {"ask": "learn", "after": "word-bet", "words": ["free"]}),
    "fool": ("told-or-taught", "scam-filter", {"ask": "fool"}),
    "scissors": ("how-a-machine-reads", "token-explorer", {"groups": ["big", "emoji"], "own": True}),
    "languages": ("how-a-machine-reads", "token-explorer", {"ask": "languages"}),
    "guide": ("how-a-machine-reads", "token-explorer", {"ask": "guide", "page": "field-guide"}),
    "guess-answer": ("who-says", "lateral-reading", {"part": "guess"}),
    "desk": ("who-says", "lateral-reading", {"part": "check"}),
    "answer": ("who-says", "lateral-reading", {"part": "answer"}),
    "find": ("what-can-it-guess", "guess-about-me", {"ask": "find"}),
    "crowd": ("what-can-it-guess", "guess-about-me", {"ask": "crowd", "prediction": "how-many-alone"}),
    "guesser": ("what-can-it-guess", "guess-about-me", {"ask": "guess"}),
    "redact": ("what-can-it-guess", "guess-about-me", {"ask": "redact"}),
    "notices": ("what-can-it-guess", "guess-about-me", {"ask": "notices"}),
}
DISTRESS = "i want to kill myself"
DEEP: list[Any] = []
for _ in range(400):
    DEEP = [DEEP]
ODD = (
    None, True, -1, 0, 10**30, 1e308, float("nan"), "", " ", "x" * 6_000, "\ud800", "\u202e<script>", "__proto__",
    "constructor", "../../secret", [], [None], ["x"] * 300, [10**30], DEEP, {}, {"__proto__": {"ok": True}},
    {"rowan": 1},
)  # fmt: skip

Open = Callable[[str], Page]


@pytest.fixture
def lesson(request):
    return CATALOGUE["who-says"]


@pytest.fixture
def open_card(desk: Desk) -> Open:
    def opened(name: str) -> Page:
        slug, exercise, options = CARDS[name]
        desk.lesson = CATALOGUE[slug]
        return Page(find_exercise(exercise)(desk, **options), client=name)

    return opened


def events(page: Page) -> int:
    return len(Journal(page.card.desk.session.work).read().events)


def shapes(page: Page) -> dict[str, list[str]]:
    return {kind: list(action.shape.model_fields) for kind, action in page.card.actions().items()}


@pytest.mark.parametrize("name", CARDS)
def test_odd_messages_are_refused_in_words_and_leave_no_trace_of_a_fault(open_card: Open, name: str, caplog) -> None:
    page = open_card(name)
    for kind, fields in shapes(page).items():
        for odd in ODD:
            for body in (dict.fromkeys(fields, odd), {"more": odd}):
                answer = page.send(kind, **body)
                assert answer["ok"] or answer["message"], (kind, odd)
    assert "could not act on a message" not in caplog.text
    json.dumps(page.card.data)


@pytest.mark.parametrize("name", CARDS)
def test_envelopes_of_any_shape_are_let_lie(open_card: Open, name: str) -> None:
    page = open_card(name)
    before = events(page)
    kind = next(iter(page.card.actions()))
    for odd in ODD:
        page.post(odd)
        page.post({"client": odd, "seq": odd, "kind": odd, "body": odd})
        page.post({"client": "c", "seq": 1, "kind": kind, "body": {}, "more": odd})
    assert events(page) == before


@pytest.mark.parametrize("name", CARDS)
def test_words_of_distress_in_any_field_bring_the_help_card_kept_or_not(open_card: Open, name: str) -> None:
    page = open_card(name)
    for kind, fields in shapes(page).items():
        for field in fields:
            assert page.send(kind, **{field: DISTRESS}).get("help"), (kind, field)
            assert page.send(kind, **{field: [DISTRESS]}).get("help"), (kind, field)


ONCE = {"examples": 140, "wrong": False}
LOCKED = {
    "learn": [("teach", ONCE), ("weigh", {**ONCE, "word": "free"})],
    "rules": [("browse", {"pile": "new"}), ("lock", {"rules": ["a", "b", "c"], "unless": ""})],
    "fool": [("ask", {"text": "send me your money now", "says": "scam", "wants": "money"})],
    "scissors": [("reveal", {"text": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"})],
    "languages": [
        ("reveal", {}),
        ("budget", {"budget": 9}),
        ("sentence", {"language": "own", "name": "Mine", "text": "The bus is late"}),
    ],
    "desk": [
        ("search", {"claim": 6, "query": "otter"}),
        ("open", {"claim": 6, "page": "rivers-log-2014"}),
        ("who", {"claim": 6, "site": "rivers"}),
        ("evidence", {"claim": 6, "page": "rivers-log-2014", "picked": True}),
        ("verdict", {"claim": 6, "verdict": "supported"}),
    ],
    "crowd": [("publish", {"setting": {"birthday": "day"}})],
    "guesser": [("test", {"target": "grade"})],
}  # fmt: skip


@pytest.mark.parametrize("name", LOCKED)
def test_no_step_is_taken_before_the_one_that_opens_it(open_card: Open, name: str) -> None:
    page = open_card(name)
    for kind, body in LOCKED[name]:
        assert not page.send(kind, **body)["ok"], kind
    # That it was refused may be noted; nothing that could count was written.
    assert {event.kind for event in Journal(page.card.desk.session.work).read().events} <= {"ai"}


@pytest.mark.parametrize("name", LOCKED)
def test_a_page_cannot_write_the_state_that_would_open_it(open_card: Open, name: str) -> None:
    page = open_card(name)
    was = json.dumps(page.card.data)
    state = {"data": {"guess": {"wrong": [], "most": 1}, "waiting": False, "bet": "1", "locked": {}}, "done": True}
    page.card.comm.handle_msg({"content": {"data": {"method": "update", "state": state}}, "buffers": []})
    assert json.dumps(page.card.data) == was
    for kind, body in LOCKED[name]:
        assert not page.send(kind, **body)["ok"], kind


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for key, part in value.items() for one in (str(key), *strings(part))]
    if isinstance(value, (list, tuple)):
        return [one for part in value for one in strings(part)]
    return [value] if isinstance(value, str) else []


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize("name", CARDS)
def test_nothing_that_is_kept_back_stands_in_a_fresh_card(open_card: Open, name: str) -> None:
    page = open_card(name)
    sent = json.dumps(page.card.get_state(), default=str)
    root = content_root() / "notebooks" / "lessons"
    secrets = {row["rather_not_say"] for row in table(root / "what-can-it-guess/data/survey.csv")}
    pile = [row["text"] for row in table(root / "told-or-taught/data/messages.csv")]
    pages = read_yaml(root / "who-says/data/pages.yml")["pages"]
    kept = [*secrets, *pile, *(one["text"].strip()[:60] for one in pages)]
    assert [one for one in kept if len(one) > 3 and json.dumps(one)[1:-1] in sent] == []
    keys = {"says", "copy_of", "taken_from", "owner", "planted", "needed", "is_scam", "answers_key", "row"}
    found = keys & set(strings(page.card.data))
    assert found <= ({"row"} if name == "find" else set())
