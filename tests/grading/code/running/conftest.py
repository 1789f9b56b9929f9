"""A runner like the one that grading has, and a short way to put cells through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kit.grading.code.running.runner import Cell, CellResult, Runner, Task
from kit.grading.code.running.teacher import Lead, read_lead

Go = Callable[..., list[CellResult]]


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


@pytest.fixture
def go(runner: Runner) -> Go:
    """Run cells: a source is the student's, ``("test", source)`` is a locked test of the teacher's."""

    def run(*cells: str | tuple[str, str], lead: Lead | None = None, **more: Any) -> list[CellResult]:
        made = tuple(Cell(cell, "answer") if isinstance(cell, str) else Cell(cell[1], "test") for cell in cells)
        return list(runner.run(Task(made, lead or Lead(), **more)))

    return run


def expecting(*answers: str, given: tuple[str, ...] = ()) -> Lead:
    """Return what a teacher's notebook says whose answer cells are these."""
    return read_lead(given, answers, [])


def verdict(result: CellResult) -> str:
    """Return ``passed``, ``failed``, or ``person`` for a test cell."""
    if result.person:
        return "person"
    bad = any(output["output_type"] == "error" or output.get("name") == "stderr" for output in result.outputs)
    return "failed" if bad else "passed"
