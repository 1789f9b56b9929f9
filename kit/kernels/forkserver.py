"""The warm parent: a process that has imported what kernels need, and forks one for each that is asked for.

It has one thread, no ZeroMQ context and no secret. What a kernel is to be (its environment, its command line) is read
by the child *after* the fork, so nothing of one student's kernel ever stands in the memory that the next starts from.

Each kernel has a line of its own, a socket between the one who asked for it and this process:

- the child reads the request from it and answers with its number, or why it could not start;
- this process writes the exit code to it, and keeps the dead child until the line is closed, so that its number can't
  be given to another process meanwhile;
- when the line is closed, the kernel and all of its process group end. A server that dies closes all its lines.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kit.kernels import newborn, wire

# What every Jupyter kernel in Python imports sooner or later.
_ALWAYS = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.logger",
    "zmq.utils.garbage",
    "faulthandler",
)
_AT_ONCE = 64  # requests that are taken in between two looks at the children


def main(control: socket.socket, preload: list[str]) -> newborn.Birth | None:
    """Import, then fork on request until the other side is gone.

    Parameters
    ----------
    control
        The socket that requests come through.
    preload
        Modules to import before the first fork. What a module's own ``before_forks`` does is done as well.

    Returns
    -------
    Birth or None
        In a forked child what it needs to become what was asked for; ``None`` in the parent, when it is done.
    """
    modules = [importlib.import_module(name) for name in (*_ALWAYS, *preload)]
    for module in modules:
        getattr(module, "before_forks", _nothing)()
    _expect_no_threads()
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, every page
    extensions = [module.__name__ for module in modules if hasattr(module, "load_ipython_extension")]
    return _Children(control, extensions).serve()


def _nothing() -> None:
    """Do nothing: most modules have nothing to do before forks."""


def _expect_no_threads() -> None:
    """Fail if an import has started a thread: a fork would copy its locks and not the thread."""
    others = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    if others:
        raise RuntimeError(f"these threads run, so forking is not safe: {others}")


@dataclass
class _Children:
    """The children, each with its line."""

    control: socket.socket
    extensions: list[str]
    lines: dict[int, socket.socket] = field(default_factory=dict)  # by the child's number
    dead: set[int] = field(default_factory=set)

    def serve(self) -> newborn.Birth | None:
        """Wait for requests, for children that end and for lines that are closed."""
        bell, ringer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # a handler of Python's is needed for the bell to ring
        signal.set_wakeup_fd(ringer, warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.control.setblocking(False)
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        poll.register(bell, select.POLLIN)
        while True:
            ready = dict(poll.poll())
            if bell in ready:
                _empty(bell)
                self._note_the_dead()
            if self.control.fileno() in ready:
                birth = self._take_requests(poll)
                if birth is not None or self.control.fileno() < 0:
                    return birth
            for pid, line in list(self.lines.items()):
                if ready.get(line.fileno(), 0) & (select.POLLHUP | select.POLLERR):
                    poll.unregister(line)
                    self._end(pid)

    def _take_requests(self, poll: select.poll) -> newborn.Birth | None:
        """Fork for each request that is there. When the other side is gone, end everything."""
        for _ in range(_AT_ONCE):
            try:
                descriptors = wire.receive_descriptors(self.control)
            except BlockingIOError:
                return None
            except EOFError:
                self._end_all()
                return None
            pid = os.fork()
            if pid == 0:
                return newborn.Birth(
                    self._inherit(descriptors), descriptors[1 : wire.LEAST], descriptors[wire.LEAST :], self.extensions
                )
            line = socket.socket(fileno=descriptors[0])
            for descriptor in descriptors[1:]:
                os.close(descriptor)
            self.lines[pid] = line
            poll.register(line, 0)  # only the end of it: the request in it is for the child
        return None

    def _inherit(self, descriptors: list[int]) -> socket.socket:
        """Return the child's line. All else that this process has open is closed by the child itself."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for line in (self.control, *self.lines.values()):
            line.detach()
        return socket.socket(fileno=descriptors[0])

    def _note_the_dead(self) -> None:
        """Tell those who wait which children have ended, and how."""
        for pid in self.lines.keys() - self.dead:
            found = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if found is None:
                continue
            self.dead.add(pid)
            code = found.si_status if found.si_code == os.CLD_EXITED else -found.si_status
            with suppress(OSError):  # nobody waits any more
                wire.send(self.lines[pid], {"exit": code})

    def _end(self, pid: int) -> None:
        """End a child whose line was closed, with all that it has started, and let its number go."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):  # it may not have a group of its own yet
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.lines.pop(pid).close()
        self.dead.discard(pid)

    def _end_all(self) -> None:
        for pid in list(self.lines):
            self._end(pid)
        self.control.close()


def _empty(pipe: int) -> None:
    with suppress(BlockingIOError):
        while os.read(pipe, 4096):
            pass


def _leave_the_folder() -> None:
    """Take the folder that this was started in off the path, as every kernel does before it imports anything."""
    if sys.path and (sys.path[0] == "" or Path(sys.path[0]) == Path.cwd()):
        del sys.path[0]


if __name__ == "__main__":
    _leave_the_folder()
    born = main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
    if born is not None:
        newborn.grow_up(born)
