"""A forked child on its way to being a kernel like any other, with streams, folder and environment of its own.

Or to being something else that has to start at once: whoever asks can name a function in the place of a kernel.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import random
import signal
import socket
import ssl
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kit.kernels import wire
from kit.kernels.lifeline import ask_to_die_with
from kit.settings.environment import replace_environment


@dataclass(frozen=True, slots=True)
class Birth:
    """What a child has from its parent.

    Attributes
    ----------
    line
        Leads to the server that asked for the kernel.
    streams
        What standard input, output and error are to be.
    others
        More descriptors, for a child that is not to be a kernel.
    extensions
        Those of the preloaded modules that are IPython extensions. When they were imported there was no kernel yet,
        so what they do to one is done by the child.
    """

    line: socket.socket
    streams: list[int]
    others: list[int]
    extensions: list[str]


def grow_up(birth: Birth) -> None:
    """Read what this child is to be, say that it lives, and be it until it ends."""
    os.setsid()  # a group of its own, so that an interrupt reaches what the kernel has started too
    parent = os.getppid()
    ask_to_die_with(parent, signal.SIGKILL)
    try:
        request = wire.receive(birth.line)
        _settle(birth, request)
    except EOFError:  # who asked is gone
        os._exit(1)
    except OSError as error:
        with suppress(OSError):
            wire.send(birth.line, {"error": error.strerror, "errno": error.errno, "file": error.filename})
        os._exit(1)
    wire.send(birth.line, {"pid": os.getpid()})
    birth.line.close()
    if request.get("main"):
        module, _, name = request["main"].partition(":")
        getattr(importlib.import_module(module), name)(*birth.others, request["data"])
    else:
        _be_kernel(request["argv"], parent, birth.extensions)


def _settle(birth: Birth, request: dict[str, Any]) -> None:
    for number, descriptor in enumerate(birth.streams):
        os.dup2(descriptor, number)
    close_all_but(birth.line.fileno(), *birth.others, *_always_open)
    os.chdir(request["cwd"])
    _live_in(request["env"])
    draw_anew()


_HIGHEST = 1 << 20  # no descriptor is above; the limit says nothing, for it may have been lowered since
_always_open: set[int] = set()


def keep_open(*descriptors: int) -> None:
    """Let children of this process have what a preloaded module has opened for them."""
    _always_open.update(descriptors)


def close_all_but(*kept: int) -> None:
    """Close every descriptor but the standard streams and these."""
    for before, after in pairwise([2, *sorted(kept), _HIGHEST]):
        os.closerange(before + 1, after)


def _live_in(environment: Mapping[str, str]) -> None:
    replace_environment(environment)
    time.tzset()
    tempfile.tempdir = None  # found anew, from this environment


def draw_anew() -> None:
    """Give this process chance of its own. ``secrets`` and ``uuid`` ask the system each time and need nothing."""
    random.seed()
    ssl.RAND_add(os.urandom(32), 0.0)
    multiprocessing.current_process().authkey = os.urandom(32)
    numpy = sys.modules.get("numpy")  # only if somebody has it preloaded
    if numpy is not None:
        numpy.random.seed()


def _be_kernel(argv: list[str], parent: int, extensions: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = argv
    # Not from the environment, as usual: the one who asked is this process's grandparent.
    IPKernelApp.launch_instance(argv=argv[1:], parent_handle=parent, extra_extensions=extensions)
