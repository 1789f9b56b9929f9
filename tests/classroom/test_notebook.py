from __future__ import annotations

from typing import Any

import nbformat.v4 as nbf
import pytest

from kit.classroom.notebook import arrange, drop_title, shown_cells
from kit.lessons import load_inquiry_model


def _cell(source: str, *tags: str, kind: str = "markdown", **metadata: Any) -> Any:
    make = nbf.new_code_cell if kind == "code" else nbf.new_markdown_cell
    return make(source, metadata={"tags": list(tags), **metadata})


@pytest.mark.parametrize("tag", ["kit:grading", "kit:teacher", "kit:code-extension"])
def test_cells_that_are_not_for_the_page_are_left_out(tag: str) -> None:
    cells = [_cell("seen"), _cell("unseen", tag)]
    assert [cell.source for cell in shown_cells(cells)] == ["seen"]


def test_a_test_cell_is_left_out_even_when_its_tag_was_forgotten() -> None:
    marks = {"grade": True, "solution": False, "locked": True, "grade_id": "x", "points": 1}
    assert shown_cells([_cell("assert 1", kind="code", nbgrader=marks)]) == []


def test_stages_get_the_labels_of_the_schools_own_model() -> None:
    cells = [_cell("intro"), _cell("## Connect: what do you know?\n\nText.", "stage:orient"), _cell("more")]
    stages = arrange(cells, load_inquiry_model("gid"))
    assert [(stage.id, stage.number, stage.label, stage.title) for stage in stages] == [
        ("orient", 1, "Open and Immerse", "what do you know?")
    ]
    assert stages[0].gate == "What caught my interest, and what do I know so far?"
    assert [cell.metadata["kit"]["stage"] for cell in cells] == [0, 1, 1]
    assert "##" not in cells[1].source
    assert "Text." in cells[1].source


def test_a_heading_that_is_only_the_stages_name_is_said_once() -> None:
    assert arrange([_cell("## Wonder", "stage:question")], load_inquiry_model())[0].title == ""


@pytest.mark.parametrize(
    ("source", "shows"),
    [("lesson.submit()", True), ("lesson = 1", False), ("import math", False), ("%magic", True), ("", False)],
)
def test_a_place_is_kept_for_what_will_show(source: str, shows: bool) -> None:
    cell = _cell(source, kind="code")
    arrange([cell], load_inquiry_model())
    assert cell.metadata["kit"]["shows"] is shows


def test_the_title_is_not_said_twice() -> None:
    first = _cell("# Next Word\n\n**When is it right?**\n\nToday you play. When is it right? is asked inside too.")
    drop_title([first], "When is it right?")
    assert first.source.strip() == "Today you play. When is it right? is asked inside too."
