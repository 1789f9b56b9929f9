"""What comes of a notebook that a student has cut, copied, split or written beside the answer cells."""

from __future__ import annotations

import html

import nbformat

from kit.grading import grade


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def copy_of(cell, source):
    copied = nbformat.from_dict({**cell, "source": source})
    copied.id = f"{cell.id[:6]}-{len(source)}"
    return copied


def graded(room, notebook):
    room.place("kim-01", notebook)
    [outcome] = grade(room.course, room.lesson).outcomes
    assert outcome.refused == ""
    return outcome, room.graded("kim-01")


def test_a_split_answer_is_put_together(room):
    notebook = room.notebook()
    cell = cell_of(notebook, "my-code")
    place = notebook.cells.index(cell)
    notebook.cells[place : place + 1] = [copy_of(cell, "first = 1"), copy_of(cell, "second = 22")]
    outcome, result = graded(room, notebook)
    assert cell_of(result, "my-code").source == "first = 1\n\nsecond = 22"
    assert "The cell my-code was there 2 times; its parts were put together." in outcome.notes


def test_a_copied_answer_counts_once(room):
    notebook = room.notebook()
    cell = cell_of(notebook, "my-code")
    cell.source = "x = 1"
    notebook.cells.append(copy_of(cell, "x = 1"))
    _, result = graded(room, notebook)
    assert cell_of(result, "my-code").source == "x = 1"


def test_a_deleted_cell_is_put_back_and_said(room):
    notebook = room.notebook()
    notebook.cells.remove(cell_of(notebook, "bets"))
    outcome, result = graded(room, notebook)
    assert "The cell bets was missing and was put back." in outcome.notes
    assert "was missing and was put back" in result.cells[0].source
    assert cell_of(result, "bets").source.endswith("minimum=2)")


def test_an_answer_typed_into_the_notebook_reaches_the_grader_as_text(room):
    notebook = room.notebook()
    cell_of(notebook, "why-wrong").source = "Typed *here* <b>by hand</b>."
    _, result = graded(room, notebook)
    cell = cell_of(result, "why-wrong")
    assert "Written in the notebook" in cell.source
    assert "<b>by" not in cell.source
    assert cell.metadata.kit.answered
    assert cell.metadata.kit.rubrics[0]["levels"][-1]["text"] == "Weighs two reasons."


def test_what_was_written_elsewhere_is_shown_at_the_end(room):
    notebook = room.notebook()
    notebook.cells.insert(2, nbformat.v4.new_markdown_cell("My answer is in the wrong place."))
    outcome, result = graded(room, notebook)
    assert "My answer is in the wrong place." in result.cells[-1].source
    assert any("outside the answer cells" in note for note in outcome.notes)


def test_an_untouched_notebook_has_no_notes(room):
    room.play("kim-01")
    outcome, _ = graded(room, room.notebook())
    assert outcome.notes == ()


def test_answers_are_stitched_in_by_kind(room):
    room.play("kim-01")
    _, result = graded(room, room.notebook())
    assert "It predicts" in cell_of(result, "pick").source  # the option's words, not its id
    claim = cell_of(result, "my-claim").source
    assert "Top ten: first “word0”, 40%" in html.unescape(claim)
    assert "The capital of France is" in claim
    assert "Encyclopedia, 2024." in claim
    assert "<em>not in the journal</em>" in claim
    sources = cell_of(result, "my-sources").source
    assert "Who is behind it?" in sources
    assert "Two others agree" in sources
    assert "Did I use AI?" in cell_of(result, "my-ai").source
