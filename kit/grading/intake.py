"""Look at what was handed in before anything is done with it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import JournalError, SubmissionInvalid
from kit.journal import FILE_NAME, Journal, Record

MAX_FILES = 300
MAX_FILE_BYTES = 20_000_000
MAX_TOTAL_BYTES = 100_000_000
MAX_CELLS = 2_000
MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's work on one lesson, looked at and found usable.

    Attributes
    ----------
    folder
        Where it is.
    notebooks
        Its notebooks.
    record
        Its journal; empty when there is none.
    """

    folder: Path
    notebooks: tuple[Path, ...]
    record: Record

    @property
    def journal(self) -> Path:
        """Where the journal is, or would be."""
        return self.folder / FILE_NAME


def inspect(folder: Path) -> Submission:
    """Return what is in a submission's folder.

    Raises
    ------
    SubmissionInvalid
        If it holds links, is far too big, or its notebook or journal can't be read. The message says which.
    """
    files = list(_walk(folder))
    notebooks = tuple(sorted(file for file in files if file.suffix == ".ipynb" and file.parent == folder))
    for notebook in notebooks:
        _refuse_broken_notebook(notebook)
    if not notebooks and not (folder / FILE_NAME).is_file():
        raise SubmissionInvalid("There is neither a notebook nor a journal in it.")
    return Submission(folder, notebooks, read_record(folder))


def read_record(folder: Path) -> Record:
    """Return the journal of a folder, whoever wrote it.

    Raises
    ------
    SubmissionInvalid
        If there is a journal but nothing in it can be read.
    """
    try:
        record = Journal(folder).read()
    except (JournalError, ValueError, RecursionError):
        raise SubmissionInvalid("Its journal can't be read.") from None
    if record.faults and not record.events:
        raise SubmissionInvalid("Its journal can't be read: no line in it is one.")
    return record


def _walk(folder: Path) -> Iterator[Path]:
    if folder.is_symlink() or not folder.is_dir():
        raise SubmissionInvalid("It is not a plain folder.")
    count = total = 0
    waiting = [folder]
    while waiting:
        for entry in os.scandir(waiting.pop()):
            info = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(info.st_mode):
                waiting.append(Path(entry.path))
            count, total = count + 1, total + info.st_size
            _refuse(entry.name, info, count, total)
            if stat.S_ISREG(info.st_mode):
                yield Path(entry.path)


def _refuse(name: str, info: os.stat_result, count: int, total: int) -> None:
    if not (stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode)):
        raise SubmissionInvalid(f"{name!r} in it is a link or something else that is not a file.")
    if info.st_size > MAX_FILE_BYTES:
        raise SubmissionInvalid(f"{name!r} in it is too big ({info.st_size // 1_000_000} MB).")
    if count > MAX_FILES or total > MAX_TOTAL_BYTES:
        raise SubmissionInvalid("It holds far too many or too big files.")


def _refuse_broken_notebook(file: Path) -> None:
    try:
        notebook: Any = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise SubmissionInvalid(f"{file.name} is not a notebook: its JSON is broken.") from None
    if not is_notebook(notebook) or _is_too_deep(notebook):
        raise SubmissionInvalid(f"{file.name} is not a notebook.")
    if len(notebook["cells"]) > MAX_CELLS:
        raise SubmissionInvalid(f"{file.name} has far too many cells.")


def _is_too_deep(found: Any) -> bool:
    """Tell whether parsed JSON has things in things so deep that others, which look at it later, give up."""
    level = [found]
    for _ in range(MAX_DEPTH):
        level = [part for one in level for part in _parts(one)]
        if not level:
            return False
    return True


def _parts(found: Any) -> Iterable[Any]:
    if isinstance(found, dict):
        return found.values()
    return found if isinstance(found, list) else ()


def is_notebook(found: Any) -> bool:
    """Tell whether parsed JSON has the shape of a notebook of format 4, as far as grading looks at it."""
    return (
        isinstance(found, dict)
        and found.get("nbformat") == 4  # noqa: PLR2004 - the format's own number
        and isinstance(found.get("metadata"), dict)
        and not found["metadata"].keys() & {"language"}  # an old key that nbconvert trusts too much
        and isinstance(found.get("cells"), list)
        and all(_is_cell(cell) for cell in found["cells"])
    )


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return False
    if not _has_known_parts(cell):
        return False
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    return cell.get("cell_type") in {"code", "markdown", "raw"} and all(isinstance(line, str) for line in lines)


def _has_known_parts(cell: dict[str, Any]) -> bool:
    """Tell whether outputs and attachments have the shapes that nbformat puts together without another look."""
    outputs, attachments = cell.get("outputs", []), cell.get("attachments", {})
    return (
        isinstance(outputs, list)
        and all(isinstance(output, dict) and isinstance(output.get("data", {}), dict) for output in outputs)
        and isinstance(attachments, dict)
        and all(isinstance(bundle, dict) for bundle in attachments.values())
    )
