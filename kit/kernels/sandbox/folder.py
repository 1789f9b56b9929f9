"""The one folder of a fenced process: how much is in it, and how to be rid of it, however it was left."""

from __future__ import annotations

import os
import secrets
import stat
import sys
import time
from pathlib import Path

_TRIES, _PAUSE = 50, 0.1  # whoever wrote there may be on its way out


def folder_use(folder: str | os.PathLike[str]) -> tuple[int, int]:
    """Return how many bytes and how many files are in a folder. What vanishes meanwhile does not count.

    What can't be looked at, because its path is too long or it was locked, counts as more than anybody may leave.
    """
    size = files = 0
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    files += 1
                    info = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(info.st_mode):
                        waiting.append(entry.path)
                    else:
                        size += info.st_size
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return sys.maxsize, sys.maxsize
    return size, files


def remove(path: Path) -> None:
    """Remove a file, or a folder however deep it is."""
    if path.is_dir() and not path.is_symlink():
        remove_folder(path)
    else:
        path.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder, with folders in it so deep that their paths can't be used any more."""
    for _ in range(_TRIES):
        try:
            while _bring_up(folder):
                pass
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(_PAUSE)


def _bring_up(folder: Path) -> bool:
    """Remove what is in a folder, except for folders two steps down: those move up. Return whether there are any."""
    found = False
    for entry in list(os.scandir(folder)):
        if not entry.is_dir(follow_symlinks=False):
            Path(entry.path).unlink()
            continue
        inner = Path(entry.path)
        inner.chmod(stat.S_IRWXU)
        for deeper in list(os.scandir(inner)):
            if deeper.is_dir(follow_symlinks=False):
                Path(deeper.path).rename(folder / secrets.token_hex(16))
                found = True
            else:
                Path(deeper.path).unlink()
        inner.rmdir()
    return found
