"""Handing in: whole or not at all, and never at the cost of the work."""

import json
import re

import pytest

from kit.errors import NotSaved
from kit.journal import FILE_NAME, Journal, hand_in, has_handed_in
from kit.journal.submission import MOST_HANDED_IN


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    Journal(folder).append("answer", "q", "my words")
    (folder / "lesson.ipynb").write_text("{}")
    return folder


def test_a_snapshot_holds_notebook_journal_time_and_receipt(work, tmp_path):
    receipt = hand_in(work, tmp_path / "inbox", "lesson")
    names = {file.name for file in receipt.folder.iterdir()}
    assert names == {"lesson.ipynb", FILE_NAME, "timestamp.txt", "receipt.json"}
    assert (receipt.folder / "timestamp.txt").read_text().endswith(" UTC")
    written = json.loads((receipt.folder / "receipt.json").read_text())
    assert written["receipt"] == receipt.code
    assert written["head"] == Journal(receipt.folder).read().events[-1].digest
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{4}", receipt.code)


def test_the_journal_notes_the_receipt(work, tmp_path):
    receipt = hand_in(work, tmp_path / "inbox", "lesson")
    last = Journal(work).read().events[-1]
    assert (last.kind, last.field, last.value["receipt"]) == ("submit", "lesson", receipt.code)


def test_handing_in_again_keeps_the_earlier_one_and_sorts_after_it(work, tmp_path):
    first = hand_in(work, tmp_path / "inbox", "lesson")
    Journal(work).append("answer", "q", "better words")
    second = hand_in(work, tmp_path / "inbox", "lesson")
    assert sorted(folder.name for folder in (tmp_path / "inbox").iterdir()) == [first.folder.name, second.folder.name]
    assert first.code != second.code


def test_links_locks_and_other_files_are_left_out(work, tmp_path):
    (tmp_path / "secret.ipynb").write_text("secret")
    (work / "linked.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (work / "big.bin").write_text("x")
    receipt = hand_in(work, tmp_path / "inbox", "lesson")
    assert {file.name for file in receipt.folder.iterdir()} & {"linked.ipynb", "big.bin", "journal.lock"} == set()


def test_nothing_is_half_handed_in_when_the_inbox_cannot_be_written(work, tmp_path):
    (tmp_path / "inbox").write_text("a file in the way")
    with pytest.raises(NotSaved, match="Not handed in"):
        hand_in(work, tmp_path / "inbox", "lesson")
    assert [event.kind for event in Journal(work).read().events] == ["answer"]


def test_work_without_a_journal_is_not_handed_in(tmp_path):
    (tmp_path / "work").mkdir()
    with pytest.raises(NotSaved):
        hand_in(tmp_path / "work", tmp_path / "inbox", "lesson")
    assert list((tmp_path / "inbox").iterdir()) == []


def test_handing_in_has_a_limit_and_what_was_handed_in_stays(work, tmp_path):
    inbox = tmp_path / "inbox"
    for _ in range(MOST_HANDED_IN):
        hand_in(work, inbox, "next-word-please")
    with pytest.raises(NotSaved, match="is the limit"):
        hand_in(work, inbox, "next-word-please")
    assert len(list(inbox.iterdir())) == MOST_HANDED_IN


def test_great_journals_reach_the_limit_sooner(work, tmp_path, monkeypatch):
    monkeypatch.setattr("kit.journal.submission.MOST_BYTES_HANDED_IN", 1_500)
    hand_in(work, tmp_path / "inbox", "next-word-please")
    (work / "lesson.ipynb").write_text("x" * 2_000)
    hand_in(work, tmp_path / "inbox", "next-word-please")
    with pytest.raises(NotSaved, match="2 times, which is the limit"):
        hand_in(work, tmp_path / "inbox", "next-word-please")


def test_only_what_is_there_as_a_whole_was_handed_in(work, tmp_path):
    inbox = tmp_path / "inbox"
    assert not has_handed_in(inbox)
    (inbox / ".building-1").mkdir(parents=True)
    assert not has_handed_in(inbox)
    hand_in(work, inbox, "next-word-please")
    assert has_handed_in(inbox)
