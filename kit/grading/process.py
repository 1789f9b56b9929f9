"""How the work came about, for the teacher: drafts, times, runs, and whether the journal is as it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from kit.grading.plain import as_text, block, bullets, table, titled
from kit.journal import Event, Record, fold

TAMPER_NOTE = (
    "The journal is not as the page wrote it: {lines}. A repaired disk or a copied file can do this too, so talk with "
    "the student before you draw a conclusion. The points were worked out from what is there."
)
_DRAFTED = frozenset({"answer", "choice", "claim", "statement"})


def tamper_note(record: Record) -> str:
    """Return a sentence for the teacher if the journal is not intact, else nothing."""
    if record.is_intact:
        return ""
    reasons = Counter(fault.reason for fault in record.faults if fault.reason != "torn")
    words = {"edited": "changed", "broken-chain": "missing or moved"}
    lines = ", ".join(
        f"{count} {'line' if count == 1 else 'lines'} {words.get(reason, reason)}" for reason, count in reasons.items()
    )
    return TAMPER_NOTE.format(lines=lines)


def summary_html(record: Record, notes: Sequence[str]) -> str:
    """Return the note that stands at the top of a graded notebook, for the teacher only."""
    parts = [_process(record.events)]
    if notes:
        parts.append(titled("Notes", bullets(as_text(note) for note in notes)))
    return block("process", titled("About this submission (only you see this)", "".join(parts)))


def _process(events: Sequence[Event]) -> str:
    if not events:
        return "<p>There is no journal in this submission, so points from the page can't be given.</p>"
    kinds = Counter(event.kind for event in events)
    rows = [
        ("First and last saved", _from_to(_moment(events[0]), _moment(events[-1]))),
        ("Page opened", _times(kinds["open"])),
        ("Bets and predictions", str(kinds["prediction"])),
        ("Runs of exercises", str(kinds["run"])),
        ("Sources in the log", str(len(fold(events).sources))),
        ("No answer from the model", _times(kinds["ai"])),
        ("Answers that were written over", _rewritten(events)),
    ]
    return table("How the work came about", ("What", "How much"), rows)


def _rewritten(events: Sequence[Event]) -> str:
    """Name the answers that were saved more than once, the most often first: drafts are a good sign."""
    saves = Counter(event.field for event in events if event.kind in _DRAFTED)
    often = [f"{as_text(name, 60)} (saved {_times(count)})" for name, count in saves.most_common(20) if count > 1]
    return ", ".join(often) or "none, each was saved once"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _from_to(first: str, last: str) -> str:
    same_day = first[:10] == last[:10]
    return as_text(f"{first} to {last[11:] if same_day else last}")


def _moment(event: Event) -> str:
    """Return when something was saved, by the clock of the computer that grades."""
    try:
        return datetime.fromisoformat(event.time).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):  # a journal that was written by hand
        return event.time[:16].replace("T", " ")
