"""Writes a lesson's pages: for students and for specialists, as web pages and as PDF."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from kit.errors import PrintFailed
from kit.lessons import Catalogue
from kit.lessons.check.notebook import read_notebook
from kit.paper.document import Document
from kit.paper.packet import make_packet
from kit.paper.press import press
from kit.paper.web import to_html
from kit.paper.worksheet import make_worksheet


@dataclass(frozen=True, slots=True)
class Printed:
    """What was written.

    Attributes
    ----------
    files
        The files, in the order in which they were made.
    not_shown
        Signs that no font here can show; in the PDF, words stand in their place.
    """

    files: tuple[Path, ...]
    not_shown: str


def print_lesson(catalogue: Catalogue, slug: str, out: Path, *, html_only: bool = False) -> Printed:
    """Write the pages of one lesson into a folder.

    Parameters
    ----------
    catalogue, slug
        The lesson.
    out
        The folder; made if need be. Files of an earlier print are replaced.
    html_only
        Leave the PDFs out.

    Raises
    ------
    LessonError
        If the lesson or one of its notebooks can't be read.
    PrintFailed
        If the pages can't be made.
    """
    documents = {f"{slug}-{document.audience}": document for document in make_documents(catalogue, slug)}
    files: list[Path] = []
    not_shown = ""
    _make_folder(out)
    for name, document in documents.items():
        files.append(_write(out / f"{name}.html", to_html(document).encode("utf-8")))
        if not html_only:
            pdf, missing = press(document)
            not_shown += "".join(sign for sign in missing if sign not in not_shown)
            files.append(_write(out / f"{name}.pdf", pdf))
    return Printed(tuple(files), not_shown)


def make_documents(catalogue: Catalogue, slug: str) -> tuple[Document, Document]:
    """Return the students' pages and the specialists' packet."""
    lesson = catalogue[slug]

    def find_picture(exercise: str) -> Path | None:
        file = catalogue.picture(slug, exercise)
        return file if file.is_file() else None

    worksheet = make_worksheet(lesson, read_notebook(catalogue.notebook(slug), catalogue.root), find_picture)
    return worksheet, make_packet(lesson, read_notebook(catalogue.co_teach(slug), catalogue.root))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise PrintFailed(f"{out} is a file.", mend="Give a folder with --out.") from None


def _write(file: Path, content: bytes) -> Path:
    """Put a file in place whole: who opens it while it is printed anew sees the old one or the new one."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as new:
        new.write(content)
    spare = Path(new.name)
    spare.chmod(0o644)
    return spare.replace(file)
