"""``kit lesson`` lists and checks, and its exit code tells the truth."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kit.lessons import load_catalogue

KIT = Path(sys.executable).parent / "kit"
REPOSITORY = Path(__file__).parents[2]
FIXTURES = Path(__file__).parents[1] / "lessons" / "fixtures"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(FIXTURES / "course", tmp_path / "course")


def kit(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KIT, "lesson", *arguments], capture_output=True, text=True, check=False)


def test_list_prints_the_lessons_in_order():
    done = kit("list")
    assert done.returncode == 0
    names = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert names == list(load_catalogue(REPOSITORY).slugs)


def test_list_json_is_for_machines():
    rows = {row["slug"]: row for row in json.loads(kit("list", "--json").stdout)}
    assert rows["next-word-please"]["minutes"] == 50


def test_check_of_good_lessons_succeeds(course):
    done = kit("check", "--all", "--course", str(course))
    assert (done.returncode, done.stdout) == (0, "1 lesson checked: 0 errors, 0 warnings\n")


def test_check_fails_and_names_file_cell_code_and_mend(course):
    fixture = FIXTURES / "notebooks" / "has-count.ipynb"
    shutil.copy(fixture, course / "assignments" / "source" / "tiny" / "tiny.ipynb")
    done = kit("check", "tiny", "--course", str(course))
    assert done.returncode == 1
    assert "tiny.ipynb (try-moon): The cell holds a run count. Run nbstripout" in done.stdout
    assert "[has-count]" in done.stdout


def test_check_json_lists_the_findings(course):
    (course / "assignments" / "source" / "tiny" / "tiny.ipynb").write_text("no")
    done = kit("check", "--json", "--course", str(course))
    assert done.returncode == 1
    assert [finding["code"] for finding in json.loads(done.stdout)] == ["notebook-invalid"]


def test_check_says_when_an_exercise_can_not_read_its_data(tmp_path):
    course = tmp_path / "course"
    shutil.copytree(REPOSITORY / "notebooks", course / "notebooks")
    shutil.copytree(REPOSITORY / "assignments" / "source", course / "assignments" / "source")
    messages = course / "notebooks" / "lessons" / "told-or-taught" / "data" / "messages.csv"
    messages.write_text("id,text,label\nm1,hello there,maybe\n")
    done = kit("check", "told-or-taught", "--course", str(course))
    assert done.returncode == 1
    assert "error: notebooks/lessons/told-or-taught/data: Line 2 of data/messages.csv needs" in done.stdout
    assert "[lesson-invalid]" in done.stdout


def test_an_unknown_lesson_is_one_clear_line():
    done = kit("check", "next-word-pleas")
    assert done.returncode == 1
    assert (
        done.stderr
        == "error: There is no lesson `next-word-pleas`. Run `kit lesson list` to see the lessons. [lesson-not-found]\n"
    )


def test_new_makes_a_lesson_that_the_check_passes_and_says_what_to_do_next(course):
    done = kit("new", "who-counts", "--title", "Who counts?", "--grades", "6-12", "--course", str(course))
    assert done.returncode == 0, done.stderr
    assert f"kit lesson preview who-counts --course {course}" in done.stdout
    assert kit("check", "who-counts", "--course", str(course)).stdout == "1 lesson checked: 0 errors, 0 warnings\n"
    row = json.loads(kit("list", "--json", "--course", str(course)).stdout)[-1]
    assert (row["title"], row["grade_bands"]) == ("Who counts?", ["6-8", "9-12"])


def test_new_refuses_a_name_that_is_taken_in_one_clear_line(course):
    done = kit("new", "tiny", "--course", str(course))
    assert done.returncode == 1
    assert done.stderr == (
        "error: There is a lesson `tiny` already. Choose another name. Nothing was changed. [lesson-invalid]\n"
    )
