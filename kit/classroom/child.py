"""One running program of the class: started, waited for, ended with everything it started itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import IO

import psutil

from kit.classroom.parts import Part
from kit.errors import PortTaken, ProcessDied
from kit.kernels import die_with_parent

_GRACE_SECONDS = 8.0
_NEXT = "Then start again."  # after a part's own words, which end with what to do


class Child:
    """A part that runs.

    It gets a process group of its own, so that Ctrl-C in the terminal reaches only the supervisor, which then ends the
    parts in order. It dies with the supervisor, even when that is killed with -9 (Linux).

    Parameters
    ----------
    part
        What to run.
    log
        Where what it says is kept.
    """

    def __init__(self, part: Part, log: Path) -> None:
        self.part = part
        self.url = ""
        self._log = log
        self._said_ready = threading.Event()
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab") as errors:
            self._process = subprocess.Popen(
                part.command,
                env=dict(part.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  # it makes one system call, nothing that locks
            )
        reader = threading.Thread(
            target=self._read, args=(self._process.stdout,), name=f"{part.name} output", daemon=True
        )
        reader.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def wait_until_ready(self, enough: threading.Event | None = None) -> str:
        """Return its address once it says that it serves.

        Parameters
        ----------
        enough
            Set when nobody wants it any more.

        Raises
        ------
        KeyboardInterrupt
            If it isn't wanted any more.
        PortTaken
            If that is what it says.
        ProcessDied
            If it ends first, or takes too long.
        """
        deadline = time.monotonic() + self.part.patience
        while not self._said_ready.wait(0.1):
            if enough and enough.is_set():
                raise KeyboardInterrupt
            if not self.is_running:
                raise self._why_it_died()
            if time.monotonic() > deadline:
                self.stop()
                raise ProcessDied(
                    f"The {self.part.name} was not ready within {self.part.patience:.0f} seconds.", mend=self._look
                )
        return self.url

    def stop(self) -> None:
        """End it, and everything it started."""
        ask_to_stop([self])
        finish([self])

    @property
    def _look(self) -> str:
        return f"Look at .kit/logs/{self._log.name} in the course, then start again."

    def _why_it_died(self) -> ProcessDied | PortTaken:
        """Return the part's own last words, if it had any."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        last = next((line.removeprefix("error: ") for line in reversed(lines) if line.startswith("error: ")), "")
        words = last.rpartition(" [")[0]
        if "[port-taken]" in last:
            return PortTaken(words, mend=_NEXT)
        if words:
            return ProcessDied(words, mend=_NEXT)
        return ProcessDied(f"The {self.part.name} ended before it was ready.", mend=self._look)

    def _read(self, stream: IO[bytes]) -> None:
        """Take the one line that says it is ready; anything else goes to the log."""
        with stream, self._log.open("ab") as log:
            for line in stream:
                url = _ready_url(line)
                if url and not self._said_ready.is_set():
                    self.url = url
                    self._said_ready.set()
                else:
                    log.write(line)
                    log.flush()


def ask_to_stop(children: list[Child]) -> None:
    """Ask several children to end."""
    for child in children:
        if child.is_running:
            child._process.terminate()  # noqa: SLF001  # the module's own class


def finish(children: list[Child], seconds: float = _GRACE_SECONDS) -> None:
    """Wait until children have ended; end whatever of them is left after that, with all that they started."""
    trees = [(child, _tree(child.pid)) for child in children]
    deadline = time.monotonic() + seconds
    for child, _ in trees:
        try:
            child._process.wait(max(0.1, deadline - time.monotonic()))  # noqa: SLF001
        except subprocess.TimeoutExpired:
            child._process.kill()  # noqa: SLF001
            child._process.wait()  # noqa: SLF001
    left = [process for _, tree in trees for process in tree if process.is_running()]
    for process in left:
        try:
            process.kill()
        except psutil.Error:
            continue
    psutil.wait_procs(left, timeout=3)


def _tree(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _ready_url(line: bytes) -> str:
    try:
        message = json.loads(line)
    except ValueError:
        return ""
    return str(message.get("url", "")) if isinstance(message, dict) and message.get("ready") is True else ""
