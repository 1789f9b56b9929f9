"""Looks at this computer: what is fine, what could be better, what is missing, and how to mend it."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from kit.classroom.browser import find_browser
from kit.classroom.ports import claim
from kit.errors import BrowserMissing, KitError, PortTaken, SandboxMissing
from kit.kernels.sandbox import find_fences
from kit.settings.model import Settings

_GB = 1024**3
_OLDEST_PYTHON = (3, 11)

State = Literal["ok", "warning", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing.

    Attributes
    ----------
    thing
        What was looked at.
    state
        ``ok``; ``warning`` when the class runs without it; ``missing`` when it does not.
    words
        What was found. Never a key.
    mend
        What to do about it; empty when nothing needs doing.
    """

    thing: str
    state: State
    words: str
    mend: str = ""


def examine(course: Path, settings: Settings) -> Iterator[Finding]:
    """Look at everything, one thing after the other.

    Parameters
    ----------
    course
        Where the course is or will be.
    settings
        Its settings.
    """
    yield _python()
    yield from _ports(settings)
    yield _memory()
    yield _disk(course)
    yield _sandbox()
    yield _browser()
    yield _provider(settings) if settings.ai.provider != "local" else _weights(settings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _OLDEST_PYTHON:
        return Finding("Python", "missing", f"This is Python {version}.", "Install Python 3.11 or newer.")
    return Finding("Python", "ok", version)


def _ports(settings: Settings) -> Iterator[Finding]:
    ports = settings.classroom
    for port, setting, what in (
        (ports.app_port, "classroom.app_port", "student app"),
        (ports.lab_port, "classroom.lab_port", "JupyterLab"),
    ):
        try:
            claim(port, setting, what)
        except PortTaken as error:
            # It may be the class itself that is running.
            yield Finding(f"port {port}", "warning", error.message, error.mend)
        else:
            yield Finding(f"port {port}" if port else f"{what} port", "ok", f"free, for the {what}")


def _memory() -> Finding:
    free = psutil.virtual_memory().available / _GB
    words = f"{free:.1f} GB free"
    mend = "Close other programs. A class needs about 1 GB, and 0.1 GB for each open lesson page."
    if free < 0.7:  # noqa: PLR2004  # the model, the gateway, the app and Lab, measured, and one kernel
        return Finding("memory", "missing", words, mend)
    return Finding("memory", "warning", words, mend) if free < 2 else Finding("memory", "ok", words)  # noqa: PLR2004


def _disk(course: Path) -> Finding:
    there = next(folder for folder in (course.resolve(), *course.resolve().parents) if folder.exists())
    free = shutil.disk_usage(there).free / _GB
    words, mend = f"{free:.1f} GB free", "Make room on the disk: students' work is saved there."
    if free < 0.3:  # noqa: PLR2004  # the model's file once more, and a class's journals
        return Finding("disk", "missing", words, mend)
    return Finding("disk", "warning", words, mend) if free < 2 else Finding("disk", "ok", words)  # noqa: PLR2004


def _sandbox() -> Finding:
    fences = find_fences()
    if fences.complete:
        return Finding("sandbox", "ok", "code that students wrote can be fenced in")
    words = f"{fences.lacking.rstrip('.')}; the kit's lessons need none, but courses with code can't be graded here"
    return Finding("sandbox", "warning", words, SandboxMissing.default_mend)


def _browser() -> Finding:
    try:
        return Finding("browser", "ok", find_browser().name)
    except BrowserMissing as error:
        # Students use their own; the tests and the screenshots need one here.
        return Finding("browser", "warning", error.message, error.mend)


def _weights(settings: Settings) -> Finding:
    from kit.ai.weights import check_weights, find_weights

    def look() -> str:
        file = find_weights(settings)
        if settings.ai.weights is not None:
            return "a model file of your own"
        check_weights(file)
        return f"{file.stat().st_size / 1e6:.0f} MB, checksum right"

    return _tried("weights", look)


def _provider(settings: Settings) -> Finding:
    from kit.ai.providers import choose_provider

    def look() -> str:
        async def ask() -> str:
            provider = choose_provider(settings)
            try:
                found = await provider.capabilities()
            finally:
                await provider.close()
            return f"{provider.name} answers, model {provider.model}. {found.notice}".strip()

        return asyncio.run(ask())

    return _tried("provider", look)


def _tried(thing: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(thing, "ok", look())
    except KitError as error:
        return Finding(thing, "missing", error.message, error.mend)
