"""The append-only record of one student's work on one lesson: it loses nothing and shows what was changed."""

from kit.journal.events import Event, Kind
from kit.journal.journal import FILE_NAME, Fault, Journal, Record
from kit.journal.state import State, fold

__all__ = ["FILE_NAME", "Event", "Fault", "Journal", "Kind", "Record", "State", "fold"]
