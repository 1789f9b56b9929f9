"""What was explained in an exercise, and the reasons at the checking desk, reach whoever scores, and the student."""

from __future__ import annotations

import nbformat
import pytest

from kit.experiments.lateral_reading import load
from kit.grading import feedback, grade, prepare_course, release
from kit.grading.answers import Work, answer_html
from kit.grading.fields import read_fields
from kit.grading.stitching import read_samples
from kit.journal import Event, Journal, fold
from kit.lessons import load_catalogue
from kit.settings import content_root
from kit.settings.load import Settings

from .conftest import LESSON, REVEAL, build, code, manual, run, source_notebook

CATALOGUE = load_catalogue(content_root())
WHO_SAYS = CATALOGUE.data_folder("who-says")
WEB = load(WHO_SAYS)
ICE = ("run", "next-word", run("ice", "reveal", {"temperature": 1}, REVEAL))
NONSENSE = (None, 3, [], "text", {}, {"claim": 7, "evidence": "run-1"}, {"claim": "", "evidence": [[[]], None]})


def asked(call):
    [field] = read_fields({"cells": [code(call)]}).values()
    return field


def html_of(call, *steps, lesson="next-word-please", data=None):
    events = [Event(seq, "2026-11-22T00:00:00.000+00:00", *step, "", "") for seq, step in enumerate(steps, 1)]
    return answer_html(asked(call), Work(fold(events), {event.id: event for event in events}, CATALOGUE[lesson], data))


def step(action, claim, result=None, **params):
    value = {"action": action, "params": {"claim": claim, **params}, "result": result or {}}
    return ("run", "lateral-reading", value)


def picked(claim, *pages):
    steps = [(step("open", claim, page=page), step("evidence", claim, {"picked": True}, page=page)) for page in pages]
    return [one for pair in steps for one in pair]


def at_the_desk(part, *steps):
    return html_of(f'lesson.exercise("lateral-reading", part="{part}")', *steps, lesson="who-says", data=WHO_SAYS)


def test_an_explanation_stands_under_its_exercise_with_the_runs_that_show_it():
    call = 'lesson.exercise("next-word", prompts=["ice", "planet"], title="The machine, part two")'
    why = ("claim", "next-word-ice-why", {"claim": "It <b>guesses</b>.", "evidence": ["run-1"], "reasoning": ""})
    html = html_of(call, ICE, why)
    assert "The machine, part two" in html
    assert "It &#60;b&#62;guesses" in html
    assert "word0" in html
    assert "run-1" not in html  # a number that stands nowhere on the student's page
    assert html_of(call.replace("ice", "planet", 1), ICE, why) == ""


@pytest.mark.parametrize("value", NONSENSE)
def test_an_explanation_that_was_written_by_hand_stops_nobody(value):
    html = html_of('lesson.exercise("next-word", prompts=["ice"])', ICE, ("claim", "next-word-ice-why", value))
    assert "Traceback" not in html


def test_an_exercise_whose_options_are_not_written_out_is_passed_over():
    assert read_fields({"cells": [code("lesson.exercise(name, prompts=prompts)")]}) == {}
    assert read_fields({"cells": [code('lesson.exercise("next-word", prompts=3)')]}) == {}


def test_reasons_stand_beside_verdicts_and_the_pages_picked():
    html = at_the_desk(
        "check",
        *picked(6, "ledger-otter-stops-race", "rivers-log-2014"),
        step("verdict", 6, {"verdict": "supported"}),
        ("answer", "lateral-reading-why-6", "She wrote it <i>that day</i>."),
        ("answer", "lateral-reading-why-2", "I only have a feeling."),
    )
    assert "6 (the otter in the boat)" in html
    assert "supported" in html
    assert "Rangers" in html
    assert "She wrote it &#60;i&#62;that day" in html
    assert html.index("I only have a feeling") < html.index("6 (the otter")
    assert "(none)" in html  # no verdict on 2, and no page


def test_a_pile_of_pages_is_cut_short_and_counted():
    html = at_the_desk("check", *picked(1, *WEB.pages))
    assert f"and {len(WEB.pages) - 6} more" in html


def test_the_guess_and_the_markup_are_shown_too():
    guess = ("prediction", "lateral-reading", {"prompt": "answer", "bet": "", "wrong": [6, 7], "most": 6})
    assert "Sounded wrong: 6 (the otter in the boat), 7 (the band" in at_the_desk("guess", guess)
    html = at_the_desk(
        "answer",
        *picked(2, "scales-certificates"),
        step("mark", 2, {"mark": "revise", "cite": "scales-certificates"}),
        step("mark", 3, {"mark": "reject", "cite": None}),
        ("answer", "lateral-reading-sentence-2", "It weighed 1,490 pounds."),
    )
    assert "Revised: 2 (the heaviest boat)&#58; It weighed 1,490 pounds." in html
    assert "cites Marlow Office of Weights and Measures" in html
    assert "Cut: 3 (ice cream and speed)" in html


@pytest.mark.parametrize("part", ["guess", "check", "answer"])
def test_a_desk_that_nobody_sat_at_and_one_without_its_web_show_nothing(part, tmp_path):
    assert at_the_desk(part) == ""
    call = f'lesson.exercise("lateral-reading", part="{part}")'
    verdict = step("verdict", 1, {"verdict": "supported"})
    assert html_of(call, verdict, lesson="who-says", data=tmp_path) == ""


@pytest.mark.parametrize("value", NONSENSE)
def test_reasons_that_were_written_by_hand_stop_nobody(value):
    html = at_the_desk("check", ("answer", "lateral-reading-why-1", value), step("verdict", value, value))
    assert "Traceback" not in html


def test_a_grader_and_the_student_read_it_where_it_belongs_and_the_sample_is_the_graders(tmp_path):
    notebook = source_notebook()
    sample = "<!-- BEGIN SOLUTION -->\n**A sample.** It cuts *here*.\n<!-- END SOLUTION -->"
    notebook.cells[3].source = sample
    notebook.cells.insert(2, code('lesson.exercise("next-word", prompts=["moon"])'))
    course = build(tmp_path / "course", notebook)
    lesson_yml = course.lessons / LESSON / "lesson.yml"
    lesson_yml.write_text(lesson_yml.read_text().replace("beside: [my-claim]", "beside: [next-word-moon]"))
    release(course, LESSON)
    folder = course.step("submitted") / "kim-01" / LESSON
    journal = Journal(folder)
    journal.append("claim", "next-word-moon-why", {"claim": "Cheese is usual.", "evidence": [], "reasoning": ""})
    journal.append("answer", "why-wrong", "Because.")
    grade(course, LESSON)
    graded = nbformat.read(course.step("autograded") / "kim-01" / LESSON / f"{LESSON}.ipynb", as_version=4)
    places = [place for place, cell in enumerate(graded.cells) if "Cheese is usual." in cell.source]
    assert [graded.cells[place - 1].source for place in places] == ['lesson.exercise("next-word", prompts=["moon"])']
    [scored] = [cell for cell in graded.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "why-wrong"]
    assert "Cheese is usual." in scored.metadata.kit.beside[0]
    assert scored.metadata.kit.sample == "**A sample.** It cuts *here*."
    feedback(course, LESSON)
    page = (course.outbox("kim-01", LESSON) / f"{LESSON}.html").read_text()
    assert page.count("Cheese is usual.") == 1
    assert "A sample." not in page


def test_a_source_that_can_not_be_read_has_no_samples(tmp_path):
    broken = tmp_path / "x.ipynb"
    broken.write_text("{")
    assert read_samples(broken) == read_samples(tmp_path / "gone.ipynb") == {}


def test_an_extension_that_nobody_tried_is_not_in_the_feedback(tmp_path):
    notebook = source_notebook()
    notebook.cells.insert(3, manual("my-extra", 0, kind="code"))
    course = build(tmp_path / "course", notebook)
    prepare_course(course, Settings(course_id="again"))
    release(course, LESSON)
    for student, text in (("kim-01", None), ("lee-02", "chances = {}")):
        work = nbformat.read(course.released(LESSON) / f"{LESSON}.ipynb", as_version=4)
        [cell] = [one for one in work.cells if one.metadata.get("nbgrader", {}).get("grade_id") == "my-extra"]
        cell.source = text or cell.source
        folder = course.step("submitted") / student / LESSON
        folder.mkdir(parents=True)
        nbformat.write(work, folder / f"{LESSON}.ipynb")
    grade(course, LESSON)
    feedback(course, LESSON)
    kim, lee = ((course.outbox(name, LESSON) / f"{LESSON}.html").read_text() for name in ("kim-01", "lee-02"))
    assert "My extra" not in kim
    assert "No response." not in kim
    assert "You left this one empty." in kim
    assert "My extra" in lee
    assert "chances = {}" in lee
