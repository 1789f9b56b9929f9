"""The teacher's files in the student's folder: what a test reads has to be what the teacher gave."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kit.kernels.sandbox import remove_folder

_Stamp = tuple[int, int, int]


class Given:
    """The teacher's files in a folder where a student may write.

    Parameters
    ----------
    folder
        The student's.
    files
        Name, and where the teacher's own is. They lie in the folder already, and nothing of the student's has run.
    """

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        self._folder, self._files = folder, dict(files)
        self._stamps = {name: _stamp(folder / name) for name in files}

    def changed(self) -> list[str]:
        """Name those that are not as they were given."""
        return [name for name, stamp in self._stamps.items() if stamp != _stamp(self._folder / name)]

    def put_back(self) -> None:
        """Put the teacher's file into the place of each that is not as it was given."""
        for name in self.changed():
            with suppress(OSError):  # it stays changed, and the test will be told
                self._put_back(name)

    def _put_back(self, name: str) -> None:
        target = self._folder / name
        # Beside the student's folder, where no student can reach it. The usual place is this very folder here.
        with tempfile.TemporaryDirectory(prefix="kit-grading-", dir=self._folder.parent) as elsewhere:
            fresh = Path(shutil.copyfile(self._files[name], Path(elsewhere, "fresh")))
            stamp = _stamp(fresh)
            if target.is_dir():
                remove_folder(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh.replace(target)
        self._stamps[name] = stamp


def _stamp(file: Path) -> _Stamp | None:
    """Return what no student can give to another file: times of files can't be set from behind the fences."""
    try:
        found = file.lstat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
