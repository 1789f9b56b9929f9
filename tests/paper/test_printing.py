"""Four files for each lesson, whole or not at all, quickly."""

import subprocess
import sys
from pathlib import Path

import pytest

from kit.errors import LessonError, PrintFailed
from kit.lessons import load_catalogue
from kit.paper import print_lesson

KIT = Path(sys.executable).parent / "kit"
NAMES = ["tiny-student.html", "tiny-student.pdf", "tiny-facilitator.html", "tiny-facilitator.pdf"]


def test_a_print_is_four_files(course, tmp_path):
    printed = print_lesson(load_catalogue(course), "tiny", tmp_path / "a" / "b")
    assert [file.name for file in printed.files] == NAMES
    assert sorted(file.name for file in (tmp_path / "a" / "b").iterdir()) == sorted(NAMES)
    assert printed.files[1].read_bytes().startswith(b"%PDF-1.7")
    assert printed.not_shown == ""


def test_printing_again_replaces_the_files(course, tmp_path):
    (tmp_path / NAMES[0]).write_text("old")
    print_lesson(load_catalogue(course), "tiny", tmp_path, html_only=True)
    assert "A tiny lesson" in (tmp_path / NAMES[0]).read_text()
    assert not list(tmp_path.glob("*.pdf"))


def test_a_lesson_that_was_just_started_can_be_printed(course, tmp_path):
    from kit.lessons.starting import start_lesson

    start_lesson(course, "one", "One # 'of' \"many\" <b>")
    print_lesson(load_catalogue(course), "one", tmp_path)


def test_a_file_in_the_folders_place_is_one_clear_sentence(course, tmp_path):
    (tmp_path / "out").write_text("x")
    with pytest.raises(PrintFailed, match="is a file"):
        print_lesson(load_catalogue(course), "tiny", tmp_path / "out")


def test_a_lesson_that_can_not_be_read_leaves_nothing(course, tmp_path):
    (course / "assignments" / "source" / "tiny" / "tiny.ipynb").write_text("{")
    with pytest.raises(LessonError):
        print_lesson(load_catalogue(course), "tiny", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_names_its_files(course, tmp_path):
    command = [KIT, "lesson", "print", "tiny", "--course", course, "--out", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [str(tmp_path / "out" / name) for name in NAMES]
