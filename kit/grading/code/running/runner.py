"""Goes through many notebooks side by side, each in processes of its own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kit.errors import GradingError, SandboxMissing
from kit.grading.code.running.teacher import Lead
from kit.kernels import allowed, wire
from kit.kernels.nursery import CAN_FORK, Nursery, NurseryFailed
from kit.kernels.sandbox import Limits, remove_folder
from kit.settings.environment import outside_environment

_MAIN = "kit.grading.code.running.spawner:main"
_LONGEST = 96 << 20  # bytes that the outputs of one notebook may have
_LATE = 30  # seconds that the examiner may need beyond the notebook's own time
# One thread for each student: two that want all cores get in each other's way.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell of a notebook that is to be run.

    Attributes
    ----------
    source
        What is in it.
    kind
        ``test`` for a locked test of the teacher's, ``answer`` for everything else.
    """

    source: str
    kind: Literal["answer", "test"]


@dataclass(frozen=True, slots=True)
class Task:
    """One student's notebook.

    Attributes
    ----------
    cells
        Its code cells, in order. Tests come from the gradebook, never from the student.
    lead
        What the teacher's notebook provides.
    files
        What of the student's lies beside the notebook: name and where to copy it from.
    given
        What of the teacher's lies there. It goes before a student's file of that name, and is what tests find there.
    path
        Folders that the teacher's tests may import modules from.
    timeout, whole
        Seconds for one cell, and for all of them.
    limits
        How much the student's code may use.
    """

    cells: tuple[Cell, ...]
    lead: Lead = field(default_factory=Lead)
    files: Mapping[str, Path] = field(default_factory=dict)
    given: Mapping[str, Path] = field(default_factory=dict)
    path: tuple[Path, ...] = ()
    timeout: float = 30
    whole: float = 300
    limits: Limits = field(default_factory=Limits)

    @property
    def key(self) -> str:
        """A digest of all of it: two tasks with the same key come to the same result."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CellResult:
    """What came of one cell.

    Attributes
    ----------
    outputs
        As a notebook keeps them.
    count
        Its place among the code cells, from 1.
    person
        Why a person has to look at it; empty if the verdict stands.
    """

    outputs: list[dict[str, Any]]
    count: int
    person: str


Results = tuple[CellResult, ...]


class Runner:
    """Runs notebooks, as many at a time as there are processors. It ends with this process.

    Parameters
    ----------
    at_once
        How many notebooks at a time.
    """

    def __init__(self, at_once: int = 0) -> None:
        if not CAN_FORK:
            raise SandboxMissing("Code that students wrote can only be fenced in on Linux.")
        self._nursery = Nursery([_MAIN.partition(":")[0]])
        self._at_once = asyncio.Semaphore(at_once or len(os.sched_getaffinity(0)))
        self._ahead: dict[str, Future[Results]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="kit-grading", daemon=True)
        self._thread.start()
        self._trial = self.submit(Task((Cell("", "answer"),)))

    @property
    def warm_pid(self) -> int:
        """The number of the process that all others are forked from."""
        return self._nursery.pid

    def submit(self, task: Task) -> Future[Results]:
        """Begin with a notebook as soon as there is room.

        The future raises ``SandboxMissing`` if its code can't be fenced in, ``GradingError`` if it could not be run.
        """
        return asyncio.run_coroutine_threadsafe(self._run(task), self._loop)

    def foresee(self, task: Task) -> None:
        """Begin with a notebook that ``run`` will be asked for later."""
        self._ahead[task.key] = self.submit(task)

    def run(self, task: Task) -> Results:
        """Run a notebook and wait for it."""
        return (self._ahead.pop(task.key, None) or self.submit(task)).result()

    def try_out(self) -> None:
        """Wait for a notebook that does nothing, which is run as soon as all is warm.

        Raises
        ------
        SandboxMissing
            If code can't be fenced in here.
        """
        self._trial.result()

    async def _run(self, task: Task) -> Results:
        async with self._at_once:
            folder = await asyncio.to_thread(_lay_out, task)
            try:
                answer = await self._examine(task, folder)
            finally:
                await asyncio.to_thread(remove_folder, folder)
        if "refused" in answer:
            raise SandboxMissing(answer["refused"])
        return tuple(CellResult(**cell) for cell in answer["cells"])

    async def _examine(self, task: Task, folder: Path) -> dict[str, Any]:
        line, theirs = socket.socketpair()
        limits = task.limits.as_data()
        environment = allowed(outside_environment()) | _ONE_THREAD
        environment |= {"HOME": str(folder), "TMPDIR": str(folder), "NBGRADER_EXECUTION": "autograde"}
        with line, theirs:
            child = await self._nursery.launch_function(
                _MAIN, {"folder": str(folder), "limits": limits}, [theirs.fileno()], environment, str(folder)
            )
            theirs.close()
            job = {
                "cells": [{"kind": cell.kind, "source": cell.source} for cell in task.cells],
                "lead": task.lead.as_data(),
                "folder": str(folder),
                "path": [str(path) for path in task.path],
                "given": {name: str(file.resolve()) for name, file in task.given.items()},
                "timeout": task.timeout,
                "whole": task.whole,
            }
            try:
                return await asyncio.wait_for(wire.ask(line, job, _LONGEST), task.whole + task.timeout + _LATE)
            except (EOFError, OSError, TimeoutError) as error:
                raise GradingError("The code of this submission could not be run to its end.") from error
            finally:
                child.close()  # upon which its whole group is ended

    def close(self) -> None:
        """End it, and all that runs."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._nursery.close()


def _lay_out(task: Task) -> Path:
    """Make the folder that the student's code runs in."""
    folder = Path(tempfile.mkdtemp(prefix="kit-grading-"))
    for name, source in task.given.items():
        _copy(source, folder / name)
    for name, source in task.files.items():
        if not (folder / name).exists():
            with suppress(FileExistsError, NotADirectoryError):  # a folder of a student's, a file of the teacher's
                _copy(source, folder / name)
    return folder


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


@cache
def shared_runner() -> Runner:
    """Return this process's runner; it is started with the first notebook.

    Raises
    ------
    SandboxMissing
        If code can't be fenced in here.
    """
    return Runner()


__all__ = ["Cell", "CellResult", "NurseryFailed", "Results", "Runner", "Task", "shared_runner"]
