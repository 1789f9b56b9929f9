"""What becomes of notebooks that end themselves, never end, or want everything; and of the processes afterwards."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psutil
import pytest

from kit.errors import SandboxMissing
from kit.grading.code.running.runner import Cell, Runner, Task
from kit.kernels.sandbox import Limits
from tests.grading.code.running.conftest import Go, verdict

RIGHT = "def f():\n    return 4"
TEST = ("test", "assert f() == 4")


def names(result) -> list[str]:  # type: ignore[no-untyped-def]
    return [output.get("ename", output.get("name", "")) for output in result.outputs]


@pytest.mark.parametrize(
    "code",
    ["import os\nos._exit(3)", "import ctypes\nctypes.string_at(0)"],
    ids=["exit", "crash"],
)
def test_a_cell_that_ends_its_process_loses_nothing_but_itself(go: Go, code: str) -> None:
    before, bad, after = go(RIGHT, code, TEST)
    assert before.outputs == []
    assert names(bad) == ["StudentCodeEnded"]
    assert verdict(after) == "passed"


def test_a_function_that_ends_its_process_fails_its_test_and_no_other(go: Go) -> None:
    results = go(RIGHT, "def g():\n    import os\n    os._exit(0)", ("test", "assert g() == 1"), TEST)
    assert [verdict(result) for result in results[2:]] == ["failed", "passed"]


def test_a_process_is_not_started_again_for_ever(go: Go) -> None:
    results = go(*["import os\nos._exit(1)"] * 8, TEST)
    assert "too often" in results[-2].outputs[0]["evalue"]
    assert verdict(results[-1]) == "failed"


def test_a_cell_without_an_end_is_interrupted_and_the_rest_goes_on(go: Go) -> None:
    before, endless, after = go(RIGHT, "print('on my way')\nwhile True:\n    pass", TEST, timeout=1)
    assert before.outputs == []
    assert names(endless) == ["stdout", "KeyboardInterrupt", "CellTimeoutError"]
    assert verdict(after) == "passed"


def test_a_cell_that_can_not_be_interrupted_is_ended(go: Go) -> None:
    stubborn = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
    _, endless, after = go(RIGHT, stubborn, TEST, timeout=1)
    assert names(endless)[-1] == "CellTimeoutError"
    assert verdict(after) == "passed"


def test_a_test_that_waits_for_ever_is_interrupted(go: Go) -> None:
    results = go("def g():\n    while True:\n        pass", RIGHT, ("test", "g()"), TEST, timeout=1)
    assert names(results[2])[-1] == "CellTimeoutError"
    assert verdict(results[3]) == "passed"


def test_a_notebook_has_an_end_as_a_whole(go: Go) -> None:
    results = go(*["import time\ntime.sleep(0.7)"] * 5, whole=1)
    assert names(results[0]) == []
    assert names(results[-1]) == ["NotebookTimeoutError"]


def test_memory_has_an_end(go: Go) -> None:
    greed = "x = []\nwhile True:\n    x.append(bytearray(10_000_000))"
    _, greedy, after = go(RIGHT, greed, TEST, limits=Limits(memory=600 << 20))
    assert names(greedy) == ["MemoryError"]
    assert verdict(after) == "passed"


def test_output_has_an_end(go: Go) -> None:
    flood, after = go("for _ in range(300_000):\n    print('x' * 50)", ("test", "assert True"))
    assert "cut off" in flood.outputs[0]["text"]
    assert len(flood.outputs[0]["text"]) < 1_100_000
    assert verdict(after) == "passed"


def test_a_folder_has_an_end(go: Go) -> None:
    flood = "i = 0\nwhile True:\n    open(str(i), 'wb').write(bytes(10_000_000))\n    i += 1"
    _, full, after = go(RIGHT, flood, TEST, limits=Limits(folder_size=50 << 20))
    assert names(full) == ["StudentCodeEnded"]
    assert verdict(after) == "passed"


def test_files_beside_the_notebook_are_there_and_stay_as_they_are(go: Go, tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("1,2")
    cells = go(
        "open('data.csv', 'a').write('!')\nopen('mine.txt', 'w').write('x')\nimport os\nsorted(os.listdir())",
        ("test", "import os\nassert os.path.exists('mine.txt')"),
        files={"data.csv": data},
    )
    assert cells[0].outputs[0]["data"]["text/plain"] == "['data.csv', 'mine.txt']"
    assert verdict(cells[1]) == "passed"
    assert data.read_text() == "1,2"


def test_tests_may_import_what_lies_in_the_teachers_folder_and_nothing_of_the_students(go: Go, tmp_path: Path) -> None:
    (tmp_path / "checking.py").write_text("def same(a, b):\n    return a == b")
    poison = tmp_path / "poison.py"
    poison.write_text("raise SystemExit")
    cells = go(
        RIGHT,
        ("test", "from checking import same\nassert same(f(), 4)"),
        ("test", "import colorsys\nassert colorsys.rgb_to_hsv"),
        files={"colorsys.py": poison, "checking.py": poison},
        path=(tmp_path,),
    )
    assert [verdict(cell) for cell in cells[1:]] == ["passed", "passed"]


def test_neither_secrets_nor_tests_are_in_the_students_reach(go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    look = (
        "import os, gc, sys\n"
        "found = [o for o in gc.get_objects() if isinstance(o, str) and 'hidden-' + 'number' in o]\n"
        "frames = [f for f in sys._current_frames().values()]\n"
        "(os.environ.get('OPENAI_API_KEY'), found)"
    )
    spying, _ = go(look, ("test", "hidden = 'hidden-number'\nassert hidden"))
    assert spying.outputs[0]["data"]["text/plain"] == "(None, [])"


def test_nothing_is_left_when_a_notebook_is_done(runner: Runner, go: Go) -> None:
    there = Path(tempfile.gettempdir())
    folders = set(there.glob("kit-grading-*"))
    go("import threading, time\nthreading.Thread(target=time.sleep, args=[99]).start()", TEST)
    children = psutil.Process(runner.warm_pid).children(recursive=True)
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
    assert set(there.glob("kit-grading-*")) <= folders


def test_notebooks_run_side_by_side(runner: Runner) -> None:
    task = Task((Cell(RIGHT, "answer"), Cell(TEST[1], "test")))
    for result in [runner.submit(task) for _ in range(6)]:
        assert verdict(result.result()[-1]) == "passed"


def test_what_was_foreseen_is_not_run_again(runner: Runner) -> None:
    task = Task((Cell("import os\nos.urandom(8)", "answer"),))
    runner.foresee(task)
    first, second = runner.run(task), runner.run(task)
    assert first[0].outputs != second[0].outputs  # two runs at most: the one foreseen, and one more


def test_without_fences_nothing_is_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A warm process that can't find Landlock: made by hiding the package from a new one."""
    hiding = tmp_path / "landlockpy.py"
    hiding.write_text("raise ImportError('no Landlock here')")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    runner = Runner()
    try:
        with pytest.raises(SandboxMissing, match="no Landlock here"):
            runner.try_out()
    finally:
        runner.close()
