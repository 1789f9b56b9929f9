"""Which files a fenced process may see."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

# Packages that hold solutions of their own: the kit's lessons, and the course that nbgrader brings as an example.
_NOT_FOR_STUDENTS = ("kit", "nbgrader", "ai_literacy_workshop_kit")
_SYSTEM = ("/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64")
_SINGLE = (
    "/dev/null",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
    "/etc/localtime",
    "/etc/ld.so.cache",
    "/etc/fonts",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
)


def see_only(folder: Path) -> None:
    """Let this process read Python and its libraries, and read and write one folder, for good.

    Raises
    ------
    OSError
        If the system has no Landlock.
    """
    from landlockpy import AccessFS, Ruleset, Scope

    look = AccessFS.READ_FILE | AccessFS.EXECUTE  # a library is mapped to be executed
    work = (
        look
        | AccessFS.READ_DIR
        | AccessFS.WRITE_FILE
        | AccessFS.TRUNCATE
        | AccessFS.MAKE_REG
        | AccessFS.MAKE_DIR
        | AccessFS.REMOVE_FILE
        | AccessFS.REMOVE_DIR
        | AccessFS.REFER
    )
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
        for path in readable():
            rules.allow_path(path, look | AccessFS.READ_DIR if Path(path).is_dir() else look)
        rules.allow_path("/dev/null", look | AccessFS.WRITE_FILE)
        rules.allow_path(folder, work)
        rules.restrict()


@cache
def readable() -> tuple[str, ...]:
    """Return what Python needs: its own library, the installed packages, and the system's shared libraries.

    Neither a home folder nor a folder of lessons is in it, though packages may be installed below one.
    """
    found = dict.fromkeys([*_libraries(), *_packages(), *_SYSTEM, *_SINGLE])
    return tuple(path for path in found if Path(path).exists())


def _libraries() -> Iterator[str]:
    for name in ("stdlib", "platstdlib"):
        folder = Path(sysconfig.get_path(name))
        yield from _children(folder, without={"site-packages", "dist-packages"})
    yield from map(str, Path(sys.base_prefix, "lib").glob("*.so*"))


def _packages() -> Iterator[str]:
    for name in dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib")):
        yield from _children(Path(name), without=_NOT_FOR_STUDENTS)


def _children(folder: Path, without: Iterable[str]) -> Iterator[str]:
    hidden = set(without)
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        names = {entry.name, entry.name.split("-")[0]}  # a package, and what was installed with it
        if not names & hidden and entry.suffix != ".pth":
            yield str(entry)
