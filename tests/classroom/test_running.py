"""The cells of a page, run in a real kernel."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from kit.classroom.running import Shown, run_page


def run(folder: Path, sources: Sequence[str]) -> list[Shown]:
    async def go() -> list[Shown]:
        kernel: Any = ServerKernelManager(transport="ipc", connection_file=str(folder / "kernel.json"))
        await kernel.start_kernel()
        try:
            return [shown async for shown in run_page(kernel, sources)]
        finally:
            await kernel.shutdown_kernel(now=True)

    return asyncio.run(go())


def texts(shown: Shown) -> list[str]:
    return [output["text"] if "text" in output else output["data"]["text/plain"] for output in shown.outputs]


def test_each_cell_gets_what_it_showed_in_order(tmp_path: Path) -> None:
    cells = [
        "from IPython.display import display\nx = 20",
        "print('first'); display(x + 1)\nprint('second')\nx + 2",
        "%precision 1",
        "import asyncio\nawait asyncio.sleep(0, x + 3)",
        "print('last')",
        "x;",
    ]
    shown = run(tmp_path, cells)
    assert [one.cell for one in shown] == [0, 1, 2, 3, 4, 5]
    assert [texts(one) for one in shown] == [
        [],
        ["first\n", "21", "second\n", "22"],
        ["'%.1f'"],
        ["23"],
        ["last\n"],
        [],
    ]
    assert not any(one.failed for one in shown)


def test_nothing_runs_after_a_cell_that_failed(tmp_path: Path) -> None:
    shown = run(tmp_path, ["print('before')", "1 / 0", "print('after')"])
    assert [one.failed for one in shown] == [False, True]
    assert shown[1].outputs[-1]["ename"] == "ZeroDivisionError"


def test_a_cell_that_leaves_does_not_end_the_page_s_kernel_unnoticed(tmp_path: Path) -> None:
    assert [one.failed for one in run(tmp_path, ["raise SystemExit", "1"])] == [True]


def test_a_kernel_that_dies_ends_the_page(tmp_path: Path) -> None:
    kill = f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})"
    assert [texts(one) for one in run(tmp_path, ["1 + 1", kill, "2"])] in ([["2"]], [])
    assert os.getpid()
