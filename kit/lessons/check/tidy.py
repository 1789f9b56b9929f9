"""Rules for every notebook of a lesson: clean in git, thin, and safe to open offline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.lessons.check.finding import Finding
from kit.lessons.check.notebook import EXTENSION, Cell, LessonNotebook

MOST_LINES = 8
_CELL_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SECRET = re.compile(r"sk-[A-Za-z0-9_-]{16,}|(?i:api_?key|secret|password|token)\s*=\s*[\"'][^\"']{6,}[\"']")
_FORBIDDEN = {
    "define-in-cell": (
        re.compile(r"^\s*(async\s+def|def|class)\s", re.M),
        "defines something",
        "Move it into the kit.",
    ),
    "star-import": (
        re.compile(r"^\s*from\s+\S+\s+import\s+\*", re.M),
        "imports everything with a star",
        "Import by name.",
    ),
    "shell-in-cell": (
        re.compile(r"^\s*[!%]", re.M),
        "runs a shell or a magic command",
        "Leave set-up to `make setup`.",
    ),
    "network-in-cell": (
        re.compile(r"https?://|\b(requests|urllib|httpx|socket|aiohttp)\b"),
        "reaches for the network",
        "A lesson works without internet; go through `lesson`.",
    ),
}
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(|<img\b(?P<tag>[^>]*)>", re.I)
_ALT = re.compile(r"\balt\s*=\s*[\"'][^\"']*\S[^\"']*[\"']", re.I)


def check_tidy(notebook: LessonNotebook) -> Iterator[Finding]:
    """Yield what keeps a notebook from being clean, thin and safe."""
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield Finding(
            notebook.file, "", "kernel-wrong", "The kernel is not python3.", "Set the kernel to Python 3 (ipykernel)."
        )
    if "widgets" in notebook.metadata:
        yield Finding(
            notebook.file, "", "has-widget-state", "It holds widget state.", "Run nbstripout --keep-id on it."
        )
    seen: set[str] = set()
    for cell in notebook.cells:
        yield from _check_id(notebook.file, cell, seen)
        if cell.kind == "code":
            yield from _check_code(notebook.file, cell)
        else:
            yield from _check_images(notebook.file, cell)


def _check_id(file: str, cell: Cell, seen: set[str]) -> Iterator[Finding]:
    if not _CELL_ID.fullmatch(cell.id):
        yield Finding(
            file, cell.id, "cell-id-unstable", "The cell's id is not a name.", "Give it a kebab-case id that will stay."
        )
    if cell.id in seen:
        yield Finding(file, cell.id, "cell-id-twice", "Two cells have this id.", "Give one of them another id.")
    seen.add(cell.id)


def _check_code(file: str, cell: Cell) -> Iterator[Finding]:
    if cell.raw.get("outputs"):
        yield Finding(
            file, cell.id, "has-output", "The cell holds outputs.", "Run nbstripout --keep-id on the notebook."
        )
    if cell.raw.get("execution_count") is not None:
        yield Finding(
            file, cell.id, "has-count", "The cell holds a run count.", "Run nbstripout --keep-id on the notebook."
        )
    if _SECRET.search(cell.source):
        yield Finding(
            file, cell.id, "secret-in-cell", "There may be a key or password here.", "Take it out, and change it."
        )
    if len(cell.source.splitlines()) > MOST_LINES:
        yield Finding(
            file,
            cell.id,
            "cell-too-long",
            f"The cell has more than {MOST_LINES} lines.",
            "Make it shorter, or split it.",
        )
    if EXTENSION in cell.tags:
        return
    for code, (pattern, does, mend) in _FORBIDDEN.items():
        if pattern.search(cell.source):
            yield Finding(file, cell.id, code, f"The cell {does}.", mend)


def _check_images(file: str, cell: Cell) -> Iterator[Finding]:
    for image in _IMAGE.finditer(cell.source):
        alt, tag = image.group("alt"), image.group("tag")
        if not (alt or "").strip() and not _ALT.search(tag or ""):
            yield Finding(
                file,
                cell.id,
                "image-without-alt",
                "A picture has no alt text.",
                "Say in a few words what the picture shows.",
            )
