"""What a grader reads of an argument: each piece of evidence in words, and what no longer holds is said to be so."""

from __future__ import annotations

import html

from kit.grading.answers import Work, answer_html
from kit.grading.fields import Field
from kit.journal import Event, fold
from kit.lessons import load_catalogue
from kit.settings import content_root

LESSON = load_catalogue(content_root())["who-says"]
CLAIM = Field("my-claim", "claim", "How much of this answer would I put my name to?")


def judged(verdict):
    result = {"verdict": verdict, "about": "the otter in the boat"}
    return ("run", "lateral-reading", {"action": "verdict", "params": {"claim": 6}, "result": result})


def test_a_verdict_that_was_changed_later_is_said_to_be_changed():
    argument = {"claim": "Seven.", "evidence": ["run-1", "run-2"], "reasoning": "I looked."}
    steps = [judged("contradicted"), judged("supported"), ("claim", "my-claim", argument)]
    events = [Event(seq, "2026-11-22T00:00:00.000+00:00", *step, "", "") for seq, step in enumerate(steps, 1)]
    shown = html.unescape(answer_html(CLAIM, Work(fold(events), {event.id: event for event in events}, LESSON)))
    assert "My verdict: contradicted <em>(changed later)</em>" in shown
    assert "My verdict: supported</li>" in shown


def test_a_source_written_by_hand_does_not_fill_the_graders_page():
    wide = {"title": "The Ledger", "who": "Who?" * 30_000} | {f"note {number}": "x" * 500 for number in range(5_000)}
    log = Work(fold([Event(1, "2026-11-22T00:00:00.000+00:00", "source", "source-1", wide, "", "")]), {}, LESSON)
    shown = answer_html(Field("my-sources", "sources"), log)
    assert "The Ledger" in shown
    assert len(shown) < 20_000
