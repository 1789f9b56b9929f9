"""The note about how the work came about tells a teacher's own time, and survives times that nobody wrote honestly."""

from __future__ import annotations

import time

import pytest

from kit.grading.process import summary_html
from kit.journal import Event, Record


@pytest.fixture
def _in_chicago(monkeypatch):
    monkeypatch.setenv("TZ", "America/Chicago")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def note(*times):
    events = [Event(seq, moment, "answer", "first-idea", "x", "", "") for seq, moment in enumerate(times, 1)]
    return summary_html(Record(tuple(events), ()), [])


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows keeps its clock elsewhere")
@pytest.mark.usefixtures("_in_chicago")
def test_times_are_those_of_the_computer_that_grades():
    html = note("2026-11-20T15:05:10.000+00:00", "2026-11-20T15:55:10.000+00:00")
    assert "2026-11-20 09&#58;05 to 09&#58;55" in html
    assert "2026-11-20 09&#58;05 to 2026-11-21" in note("2026-11-20T15:05:10+00:00", "2026-11-21T15:05:10+00:00")


@pytest.mark.parametrize("moment", ["", "yesterday", "<b>", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_was_written_by_hand_stops_nobody(moment):
    assert "<b>" not in note(moment)
