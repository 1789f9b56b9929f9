"""A server's side of the warm parent: starts it and asks it for kernels."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import IO, Any

from kit.kernels import wire
from kit.kernels.environment import allowed
from kit.kernels.streams import NAMES, Streams
from kit.settings.environment import outside_environment

CAN_FORK = sys.platform == "linux"
"""On macOS a fork without an exec is unsafe in the system's own libraries, and Windows has none."""

_LOOK_EVERY = 0.02  # seconds, for somebody who waits for a kernel's end
_LOST = -signal.SIGKILL  # how a kernel ends whose warm parent has died
# What Python reads once, when it starts: a kernel that wants it otherwise can't be forked.
_READ_AT_START = ("PYTHON", "LC_", "LANG")


class NurseryFailed(Exception):
    """The warm parent did not start, or has died."""


class ForkedKernel:
    """A kernel that was forked, with the part of ``subprocess.Popen`` that provisioners use.

    Parameters
    ----------
    pid
        Its process number, and its group's. No other process gets it before ``wait`` has returned.
    line
        Says how it ended. As long as it is open the kernel may live.
    pipes
        Our ends of those of its streams that are pipes.
    """

    def __init__(self, pid: int, line: socket.socket, pipes: Mapping[str, IO[bytes]]) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdin, self.stdout, self.stderr = (pipes.get(name) for name in ("stdin", "stdout", "stderr"))
        self._line = line

    def poll(self) -> int | None:
        """Return the exit code, or ``None`` while it runs; never waits."""
        if self.returncode is None:
            self._line.setblocking(False)
            try:
                self.returncode = int(wire.receive(self._line)["exit"])
            except BlockingIOError:
                return None
            except (EOFError, OSError):
                self.returncode = _LOST
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended, let its number go, and return the exit code."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            time.sleep(_LOOK_EVERY)
        self._line.close()
        return code

    def close(self) -> None:
        """Let go of it: if it still runs, it is ended, and all of its group."""
        self._line.close()

    def send_signal(self, signum: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """One warm parent, and the way to it. It ends with this process, however that ends.

    Parameters
    ----------
    preload
        Modules that it imports before it forks.
    """

    def __init__(self, preload: Sequence[str] = ()) -> None:
        self.has_forked = False
        self._environment = allowed(outside_environment())
        command = [sys.executable, "-Xfrozen_modules=off", "-m", "kit.kernels.forkserver"]
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(theirs.fileno()), *preload],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        """The warm parent's process number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it runs, or is on its way."""
        return self._process.poll() is None

    def fits(self, environment: Mapping[str, str]) -> bool:
        """Whether a kernel with this environment can be forked from it."""
        return _at_start(environment) == _at_start(self._environment)

    async def launch(
        self, argv: Sequence[str], env: Mapping[str, str], cwd: str, streams: Mapping[str, Any]
    ) -> ForkedKernel:
        """Fork a kernel. The first has to wait until everything is imported.

        Parameters
        ----------
        argv
            What ``sys.argv`` is to be.
        env
            All of its environment.
        cwd
            Its folder.
        streams
            ``stdin``, ``stdout``, ``stderr``, as for ``subprocess.Popen``.

        Raises
        ------
        NurseryFailed
            If the warm parent has died or can't take more, or its child ended before it was a kernel.
        OSError
            If the kernel could not be what was asked for; for example, there is no such folder.
        """
        return await self._fork({"argv": list(argv), "env": dict(env), "cwd": cwd}, streams)

    async def launch_function(
        self, main: str, data: Mapping[str, Any], descriptors: Sequence[int], env: Mapping[str, str], cwd: str
    ) -> ForkedKernel:
        """Fork a child that is no kernel, with nothing to read from and nowhere to print to.

        Parameters
        ----------
        main
            What it calls: ``module:function``. It gets the descriptors, then the data, and should not return.
        data
            What JSON can hold.
        descriptors
            What else of ours is to be open in it; two at most.
        env, cwd
            All of its environment, and its folder.

        Raises
        ------
        NurseryFailed, OSError
            As for ``launch``.
        """
        nothing = dict.fromkeys(NAMES, subprocess.DEVNULL)
        request = {"main": main, "data": dict(data), "env": dict(env), "cwd": cwd}
        return await self._fork(request, nothing, descriptors)

    async def _fork(
        self, request: dict[str, Any], streams: Mapping[str, Any], others: Sequence[int] = ()
    ) -> ForkedKernel:
        line, theirs = socket.socketpair()
        open_streams = Streams.like_popen(streams)
        try:
            with theirs:
                wire.send_descriptors(self._control, [theirs.fileno(), *open_streams.inside, *others])
            open_streams.handed_over()
            answer = await wire.ask(line, request)
        except (EOFError, OSError) as error:
            line.close()
            open_streams.close()
            raise NurseryFailed(str(error) or "the warm parent has ended") from error
        self.has_forked = True
        if "pid" in answer:
            return ForkedKernel(answer["pid"], line, open_streams.outside)
        line.close()
        open_streams.close()
        if "errno" in answer:
            raise OSError(answer["errno"], answer["error"], answer["file"])
        raise NurseryFailed("it ended before it was a kernel")

    def close(self) -> None:
        """End it, and every kernel that it has forked."""
        atexit.unregister(self.close)
        self._control.close()
        self._process.wait()


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_READ_AT_START)}
