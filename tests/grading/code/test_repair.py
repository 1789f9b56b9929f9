"""What becomes of a notebook with code that was cut, copied, moved or tampered with."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from kit.grading.code.repair import Original, repair


def original(name: str, source: str, kind: str = "code", **about: Any) -> Original:
    flags = {"grade": False, "solution": False, "locked": False, "task": False, **about}
    return Original(name, kind, source, {"schema_version": 3, "grade_id": name, "checksum": "0" * 32, **flags})


ANSWER = original("squares", "def squares(n):\n    raise NotImplementedError()", solution=True)
TEST = original("test", "assert squares(1) == [1]\nassert squares(2) == [1, 4]", grade=True, locked=True, points=2.0)
ESSAY = original("why", "Your answer here", "markdown", grade=True, solution=True, points=3.0)
GIVEN = original("given", "import math", locked=True)
ALL = [GIVEN, ANSWER, TEST, ESSAY]


def handed_in(one: Original, source: str | None = None, **changes: Any) -> NotebookNode:
    make = nbformat.v4.new_markdown_cell if one.kind == "markdown" else nbformat.v4.new_code_cell
    return make(one.source if source is None else source, metadata={"nbgrader": {**one.about, **changes}})


def honest() -> list[NotebookNode]:
    free = nbformat.v4.new_code_cell("squares(10)")
    shown = TEST.source.splitlines()[0]  # students never get the hidden part of a test
    return [
        handed_in(GIVEN),
        handed_in(ANSWER, "def squares(n):\n    return [1]"),
        free,
        handed_in(TEST, shown),
        handed_in(ESSAY, "Because."),
    ]


def sources(cells: list[NotebookNode]) -> list[str]:
    return [cell.source for cell in cells]


def test_honest_work_stays_as_it_is_and_the_hidden_tests_come_back():
    repaired = repair(honest(), ALL)
    assert repaired.notes == []
    wanted = [GIVEN.source, "def squares(n):\n    return [1]", "squares(10)", TEST.source, "Because."]
    assert sources(repaired.cells) == wanted


def test_nothing_of_a_cell_stays_but_its_words():
    cells = honest()
    for cell in cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception"]
        cell.metadata["extra"] = {"x": 1}
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="5")]
    for cell in repair(cells, ALL).cells:
        assert cell.metadata.keys() <= {"nbgrader"}
        assert not cell.get("outputs")


@pytest.mark.parametrize(
    "change",
    [{"grade": False}, {"points": 1000}, {"solution": True}, {"task": True}],
    ids=lambda change: next(iter(change)),
)
def test_settings_are_the_teachers_own(change):
    cells = honest()
    cells[3] = handed_in(TEST, TEST.source.splitlines()[0], **change)
    repaired = repair(cells, ALL)
    assert repaired.cells[3].metadata["nbgrader"] == TEST.about
    assert repaired.notes == ["The settings of the cell test had been changed; the original ones were used."]


def test_tags_are_noted():
    cells = honest()
    cells[3].metadata["tags"] = ["skip-execution"]
    assert "settings of the cell test" in repair(cells, ALL).notes[0]


def test_a_changed_test_is_put_right_and_noted():
    cells = honest()
    cells[3].source = "assert True"
    repaired = repair(cells, ALL)
    assert repaired.cells[3].source == TEST.source
    assert repaired.notes == ["The text of the locked cell test had been changed; the original was used."]


def test_a_cell_of_another_kind_is_made_what_it_was():
    cells = honest()
    cells[3] = nbformat.v4.new_markdown_cell("nothing", metadata={"nbgrader": dict(TEST.about)})
    repaired = repair(cells, ALL)
    assert repaired.cells[3].cell_type == "code"
    assert repaired.cells[3].source == TEST.source


def test_missing_cells_come_back_in_their_place():
    cells = honest()
    del cells[3]
    repaired = repair(cells, ALL)
    assert sources(repaired.cells)[3] == TEST.source
    assert repaired.notes == ["The cell test was missing and was put back."]


def test_an_empty_notebook_gets_everything_back():
    assert sources(repair([], ALL).cells) == [one.source for one in ALL]


def test_a_copied_test_runs_once():
    cells = honest()
    cells.insert(1, handed_in(TEST))
    repaired = repair(cells, ALL)
    assert sources(repaired.cells).count(TEST.source) == 1
    assert "The cell test was there 2 times; the last one counts." in repaired.notes


def test_the_parts_of_a_split_answer_all_run():
    cells = honest()
    cells[1:2] = [
        handed_in(ANSWER, "def helper():\n    return 1"),
        handed_in(ANSWER, "def squares(n):\n    return [1]"),
    ]
    repaired = repair(cells, ALL)
    assert sources(repaired.cells)[1:3] == ["def helper():\n    return 1", "def squares(n):\n    return [1]"]
    named = [cell for cell in repaired.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "squares"]
    assert len(named) == 1


def test_moved_cells_go_back_with_the_free_cells_that_follow_them():
    cells = honest()
    moved = [cells[3], *cells[:3], cells[4]]
    repaired = repair(moved, ALL)
    assert sources(repaired.cells) == sources(repair(honest(), ALL).cells)
    assert repaired.notes == ["Cells had been moved; they are back in the teacher's order."]


def test_pictures_in_an_answer_stay_and_nothing_else_that_is_attached():
    cells = honest()
    cells[4]["attachments"] = {"a.png": {"image/png": "aGk="}, "b.svg": {"image/svg+xml": "<svg onload=x>"}, "c": 5}
    assert repair(cells, ALL).cells[4].attachments == {"a.png": {"image/png": "aGk="}}


METADATA = st.dictionaries(
    st.sampled_from(["grade", "solution", "locked", "task", "points", "grade_id", "tags"]),
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["test", "squares", "why", "other"])
    | st.lists(st.text()),
)
CELLS = st.builds(
    lambda kind, source, about, tags: nbformat.from_dict(
        {"cell_type": kind, "source": source, "metadata": {"nbgrader": about, "tags": tags}}
    ),
    st.sampled_from(["code", "markdown", "raw"]),
    st.text(max_size=10),
    METADATA | st.none() | st.text(),
    st.lists(st.text(max_size=4)) | st.none() | st.integers(),
)


@settings(deadline=None)
@given(st.lists(CELLS, max_size=8))
def test_whatever_comes_in_every_known_cell_comes_out_once_and_in_order(cells):
    repaired = repair(cells, ALL)
    found = [cell.metadata.nbgrader["grade_id"] for cell in repaired.cells if "nbgrader" in cell.metadata]
    assert found == [one.name for one in ALL]
    by_name = {cell.metadata.nbgrader["grade_id"]: cell for cell in repaired.cells if "nbgrader" in cell.metadata}
    assert by_name["test"].source == TEST.source
    nbformat.validate(nbformat.v4.new_notebook(cells=repaired.cells))
