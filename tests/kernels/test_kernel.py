"""The kernel with a shell from before the fork: it must do all that an ordinary one does."""

from __future__ import annotations

import hashlib
import inspect
from pathlib import Path

import pytest
from ipykernel.ipkernel import IPythonKernel
from IPython.core.shellapp import InteractiveShellApp
from traitlets.config import Config

from kit.kernels.kernel import read_options
from tests.kernels.test_provisioner import Start, _by_name, said, seen, start  # noqa: F401  # fixtures

WARM = ["kit.kernels.kernel"]
STARTS_WARM = "getattr(get_ipython().kernel, 'is_adopted', False)"


def test_options_as_jupyter_gives_them_are_read() -> None:
    read = read_options(["-f", "/a/kernel.json", "--HistoryManager.enabled=False"])
    assert read == Config(
        {"IPKernelApp": {"connection_file": "/a/kernel.json"}, "HistoryManager": {"enabled": "False"}}
    )


@pytest.mark.parametrize("argv", [["--debug"], ["-f", "x", "--matplotlib=inline"], ["--help"], ["script.py"]])
def test_other_options_are_left_to_ipython(argv: list[str]) -> None:
    assert read_options(argv) is None


def test_the_shell_from_before_the_fork_is_a_whole_one(start: Start, tmp_path: Path) -> None:  # noqa: F811
    _, client = start(WARM, cwd=str(tmp_path))
    assert seen(client, STARTS_WARM) is True
    assert seen(client, "get_ipython().profile_dir.location").startswith(str(tmp_path / "ipython"))
    assert seen(client, "__import__('os').environ['PAGER']") == "cat"
    assert seen(client, "__import__('sys').modules['__main__'].__dict__ is globals()") is True
    assert seen(client, "sorted(name for name in dir() if name.startswith('kit'))") == []
    assert "zmqshell" in said(client, "%config ZMQInteractiveShell.ast_node_interactivity\nprint(type(get_ipython()))")
    said(client, "kept = 41")
    assert said(client, "print(_ih[-2], In[-2])") == "kept = 41 kept = 41"
    assert said(client, "%time print(kept + 1)").startswith("42")


def test_history_is_kept_unless_it_was_switched_off(start: Start) -> None:  # noqa: F811
    _, client = start(WARM)
    assert seen(client, "get_ipython().history_manager.enabled") is True
    assert seen(client, "get_ipython().history_manager.session_number > 0") is True
    _, quiet = start(WARM, extra_arguments=["--HistoryManager.enabled=False"])
    assert seen(quiet, STARTS_WARM) is True
    assert seen(quiet, "get_ipython().history_manager.enabled") is False


def test_somebody_s_own_settings_and_startup_files_count(start: Start, tmp_path: Path) -> None:  # noqa: F811
    profile = tmp_path / "ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "first.py").write_text("mine = 7\n", encoding="utf-8")
    _, client = start(WARM)
    assert seen(client, STARTS_WARM) is True
    assert seen(client, "mine") == 7
    (profile / "ipython_config.py").write_text('c.InteractiveShell.ast_node_interactivity = "all"\n', encoding="utf-8")
    _, configured = start(WARM)
    assert seen(configured, STARTS_WARM) is False
    assert seen(configured, "get_ipython().ast_node_interactivity") == "all"
    assert seen(configured, "mine") == 7


@pytest.mark.parametrize(
    ("what", "digest"),
    [(IPythonKernel.__init__, "943995af8385790e"), (InteractiveShellApp.init_code, "ba92539d3cc864f8")],
)
def test_what_is_done_in_place_of_ipython_s_own_is_still_what_it_does(what: object, digest: str) -> None:
    # If this fails, they have changed: compare with kit/kernels/kernel.py, then write the new digest here.
    assert hashlib.sha256(inspect.getsource(what).encode()).hexdigest()[:16] == digest  # type: ignore[arg-type]
