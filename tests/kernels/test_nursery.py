from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kit.kernels import provisioner
from kit.kernels.nursery import ForkedKernel, Nursery, NurseryFailed
from kit.kernels.provisioner import warm_up
from kit.kernels.streams import Streams

STARTS_A_THREAD = "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"


def launch(nursery: Nursery) -> ForkedKernel:
    return asyncio.run(nursery.launch(["kernel", "--version"], dict(os.environ), str(Path.cwd()), {}))


@pytest.mark.parametrize("source", ["import there_is_no_such_module", STARTS_A_THREAD], ids=["broken", "threaded"])
def test_a_module_that_can_not_be_preloaded_is_said_and_kernels_start_the_ordinary_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], source: str
) -> None:
    (tmp_path / "wanted_by_a_lesson.py").write_text(source, encoding="utf-8")
    path = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(tmp_path), path))))
    monkeypatch.setattr(provisioner, "_nurseries", {})
    nursery = warm_up(["wanted_by_a_lesson"])
    assert nursery is not None
    with pytest.raises(NurseryFailed):
        launch(nursery)
    nursery.close()
    assert warm_up(["wanted_by_a_lesson"]) is None
    assert "Error" in capfd.readouterr().err


def test_a_closed_nursery_forks_no_more() -> None:
    nursery = Nursery()
    nursery.close()
    assert not nursery.is_alive
    with pytest.raises(NurseryFailed):
        launch(nursery)


def test_a_child_that_ends_before_it_is_a_kernel_is_said_and_the_next_one_lives() -> None:
    nursery = Nursery()
    try:
        with pytest.raises(NurseryFailed, match="before it was a kernel"):
            asyncio.run(nursery.launch(["kernel"], {"NO\0NAME": "x"}, str(Path.cwd()), {}))
        assert launch(nursery).wait(timeout=30) == 0
    finally:
        nursery.close()


def test_streams_follow_the_words_of_popen(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        streams = Streams.like_popen({"stdin": subprocess.PIPE, "stdout": log, "stderr": subprocess.STDOUT})
        inside, outside, errors = streams.inside
        assert (outside, errors) == (log.fileno(), log.fileno())
        streams.outside["stdin"].write(b"hello")
        assert os.read(inside, 5) == b"hello"
        streams.close()
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(inside)
        assert not log.closed


def test_nothing_asked_for_means_no_input_and_our_own_output() -> None:
    streams = Streams.like_popen({})
    assert os.read(streams.inside[0], 1) == b""
    assert streams.inside[1:] == [1, 2]
    streams.close()
    os.fstat(1)


def test_the_command_line_client_is_quick_because_the_warm_parent_is_no_part_of_it() -> None:
    code = (
        "import sys, kit.cli.main; print(sorted(m for m in sys.modules if m.startswith(('kit.kernels', 'ipykernel'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
