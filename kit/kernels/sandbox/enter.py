"""The way in. There is none out."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kit.errors import SandboxMissing
from kit.kernels.sandbox.calls import allow_only_these
from kit.kernels.sandbox.files import prepare_rules, see_only
from kit.kernels.sandbox.limits import Limits

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000


def enter(folder: Path, limits: Limits) -> None:
    """Fence this process in for good. It must have one thread, and nothing open that it should not have.

    Parameters
    ----------
    folder
        The one folder that it may write to.
    limits
        How much it may use.

    Raises
    ------
    SandboxMissing
        If one of the fences can't be put up. The process must then end without running what it was made for.
    """
    prepare()
    _take_an_empty_network()
    fences: tuple[tuple[str, Callable[[], None]], ...] = (
        ("Landlock", lambda: see_only(folder)),
        ("resource limits", limits.set),
        ("system call filters", allow_only_these),  # last: the others need calls that it forbids
    )
    for name, put_up in fences:
        try:
            put_up()
        except Exception as error:  # whatever it is: without this fence nothing may run
            raise SandboxMissing(f"This computer can't fence code in: {name} can't be used ({error}).") from error


def prepare(above: Path | None = None) -> list[int]:
    """Load what the fences are made with. A process that will fork others, each to be fenced in, does it for them.

    Parameters
    ----------
    above
        The folder in which each of them will have its own.

    Returns
    -------
    list of int
        Descriptors that must stay open in them until they have entered.

    Raises
    ------
    SandboxMissing
        If it is not on this computer.
    """
    try:
        import landlockpy  # noqa: F401 - only to have it
        import pyseccomp  # noqa: F401 - it looks for its C library by starting a program, which can't be done inside
    except (ImportError, RuntimeError, OSError) as error:
        raise SandboxMissing(f"This computer can't fence code in: {error}.") from error
    try:
        return [] if above is None else [prepare_rules(above)]
    except OSError as error:
        raise SandboxMissing(f"This computer can't fence code in: Landlock can't be used ({error}).") from error


def _take_an_empty_network() -> None:
    """Move to a network with nothing in it, where the system lets its users do so. One more fence, not a needed one."""
    user, group = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC):
        return
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
