"""A whole class opens the same lesson at once: stock Voilà with stock kernels, then the kit.

``STUDENTS`` in the environment says how many (30). Prints the time until the first and the last page are complete, and
how much memory each kernel has for itself. The last line is ``ratio: N``: the stock time divided by the kit's.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import nbformat
import psutil

from kit.classroom import Accounts
from kit.classroom.child import Child
from kit.classroom.course import build_course
from kit.classroom.notebook import arrange, shown_cells
from kit.classroom.parts import Plan, Secrets
from kit.classroom.ports import claim
from kit.grading import Student, write_roster
from kit.kernels import allowed
from kit.lessons import load_catalogue, load_inquiry_model
from kit.settings import Course, content_root
from kit.settings.load import load_settings

LESSON = "next-word-please"
STUDENTS = int(os.environ.get("STUDENTS", "30"))
LOAD = os.getloadavg()
"""How busy the machine was before: over one, five and fifteen minutes."""

_PATIENCE = 600  # seconds
_CALM, _IDLE = 4, 5  # looks in a row at which a process that rests has taken so many percent at most
# How a page says that there is a card: in stock Voilà, and in the kit.
_CARD = ("application/vnd.jupyter.widget-view+json", 'data-model="')


@dataclass(frozen=True, slots=True)
class Opening:
    """What one way of serving did.

    Attributes
    ----------
    seconds
        Until each student's page was complete, the quickest first.
    kernels
        Bytes that each kernel shares with no other process.
    parent
        Bytes of the warm parent; 0 where there is none.
    """

    seconds: list[float]
    kernels: list[int]
    parent: int = 0


def private(process: psutil.Process) -> int:
    """Return how many bytes a process shares with nobody."""
    return int(process.memory_full_info().uss)


def memory_of_kernels(parent: psutil.Process) -> list[int]:
    """Return what each kernel has for itself; there must be one for each student."""
    time.sleep(2)  # until the last one rests
    kernels = parent.children()
    if len(kernels) != STUDENTS:
        raise RuntimeError(f"{len(kernels)} kernels for {STUDENTS} students")
    return [private(kernel) for kernel in kernels]


async def open_all(url: str, doors: list[str], pages: list[str], cards: int) -> list[float]:
    """Let every student through a door of their own, then open all pages at the same moment.

    Parameters
    ----------
    url
        The server's address.
    doors, pages
        Each student's addresses there.
    cards
        How many cards a complete page has.
    """
    async with AsyncExitStack() as open_clients:
        clients = [
            await open_clients.enter_async_context(
                httpx.AsyncClient(base_url=url, timeout=_PATIENCE, trust_env=False, follow_redirects=True)
            )
            for _ in doors
        ]
        for client, door in zip(clients, doors, strict=True):
            (await client.get(door)).raise_for_status()
        started = time.perf_counter()

        async def seconds(client: httpx.AsyncClient, page: str) -> float:
            answer = (await client.get(page)).raise_for_status().text
            took = time.perf_counter() - started
            shown = max(answer.count(sign) for sign in _CARD)
            if '"kernelId"' not in answer or shown < cards:
                raise RuntimeError(f"{page} is not complete: {shown} cards of {cards}")
            return took

        return sorted(await asyncio.gather(*map(seconds, clients, pages)))


# Stock


@contextmanager
def stock_voila(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve a folder of notebooks with Voilà as it comes."""
    port = claim(0, "", "Voilà")
    command = [sys.executable, "-m", "voila", str(folder), f"--port={port}", "--no-browser", "--show_tracebacks=True"]
    with subprocess.Popen(
        command, env=allowed(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        try:
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            httpx.get(url, trust_env=False, timeout=5)
            return
        time.sleep(0.2)
    raise TimeoutError(url)


def notebook_of_page() -> nbformat.NotebookNode:
    """Return the lesson's notebook with the cells that the kit shows."""
    notebook = nbformat.read(load_catalogue(content_root()).notebook(LESSON), as_version=4)
    notebook.cells = shown_cells(notebook.cells)
    return notebook


def cards_of_page() -> int:
    """Return how many cards a complete page has."""
    cells = notebook_of_page().cells
    arrange(cells, load_inquiry_model())
    return sum(cell.metadata["kit"]["shows"] for cell in cells)


def run_stock(folder: Path) -> Opening:
    """Each student has a copy of the same notebook in a folder of their own, with the cells that the kit shows."""
    notebook = notebook_of_page()
    for number in range(STUDENTS):
        (folder / f"s{number}").mkdir()
        nbformat.write(notebook, folder / f"s{number}" / "lesson.ipynb")

    pages = [f"/voila/render/s{number}/lesson.ipynb" for number in range(STUDENTS)]
    with stock_voila(folder) as (url, server):
        _wait_until_idle(server)
        seconds = asyncio.run(open_all(url, ["/"] * STUDENTS, pages, cards_of_page()))
        return Opening(seconds, memory_of_kernels(server))


# The kit


def class_of(folder: Path) -> Course:
    """Return a course with so many students."""
    write_roster(folder / "roster.csv", (Student(f"student-{number}") for number in range(STUDENTS)))
    shutil.copyfile(content_root() / "kit" / "classroom" / "kit.toml.txt", folder / "kit.toml")
    return build_course(folder, load_settings(folder))


def run_kit(folder: Path) -> Opening:
    """Serve the same lesson with the student app."""
    course = class_of(folder)
    accounts = Accounts(course)
    doors = [f"/join/{accounts.new_link(f'student-{number}')}" for number in range(STUDENTS)]
    app = Child(Plan(course, os.environ, Secrets.fresh()).app(0, ""), course.private / "app.log")
    try:
        url = app.wait_until_ready()
        parent = psutil.Process(app.pid).children()[0]
        _wait_until_idle(parent)
        _wait_until_idle(psutil.Process(app.pid))
        seconds = asyncio.run(open_all(url, doors, [f"/lesson/{LESSON}"] * STUDENTS, cards_of_page()))
        return Opening(seconds, memory_of_kernels(parent), parent.memory_info().rss)
    finally:
        app.stop()


def _wait_until_idle(process: psutil.Process) -> None:
    """Wait until a process has done what it does at its start; a class is rarely in the room when the server starts."""
    calm = 0
    while calm < _CALM:  # a single quiet look says little on a busy machine
        calm = calm + 1 if process.cpu_percent(interval=0.5) <= _IDLE else 0


def report(stock: Opening, kit: Opening) -> None:
    """Print the table, the share of memory, and the ratio last."""
    load = ", ".join(f"{value:.1f}" for value in LOAD)
    print(f"{STUDENTS} students open {LESSON} at once, {os.cpu_count()} cores, load before {load}")
    print(f"{'':<8}{'first page':>12}{'median':>10}{'last page':>12}{'private memory of a kernel':>30}")
    for name, found in (("stock", stock), ("kit", kit)):
        times = (found.seconds[0], statistics.median(found.seconds), found.seconds[-1])
        memory = statistics.median(found.kernels) / 1e6
        print(f"{name:<8}{times[0]:>11.2f}s{times[1]:>9.2f}s{times[2]:>11.2f}s{memory:>27.1f} MB")
    share = statistics.median(kit.kernels) / statistics.median(stock.kernels)
    print(f"memory: {share:.0%} of a stock kernel's; the warm parent, once for all, holds {kit.parent / 1e6:.0f} MB")
    print(f"ratio: {stock.seconds[-1] / kit.seconds[-1]:.1f}")


def main() -> None:
    """Measure both in one run, and print."""
    openings = []
    for run in (run_stock, run_kit):
        with tempfile.TemporaryDirectory(prefix="kit-bench-") as folder:
            openings.append(run(Path(folder)))
    report(*openings)


if __name__ == "__main__":
    main()
