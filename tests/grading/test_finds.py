"""What a student collected for a page stands under it, where the grader reads the page."""

from __future__ import annotations

from kit.grading.answers import Work, answer_html
from kit.grading.fields import Field
from kit.journal import Event, fold
from kit.lessons import load_catalogue
from kit.settings import content_root

LESSON = load_catalogue(content_root())["how-a-machine-reads"]
PAGE = Field("field-guide", "respond", "How does a machine read?")
TOKENS = {"tokens": [{"id": 9, "bytes": [97, 98]}]}
CUT = ("run", "token-explorer", {"action": "split", "params": {"text": "ab"}, "result": TOKENS})


def html_of(*steps):
    events = [Event(seq, "2026-11-22T00:00:00.000+00:00", *step, "", "") for seq, step in enumerate(steps, 1)]
    return answer_html(PAGE, Work(fold(events), {event.id: event for event in events}, LESSON))


def find(number, note="Look <b>here</b>!", run="run-1"):
    return ("claim", f"field-guide-find-{number}", {"claim": note, "evidence": [run], "reasoning": ""})


def test_finds_stand_under_the_page_with_what_was_cut_and_what_to_notice():
    html = html_of(CUT, ("answer", "field-guide", "It cuts."), find(1))
    assert html.index("It cuts.") < html.index("Finds")
    assert "1 piece" in html
    assert "Look" in html
    assert "<b>" not in html


def test_finds_without_a_page_are_shown_too_and_other_claims_are_not():
    assert "1 piece" in html_of(CUT, find(1))
    other = ("claim", "field-guide-find-1-more", {"claim": "No.", "evidence": ["run-1"], "reasoning": ""})
    assert html_of(CUT, other, ("claim", "my-claim", {"claim": "No.", "evidence": ["run-1"], "reasoning": ""})) == ""


def test_a_find_that_was_taken_out_or_written_by_hand_is_no_row():
    for value in (None, 3, {"claim": "x"}, {"claim": "x", "evidence": []}, {"claim": "x", "evidence": "run-1"}):
        assert "Finds" not in html_of(CUT, ("claim", "field-guide-find-1", value))
