"""The course that the tricks are tried in: nbgrader's own example, and a notebook with tests of other kinds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import nbgrader
from nbformat import NotebookNode

EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1"
# Seconds that a cell may take: an endless loop takes them all.
CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "hostile"
c.Execute.timeout = 4
"""
WORDS = "one two three four five\n"

HELPERS = """\
example = double(4)
def close(a, b):
    return abs(a - b) < 1e-9"""
# For each answer: its name, the right one, and the test.
ANSWERS = {
    "double": ("def double(x):\n    return 2 * x", "assert close(double(2.5), 5.0)\nassert close(double(-1), -2)"),
    "evens": (
        "def evens(n):\n    return [x for x in range(1, n + 1) if x % 2 == 0]",
        "assert sorted(evens(6)) == [2, 4, 6]\nassert sum(evens(6)) == 12",
    ),
    "is_even": (
        "def is_even(x):\n    return x % 2 == 0",
        "assert all(map(is_even, [2, 4, 6]))\nassert not any(map(is_even, [1, 3]))",
    ),
    "twice": ("def twice(f, x):\n    return f(f(x))", "assert twice(lambda v: v + 3, 7) == 13"),
    "make_adder": (
        "def make_adder(n):\n    return lambda x: x + n",
        "assert callable(make_adder(3))\nassert make_adder(3)(4) == 7",
    ),
    "make_counter": (
        "def make_counter():\n    return lambda: 1",
        "assert callable(make_counter())\nassert make_counter() is not None",
    ),
    "mean": (
        "def mean(values):\n    return sum(values) / len(values)",
        "assert round(mean([1, 2, 3])) == 2\nassert np.allclose(mean(np.array([1.0, 2.0])), 1.5)",
    ),
    "count_words": (
        "def count_words(name):\n    return len(open(name).read().split())",
        'assert count_words("words.txt") == len(open("words.txt").read().split()) == 5',
    ),
    "refuse": (
        "def refuse(x):\n    raise ValueError(x)",
        'try:\n    refuse(-1)\nexcept:\n    pass\nelse:\n    raise AssertionError("did not raise")',
    ),
    "partial": (
        "def half(x):\n    return x / 2",
        "score = 0\nif half(4) == 2:\n    score += 0.5\nif half(5) == 2.5:\n    score += 0.5\nscore",
    ),
    "first_of": (
        "def first_of(values):\n    return values[0]",
        "assert first_of([3, 4]) == 3\ndef same(a, b):\n    return a == b\nassert same(first_of('ab'), 'a')",
    ),
    "last_of": ("def last_of(values):\n    return values[-1]", "assert same(last_of([3, 4]), 4)"),
    "documented": (
        'def documented(x):\n    """Return x.\n\n    >>> documented(1)\n    1\n    """\n    return x',
        "import doctest\ndoctest.run_docstring_examples(documented, {})\nassert documented(3) == 3",
    ),
    "described": ('def described():\n    """Do nothing."""', "assert described.__doc__"),
    "save": (
        'def save(name):\n    import pickle\n    pickle.dump([1, 2], open(name, "wb"))',
        'import pickle\nsave("saved.pickle")\nassert pickle.load(open("saved.pickle", "rb")) == [1, 2]',
    ),
    "as_source": (
        'def as_source(n):\n    return "[" + ", ".join(map(str, range(n))) + "]"',
        "assert eval(as_source(3)) == [0, 1, 2]",
    ),
}
WRONG = {
    "squares": "def squares(n):\n    return [n]",
    "sum_of_squares": "def sum_of_squares(n):\n    return n + 1",
    "double": "def double(x):\n    return x + 100",
    "evens": "def evens(n):\n    return [n]",
    "is_even": "def is_even(x):\n    return x > 3",
    "twice": "def twice(f, x):\n    return f(x)",
    "make_adder": "def make_adder(n):\n    return n",
    "make_counter": "def make_counter():\n    return None",
    "mean": "def mean(values):\n    return 17",
    "count_words": "def count_words(name):\n    return 17",
    "refuse": "def refuse(x):\n    return x",
    "partial": "def half(x):\n    return x",
    "first_of": "def first_of(values):\n    return 17",
    "last_of": "def last_of(values):\n    return 17",
    "documented": "def documented(x):\n    return 17",
    "described": "def described():\n    return 17",
    "save": "def save(name):\n    return 17",
    "as_source": 'def as_source(n):\n    return "[]"',
}
RIGHT = {
    "squares": "def squares(n):\n    if n < 1:\n        raise ValueError\n    return [i * i for i in range(1, n + 1)]",
    "sum_of_squares": "def sum_of_squares(n):\n    return sum(squares(n))",
    **{name: answer for name, (answer, _test) in ANSWERS.items()},
}


def make(root: Path) -> Path:
    """Lay the course out and let nbgrader make the students' version."""
    source = root / "source" / "ps1"
    shutil.copytree(EXAMPLE, source)
    (root / "nbgrader_config.py").write_text(CONFIG)
    (source / "words.txt").write_text(WORDS)
    nbformat.write(_more(), source / "more.ipynb")
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "ps1", "--create"]
    subprocess.run(command, cwd=root, env={**os.environ, "PATH": programs}, check=True, capture_output=True)
    return root


def hand_in(root: Path, student: str, *, right: bool, only: str = "*") -> Path:
    """Hand in an honest submission, with right or with wrong answers. Return its folder."""
    folder = root / "submitted" / student / "ps1"
    shutil.copytree(root / "release" / "ps1", folder)
    for file in {*folder.glob("*.ipynb")} - {*folder.glob(f"{only}.ipynb")}:
        file.unlink()
    for file in folder.glob("*.ipynb"):
        notebook = nbformat.read(file, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            cell.source = (RIGHT if right else WRONG).get(name, cell.source)
        nbformat.write(notebook, file)
    return folder


def tests_of(root: Path) -> set[str]:
    """Name the cells that give points by running."""
    notebooks = [nbformat.read(file, as_version=4) for file in (root / "release" / "ps1").glob("*.ipynb")]
    cells = [cell for notebook in notebooks for cell in notebook.cells if cell.cell_type == "code"]
    about = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return {one["grade_id"] for one in about if one.get("grade") and not one.get("solution")}


def _more() -> NotebookNode:
    """Return a notebook with tests such as teachers write: helpers, files, callbacks, arrays, part of the points."""
    new = nbformat.v4.new_code_cell
    cells = [new("import numpy as np"), _cell("helpers", HELPERS, locked=True)]
    for name, (answer, test) in ANSWERS.items():
        cells.append(_cell(name, f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION", solution=True))
        cells.append(_cell(f"test_{name}", test, locked=True, grade=True, points=1))
    cells.insert(1, cells.pop(2))  # the helpers' example needs the first answer
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def _cell(name: str, source: str, **settings: object) -> NotebookNode:
    about = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False, "task": False}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": {**about, **settings}})
