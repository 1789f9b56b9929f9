"""The lesson's notebooks run from top to bottom, and what students get holds no answer."""

import ast
import json
import os
import re
import shutil
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from kit.grading import prepare_course, release
from kit.lessons import load_catalogue
from kit.lessons.check.notebook import EXTENSION
from kit.settings import Course, Session
from kit.settings.load import load_settings

from .conftest import REPOSITORY

CATALOGUE = load_catalogue(REPOSITORY)


@pytest.fixture(scope="module", params=CATALOGUE.slugs)
def slug(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def released(template: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return deepcopy(template)


@pytest.fixture(scope="module")
def template(slug: str, tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    course = Course(tmp_path_factory.mktemp("course"))
    shutil.copytree(REPOSITORY / "notebooks" / "lessons", course.lessons)
    shutil.copytree(CATALOGUE.notebook(slug).parent, course.step("source") / slug)
    prepare_course(course, load_settings(course.root))
    release(course, slug)
    return nbformat.read(course.released(slug) / f"{slug}.ipynb", as_version=4)


def run(notebook: nbformat.NotebookNode, folder: Path, monkeypatch: pytest.MonkeyPatch) -> nbformat.NotebookNode:
    session = Session(student="s-01", work=folder / "work", content=REPOSITORY)
    for name, value in session.to_environment().items():
        monkeypatch.setenv(name, value)
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    return client.execute(env=dict(os.environ))


def shown_widgets(notebook: nbformat.NotebookNode) -> int:
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return sum("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs)


def test_nothing_that_students_get_gives_an_answer_away(released, slug):
    text = json.dumps(released)
    source = CATALOGUE.notebook(slug).read_text()
    assert "BEGIN SOLUTION" in source, "the source has it, or this test would prove nothing"
    for secret in ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "sample at level", "answer=", "key="):
        assert secret not in text


def test_every_written_answer_and_every_point_is_still_there(released, slug):
    graded = [cell.metadata.nbgrader for cell in released.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    points = {mark.grade_id: mark.points for mark in graded}
    assert points == {criterion.grade_id: criterion.points for criterion in CATALOGUE[slug].criteria}


def test_the_students_page_runs_from_top_to_bottom(released, tmp_path, monkeypatch):
    # The extension waits for the student's own code, and raises until it is there.
    released.cells = [cell for cell in released.cells if EXTENSION not in cell.metadata.get("tags", [])]
    asked = [cell for cell in released.cells if re.match(r"lesson\.\w+\(", cell.source)]
    done = run(released, tmp_path, monkeypatch)
    assert shown_widgets(done) == len(asked)
    assert (tmp_path / "work" / "journal.jsonl").is_file()


def test_the_solved_extension_gives_chances_that_add_up(tmp_path, monkeypatch):
    notebook = nbformat.read(CATALOGUE.notebook("next-word-please"), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if EXTENSION in cell.metadata.get("tags", [])]
    done = run(notebook, tmp_path, monkeypatch)
    (answer,) = (cell for cell in done.cells if cell.metadata.get("nbgrader"))
    chances = ast.literal_eval(answer.outputs[0].data["text/plain"])
    assert sum(chances.values()) == pytest.approx(1)
    assert max(chances, key=chances.get) == " air"


def test_the_solved_extension_runs(slug, tmp_path, monkeypatch):
    notebook = nbformat.read(CATALOGUE.notebook(slug), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if EXTENSION in cell.metadata.get("tags", [])]
    done = run(notebook, tmp_path, monkeypatch)
    answers = [cell for cell in done.cells if cell.cell_type == "code" and cell.metadata.get("nbgrader")]
    extensions = [criterion for criterion in CATALOGUE[slug].criteria if criterion.extension]
    assert len(answers) == len(extensions)


def test_the_specialists_notebook_runs_from_top_to_bottom(slug, tmp_path, monkeypatch):
    notebook = nbformat.read(CATALOGUE.co_teach(slug), as_version=4)
    done = run(notebook, tmp_path, monkeypatch)
    assert shown_widgets(done) == sum(cell.source.startswith("lesson.") for cell in notebook.cells)
