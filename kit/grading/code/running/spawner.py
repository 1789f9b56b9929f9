"""The process that starts a notebook's examiner and its student, and has seen neither notebook nor course."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from kit.errors import SandboxMissing
from kit.grading.code.running.examiner import Refused, be_examiner
from kit.grading.code.running.shell import warm_shell
from kit.grading.code.running.student import be_student
from kit.kernels import newborn, wire
from kit.kernels.lifeline import ask_to_die_with
from kit.kernels.sandbox import Limits, folder_use, prepare, remove

MAIN = f"{__name__}:main"
_LAST_MOMENT = 0.2  # seconds
_LOOK_EVERY = 0.2  # seconds between two looks at the folder of a student


def main(descriptor: int, request: dict[str, Any]) -> NoReturn:
    """Fork the examiner, then students whenever it asks for one, until it has ended.

    Parameters
    ----------
    descriptor
        A socket for the examiner: the notebook comes and its result goes through it. It is not read here.
    request
        ``folder`` and ``limits`` of the student.
    """
    line = socket.socket(fileno=descriptor)
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    examiner = os.fork()
    if examiner == 0:
        ask_to_die_with(parent, signal.SIGKILL)
        ours.close()
        be_examiner(line, _Remote(theirs))
    line.close()
    theirs.close()
    _serve(ours, Path(request["folder"]), Limits(**request["limits"]))
    _, status = os.waitpid(examiner, 0)
    os._exit(os.waitstatus_to_exitcode(status) and 1)


def _serve(line: socket.socket, folder: Path, limits: Limits) -> None:
    running: set[int] = set()
    laid_out = {entry.name for entry in os.scandir(folder)}
    while True:
        _watch(line, folder, limits, running)
        try:
            request = wire.receive(line)
        except (EOFError, OSError):
            return
        if "end" in request:
            wire.send(line, {"how": _end(request["end"])})
            running.discard(request["end"])
            continue
        if _is_full(folder, limits):  # else the next student would be ended for what the last one has left
            for entry in os.scandir(folder):
                if entry.name not in laid_out:
                    remove(Path(entry.path))
        near, far = socket.socketpair()
        parent, pid = os.getpid(), os.fork()
        if pid == 0:
            ask_to_die_with(parent, signal.SIGKILL)
            newborn.draw_anew()
            line.close()
            near.close()
            be_student(far, folder, limits)
        far.close()
        running.add(pid)
        socket.send_fds(line, [pid.to_bytes(8)], [near.fileno()])
        near.close()


def _watch(line: socket.socket, folder: Path, limits: Limits, running: set[int]) -> None:
    """Wait for the examiner's next request; a student that fills its folder meanwhile is ended.

    Here and not in the examiner, which may be waiting for a student that talks all the time, or never.
    """
    poll = select.poll()
    poll.register(line, select.POLLIN)
    while not poll.poll(_LOOK_EVERY * 1000):
        if _is_full(folder, limits):
            for pid in running:  # nobody else has these numbers, for they are not yet waited for
                os.kill(pid, signal.SIGKILL)


def _is_full(folder: Path, limits: Limits) -> bool:
    size, files = folder_use(folder)
    return size > limits.folder_size or files > limits.folder_files


def _end(pid: int) -> str:
    # It may be on its way out; how it goes is worth a moment.
    with contextlib.closing(_Watch(pid)) as watch:
        has_ended = watch.wait(_LAST_MOMENT)
    if not has_ended:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if not has_ended:
        return "The student's code did not answer any more, so its process was ended."
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGKILL:
        return "The student's code used more processor time, memory or disk than it may, so its process was ended."
    if code < 0:
        return f"The student's code crashed Python ({signal.Signals(-code).name})."
    return f"The student's code ended its own process (exit code {code})."


class _Watch:
    """Waits for a child without reaping it."""

    def __init__(self, pid: int) -> None:
        self._descriptor = os.pidfd_open(pid)

    def wait(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def close(self) -> None:
        os.close(self._descriptor)


class _Remote:
    """The examiner's view of the spawner."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def start(self) -> tuple[int, socket.socket]:
        wire.send(self._line, {"start": True})
        number, descriptors, _, _ = socket.recv_fds(self._line, 8, 1)
        line = socket.socket(fileno=descriptors[0])
        answer = wire.receive(line)
        if "refused" in answer:
            raise Refused(answer["refused"])
        return int.from_bytes(number), line

    def end(self, pid: int) -> str:
        wire.send(self._line, {"end": pid})
        return str(wire.receive(self._line)["how"])


# A process that preloads this module has all that is needed before it forks.
warm_shell()
with contextlib.suppress(SandboxMissing):  # then a student can't be started, and says why
    newborn.keep_open(*prepare(Path(tempfile.gettempdir())))
