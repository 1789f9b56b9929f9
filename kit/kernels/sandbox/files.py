"""Which files a fenced process may see."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

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


_prepared: list[Any] = []  # the rules for what everybody may read, if they were made before a fork


def prepare_rules(above: Path) -> int:
    """Make the long list of rules once, for all processes that will be forked from this one.

    Parameters
    ----------
    above
        The folder in which each of them will have its own.

    Returns
    -------
    int
        A descriptor that must stay open in them until they have called ``see_only``.
    """
    rules = _fine_rules(above)
    _prepared.append(rules)
    return int(rules.fileno())


def see_only(folder: Path) -> None:
    """Let this process read Python and its libraries, and read and write one folder, for good.

    Raises
    ------
    OSError
        If the system has no Landlock.
    """
    # Two lists, each of which has to agree: a long one, which may have been made before the fork and so can't know the
    # folder, and a short one, which knows it.
    with _prepared.pop() if _prepared else _fine_rules(folder) as fine, _new_rules() as coarse:
        for path in {*_SYSTEM, sys.prefix, sys.base_prefix, "/etc", "/dev", "/proc", "/sys"}:
            if Path(path).exists():
                coarse.allow_path(path, _access("read"))
        coarse.allow_path("/dev/null", _access("use"))
        coarse.allow_path(folder, _access("work"))
        fine.restrict()
        coarse.restrict()


def _fine_rules(above: Path) -> Any:
    rules = _new_rules()
    for path in readable():
        rules.allow_path(path, _access("read") if Path(path).is_dir() else _access("load"))
    rules.allow_path("/dev/null", _access("use"))
    rules.allow_path(above, _access("work"))
    return rules


def _new_rules() -> Any:
    from landlockpy import Ruleset, Scope

    return Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)


@cache
def _access(kind: str) -> Any:
    from landlockpy import AccessFS

    load = AccessFS.READ_FILE | AccessFS.EXECUTE  # a library is mapped to be executed
    read = load | AccessFS.READ_DIR
    change = AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.MAKE_REG | AccessFS.REMOVE_FILE
    folders = AccessFS.MAKE_DIR | AccessFS.REMOVE_DIR | AccessFS.REFER
    use = load | AccessFS.WRITE_FILE
    return {"load": load, "read": read, "use": use, "work": read | change | folders}[kind]


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
