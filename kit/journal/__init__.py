"""The append-only record of one student's work on one lesson: it loses nothing and shows what was changed."""

from kit.journal.events import Event, Kind
from kit.journal.journal import FILE_NAME, Fault, Journal, Record
from kit.journal.state import State, fold
from kit.journal.submission import Receipt, hand_in, has_handed_in

__all__ = [
    "FILE_NAME",
    "Event",
    "Fault",
    "Journal",
    "Kind",
    "Receipt",
    "Record",
    "State",
    "fold",
    "hand_in",
    "has_handed_in",
]
