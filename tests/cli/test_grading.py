"""The five commands of a teacher's day, as a teacher types them."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from kit.cli import main
from kit.grading import prepare_course
from kit.journal import Journal, hand_in
from kit.settings import Course
from kit.settings.load import Settings

LESSON = "one-check"


def kit(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kit.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("class"))
    about = {"schema_version": 3, "grade": True, "locked": True, "solution": False, "grade_id": "pick", "points": 1}
    source = 'from kit.grading import checks\n\nchecks.closed_choice(points=1, field="q", answer="a")'
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, metadata={"nbgrader": about})])
    folder = course.step("source") / LESSON
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{LESSON}.ipynb")
    course.roster.write_text("student_id\nkim-01\n")
    prepare_course(course, Settings())
    return course


def test_a_day_from_release_to_export(course, tmp_path):
    released = kit("release", LESSON, cwd=course.root)
    assert (released.returncode, released.stderr.strip()) == (0, "")
    work = course.work("kim-01", LESSON)
    Journal(work).append("choice", "q", "a")
    hand_in(work, course.inbox("kim-01", LESSON), LESSON)
    collected = kit("collect", LESSON, "--course", str(course.root), cwd=tmp_path)
    assert "kim-01" in collected.stdout
    graded = kit("grade", LESSON, cwd=course.root)
    assert graded.returncode == 0
    assert "1 of 1" in graded.stdout
    assert "1 graded" in graded.stdout
    assert kit("feedback", LESSON, cwd=course.root).returncode == 0
    file = tmp_path / "grades.csv"
    exported = kit("export", LESSON, "--format", "canvas", "--to", str(file), cwd=course.root)
    assert exported.returncode == 0
    assert "No Canvas id" in exported.stderr
    assert file.read_text().splitlines()[-1] == "kim-01,,,,,1"
    broken = course.step("submitted") / "lee-02" / LESSON
    broken.mkdir(parents=True)
    (broken / f"{LESSON}.ipynb").write_text("{")
    refused = kit("grade", LESSON, cwd=course.root)
    assert refused.returncode == 1
    assert "lee-02" in refused.stdout
    assert "1 graded, 1 of them unchanged" in refused.stdout
    assert refused.stderr.strip().endswith("[grading-failed]")
    assert "Traceback" not in refused.stderr


@pytest.fixture
def say(monkeypatch, capsys):
    """Call the command line in this process: what is wrong is said before anything is started."""

    def call(*arguments, cwd):
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["kit", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().err

    return call


def test_wrong_calls_get_one_sentence(course, tmp_path, say):
    for arguments, cwd, code in [
        (("grade", LESSON), tmp_path, "grading-failed"),
        (("release", "nothing"), course.root, "lesson-not-found"),
        (("grade", "../../x"), course.root, "lesson-not-found"),
        (("collect", LESSON, "--zip", "none.zip"), course.root, "grading-failed"),
        (("collect", "nothing"), course.root, "lesson-not-found"),
        (("export", "nothing"), course.root, "lesson-not-found"),
        (("lesson", "list", "--course", str(tmp_path)), tmp_path, "lesson-invalid"),
    ]:
        ended, said = say(*arguments, cwd=cwd)
        assert ended == 1
        assert said.strip().endswith(f"[{code}]"), said
        assert "Traceback" not in said


def test_a_folder_that_cannot_be_used_and_a_fault_of_ours_are_said_in_words(course, tmp_path):
    other = Path(shutil.copytree(course.root, tmp_path / "other"))
    shutil.rmtree(other / ".kit")
    (other / ".kit").write_text("a file where a folder should be")
    said = kit("release", LESSON, cwd=other)
    assert said.returncode == 1
    assert said.stderr.strip().endswith("[kit-failed]")
    assert "can't be used" in said.stderr
    assert "Traceback" not in said.stderr


def test_ctrl_c_ends_grading_quietly_and_loses_nothing(course, tmp_path):
    other = Course(Path(shutil.copytree(course.root, tmp_path / "other")))
    for folder in (other.step("submitted"), other.root / "exchange" / "inbound"):
        shutil.rmtree(folder, ignore_errors=True)
    assert kit("release", LESSON, cwd=other.root).returncode == 0
    for number in range(40):
        work = other.work(f"s-{number:02}", LESSON)
        Journal(work).append("choice", "q", "a")
        hand_in(work, other.inbox(f"s-{number:02}", LESSON), LESSON)
    kit("collect", LESSON, cwd=other.root)
    # Where the tests themselves run in the background, Ctrl-C is ignored, and children inherit that.
    script = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kit.cli import main; main()"
    command = [sys.executable, "-c", script, "grade", LESSON]
    grading = subprocess.Popen(command, cwd=other.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while grading.poll() is None and not any(other.step("autograded").glob("s-03/*/*.ipynb")):
        time.sleep(0.02)
    grading.send_signal(signal.SIGINT)
    _, told = grading.communicate(timeout=60)
    assert grading.returncode == 1
    assert "Aborted" in told
    assert "Traceback" not in told
    assert len(list(other.step("autograded").glob("*/*/*.ipynb"))) < 40
    graded = kit("grade", LESSON, cwd=other.root)
    assert graded.returncode == 0
    assert "40 graded" in graded.stdout
    assert "40 of them unchanged" not in graded.stdout
