"""The scam filter: tell one machine rules, teach another by examples, and fool them both."""

from kit.widgets.exercises.scam_filter.card import ScamFilter

__all__ = ["EXERCISE", "ScamFilter"]

EXERCISE = ScamFilter
