"""What a page lets a student save and hand in is never refused when it is collected."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.errors import NotSaved
from kit.grading.intake import inspect
from kit.journal import Journal, hand_in
from kit.journal.submission import MOST_HANDED_IN

LONG = "x" * 990_000


def test_the_fullest_journal_that_can_be_handed_in_is_taken_in(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "work")
    for text in (LONG, LONG[:100_000]):
        with pytest.raises(NotSaved, match="full"):
            _write_until_full(journal, text)
    for _ in range(MOST_HANDED_IN):
        journal.append("submit", "small-lesson", {"receipt": "AAAA-BBBB", "head": "0" * 64})
    receipt = hand_in(tmp_path / "work", tmp_path / "inbox", "small-lesson")
    assert len(inspect(receipt.folder).record.events) > MOST_HANDED_IN


def _write_until_full(journal: Journal, text: str) -> None:
    while True:
        journal.append("answer", "first-idea", text)
