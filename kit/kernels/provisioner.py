"""The kernel provisioner ``kit-warm``: kernels that start at once, and see none of their server's secrets."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode
from traitlets.log import get_logger

from kit.kernels.environment import allowed
from kit.kernels.lifeline import die_with_parent
from kit.kernels.nursery import CAN_FORK, ForkedKernel, Nursery, NurseryFailed

_LAUNCHER = ("-m", "ipykernel_launcher")
_STREAMS = ("stdin", "stdout", "stderr")
# What Popen may be told beside these changes a process in ways that a fork here does not know.
_KNOWN = frozenset({*_STREAMS, "env", "cwd", "kernel_id", "extra_arguments", "independent"})
_said: set[str] = set()


class WarmProvisioner(LocalProvisioner):
    """Start kernels with an allow-listed environment, by a fork where that is possible; let none outlive its server.

    Chosen for a whole process by ``JUPYTER_DEFAULT_PROVISIONER_NAME=kit-warm``, or by a kernelspec. It serves whatever
    starts kernels through ``jupyter_client``. A kernel that can't be forked (another language, another Python, another
    system than Linux) is launched the ordinary way, and the log says so once.
    """

    preload = List(Unicode(), help="Modules to import before kernels are forked.").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch the kernel with the variables on the list and no others.

        This is the last step before the process exists, so nothing can slip a variable in after it.
        """
        kwargs["env"] = allowed(kwargs["env"])
        forked = await self._fork(cmd, kwargs)
        if forked is None:
            return await self._start_cold(cmd, kwargs)
        self.process = forked  # type: ignore[assignment]  # it is what provisioners use of a Popen
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def _start_cold(self, cmd: list[str], kwargs: dict[str, Any]) -> Any:
        hook = None if kwargs.get("independent") else die_with_parent(signal.SIGKILL)
        if hook is not None:
            kwargs["preexec_fn"] = hook
        return await super().launch_kernel(cmd, **kwargs)

    async def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedKernel | None:
        argv = _launcher_argv(cmd)
        if argv is None or kwargs.get("independent") or kwargs.keys() - _KNOWN:
            return None
        if not CAN_FORK:
            _say_once("Kernels are started the ordinary way: this system can't fork them.")
            return None
        cwd = str(Path(kwargs.get("cwd") or Path.cwd()).expanduser())
        streams = {name: kwargs.get(name) for name in _STREAMS}
        for _ in range(2):  # a warm parent that died while nobody looked has a successor
            nursery = warm_up(self.preload)
            if nursery is None or not nursery.fits(kwargs["env"]):
                return None
            try:
                return await nursery.launch(argv, kwargs["env"], cwd, streams)
            except NurseryFailed as error:
                _say_once(f"A kernel could not be forked ({error}).")
        return None


def warm_up(preload: Sequence[str] = ()) -> Nursery | None:
    """Return this process's nursery for a list of modules; start it if there is none, or it has died.

    A server calls this when it starts, so that the first kernel is as quick as the others.

    Returns
    -------
    Nursery or None
        ``None`` where there can't be one: the system can't fork, or the modules can't be imported.
    """
    if not CAN_FORK:
        return None
    key = (os.getpid(), *preload)
    found = _nurseries.get(key)
    if found is None:
        found = _nurseries[key] = Nursery(preload)
    elif not found.is_alive and found.has_forked:
        found.close()
        found = _nurseries[key] = Nursery(preload)
    elif not found.is_alive:
        _say_once("Kernels are started the ordinary way: the warm parent did not start. Its words are above.")
        return None
    return found


# By process, because a fork of a server can't use its parent's.
_nurseries: dict[tuple[object, ...], Nursery] = {}


def _launcher_argv(cmd: Sequence[str]) -> list[str] | None:
    """Return what a kernel's ``sys.argv`` is to be, or ``None`` for anything but this Python's own IPython kernel.

    Options before ``-m`` are allowed only if they change nothing: ipykernel's own kernelspec has one for debuggers.
    """
    if not cmd or cmd[0] != sys.executable:
        return None
    rest = [word for word in cmd[1:] if word != "-Xfrozen_modules=off"]
    if tuple(rest[:2]) != _LAUNCHER:
        return None
    import ipykernel_launcher  # type: ignore[import-untyped]  # it ships no types

    return [str(ipykernel_launcher.__file__), *rest[2:]]


def _say_once(words: str) -> None:
    if words not in _said:
        _said.add(words)
        get_logger().warning(words)
