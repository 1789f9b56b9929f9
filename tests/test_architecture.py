"""The walls between rooms, and the small size of the house."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = [path for path in sorted((ROOT / "kit").iterdir()) if (path / "__init__.py").exists()]
SOURCES = sorted((ROOT / "kit").rglob("*.py"))
BIN = Path(sys.executable).parent


def test_imports_go_one_way():
    done = subprocess.run([BIN / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_too_long_to_read(path):
    assert len(path.read_text().splitlines()) <= 350


def test_most_functions_are_small():
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[len(lengths) // 2] <= 12
    assert sum(length > 40 for length in lengths) / len(lengths) < 0.03


def test_there_is_no_room_for_odds_and_ends():
    assert not {path.stem for path in SOURCES} & {"utils", "util", "helpers", "common", "misc"}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_says_what_it_is_and_has_tests(room):
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text()))
    assert docstring
    assert len(docstring.splitlines()[0]) > 20
    assert list((ROOT / "tests" / room.name).glob("test_*.py"))


def test_only_settings_reads_the_environment():
    allowed = {"settings"}
    for path in SOURCES:
        room = path.relative_to(ROOT / "kit").parts[0]
        if room not in allowed:
            assert "os.environ" not in path.read_text(), path
            assert "getenv(" not in path.read_text(), path


def test_the_command_line_answers_at_once_because_it_imports_little():
    script = (
        "import sys; sys.argv = ['kit', '--help']\ntry:\n  from kit.cli import main; main()\nexcept SystemExit: pass\n"
    )
    script += "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {"nbgrader", "voila", "openai", "ipywidgets", "xllamacpp", "pydantic", "rich", "starlette", "nbformat"}
    assert not heavy & set(ast.literal_eval(done.stdout.splitlines()[-1]))


def test_no_tracked_file_is_too_large():
    git = shutil.which("git")
    assert git
    names = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    done = subprocess.run(
        [sys.executable, "scripts/file_sizes.py", *filter(None, names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
