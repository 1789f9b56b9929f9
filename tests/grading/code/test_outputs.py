from __future__ import annotations

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.grading.code.outputs import keep_outputs, points_in_reach

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
OUTPUTS = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result", "other"]) | ANYTHING},
    optional=dict.fromkeys(("name", "text", "data", "metadata", "ename", "evalue", "traceback"), ANYTHING),
)


@given(st.lists(OUTPUTS | ANYTHING, max_size=5))
def test_whatever_a_process_sends_makes_a_notebook_that_can_be_opened(outputs):
    cell = nbformat.v4.new_code_cell("x", outputs=keep_outputs(outputs, 3), execution_count=3)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_text_and_pictures_stay_and_what_runs_does_not():
    data = {"text/plain": "x", "image/png": "aGk=", "application/javascript": "alert(1)", "application/json": {"a": 1}}
    [kept] = keep_outputs([{"output_type": "display_data", "data": data}], 1)
    assert kept.data == {"text/plain": "x", "image/png": "aGk="}


def test_a_drawing_is_only_looked_at():
    [kept] = keep_outputs(
        [{"output_type": "display_data", "data": {"image/svg+xml": "<svg><script>x</script></svg>"}}], 1
    )
    assert kept.data.keys() == {"text/html"}
    assert "<script>" not in kept.data["text/html"]
    assert kept.data["text/html"].startswith('<img alt="A drawing" src="data:image/svg+xml;base64,')


@pytest.mark.parametrize(("text", "fine"), [("1.5", True), ("2", True), ("2.1", False), ("nan", False), ("'a'", True)])
def test_points_beyond_the_cells_are_noticed(text, fine):
    outputs = keep_outputs([{"output_type": "execute_result", "data": {"text/plain": text}}], 1)
    assert (points_in_reach(outputs, 2.0) == "") is fine
