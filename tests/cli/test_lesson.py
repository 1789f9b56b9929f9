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


def test_an_unknown_lesson_is_one_clear_line():
    done = kit("check", "next-word-pleas")
    assert done.returncode == 1
    assert (
        done.stderr
        == "error: There is no lesson `next-word-pleas`. Run `kit lesson list` to see the lessons. [lesson-not-found]\n"
    )
