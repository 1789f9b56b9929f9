"""Read a YAML file into a checked record, or say in one sentence which file and field is wrong."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kit.errors import LessonError

# libyaml's loader is about ten times quicker; it is safe in the same way, and not on every machine.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Record(BaseModel):
    """A frozen record that knows all its fields: a field with a wrong name is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


R = TypeVar("R", bound=Record)


def read_yaml(file: Path, root: Path | None = None) -> dict[str, Any]:
    """Return the mapping in a YAML file.

    Parameters
    ----------
    file
        The file to read.
    root
        Messages name the file as seen from here.

    Raises
    ------
    LessonError
        Naming the file, and the line where its YAML breaks.
    """
    shown = shown_path(file, root)
    try:
        found = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # both loaders are safe ones
    except FileNotFoundError:
        raise LessonError(
            f"The file {shown} isn't there.", mend="Put it back, or take it out of curriculum.yml."
        ) from None
    except (OSError, UnicodeDecodeError):
        raise LessonError(f"The file {shown} can't be read as text.") from None
    except yaml.YAMLError as error:
        raise LessonError(f"The file {shown} is not valid YAML{_place(error)}.") from None
    if not isinstance(found, dict):
        raise LessonError(f"The file {shown} should hold names and values, such as `title: ...`.")
    return found


def read_record(kind: type[R], file: Path, root: Path) -> R:
    """Return the record in a YAML file, which is read again only when it has changed.

    Thirty pages that are opened at once ask for the same lesson, and reading one takes longer than all else about it.

    Raises
    ------
    LessonError
        As ``read_yaml`` and ``make_record`` do.
    """
    try:
        found = file.stat()
    except OSError:
        return make_record(kind, read_yaml(file, root), file, root)  # which says what is wrong
    record: R = _read_version(kind, file, root, (found.st_mtime_ns, found.st_size, found.st_ino))
    return record


@lru_cache(maxsize=128)
def _read_version(kind: type[R], file: Path, root: Path, version: tuple[int, ...]) -> R:  # noqa: ARG001  # for the cache
    return make_record(kind, read_yaml(file, root), file, root)


def make_record(kind: type[R], values: dict[str, Any], file: Path, root: Path | None = None) -> R:
    """Return the record that the values describe.

    Raises
    ------
    LessonError
        Naming the file and the first field that is missing or wrong.
    """
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        shown = shown_path(file, root)
        if first["type"] == "missing":
            raise LessonError(f"The file {shown} has no field `{field}`.") from None
        reason = first["msg"].removeprefix("Value error, ")
        raise LessonError(f"The field `{field}` in {shown} is wrong: {reason}.") from None


def shown_path(file: Path, root: Path | None = None) -> str:
    """Return the path that a message may show: never one outside the course."""
    if root is not None and file.is_relative_to(root):
        return file.relative_to(root).as_posix()
    return file.name


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" (near line {mark.line + 1})" if mark is not None else ""
