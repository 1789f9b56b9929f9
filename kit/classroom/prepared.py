"""A lesson's page as far as it is the same for every student. It is made once for each version of its notebook."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from voila.exporter import VoilaExporter
from voila.utils import get_page_config

from kit.classroom.notebook import Stage, arrange, drop_title, shown_cells
from kit.classroom.shelf import open_lesson, released_notebook
from kit.errors import KitError
from kit.lessons import load_catalogue, load_inquiry_model

if TYPE_CHECKING:
    from kit.classroom.app import ClassroomApp
    from kit.lessons import Lesson

_USUAL_KERNEL = "python3"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the page.

    Attributes
    ----------
    position, stage
        Where it stands.
    source
        What is run; nothing for prose.
    html
        Prose, ready to be shown.
    shows
        Whether running it will put something on the page.
    """

    position: int
    stage: int
    source: str
    html: str
    shows: bool


@dataclass(frozen=True)
class Prepared:
    """What of a page is the same for every student.

    Attributes
    ----------
    cells
        All cells that are shown.
    stages
        The stages of the lesson, in order.
    kernel
        The name of the kernel to run it in.
    """

    cells: tuple[Cell, ...]
    stages: tuple[Stage, ...]
    kernel: str

    @cached_property
    def code(self) -> tuple[Cell, ...]:
        """The cells that run."""
        return tuple(cell for cell in self.cells if cell.source.strip())


class Preparation:
    """Prepares lessons, and keeps what it has made until a lesson's files change.

    Voilà does all of it for each visitor: check the notebook against its schema, make an exporter, compile its
    templates, turn Markdown into HTML, look for installed front ends. It is half of what a page costs the server.

    Parameters
    ----------
    app
        The running app.
    """

    def __init__(self, app: ClassroomApp) -> None:
        self._app = app
        self._kept: dict[Path, tuple[object, Prepared]] = {}

    @cached_property
    def page_config(self) -> Mapping[str, Any]:
        """What Voilà's program in the page wants to know; everything but the kernel."""
        app = self._app
        found = get_page_config(app.base_url, app.app.settings, app.log, app.voila_configuration)
        return {**found, "baseUrl": app.base_url, "jupyterLabTheme": app.voila_configuration.theme}

    async def make_ready(self) -> None:
        """Prepare every lesson that is open, so that the first who opens one doesn't wait for it."""
        course = self._app.course
        for slug in load_catalogue(course.root).slugs:
            with suppress(KitError):  # whoever opens it is told
                self.of(open_lesson(course, slug), released_notebook(course, slug))
            await asyncio.sleep(0)  # others' turn

    def of(self, lesson: Lesson, notebook: Path) -> Prepared:
        """Return a lesson's page, made anew if its notebook or its question has changed."""
        found = notebook.stat()
        version = (found.st_mtime_ns, found.st_size, found.st_ino, lesson.driving_question)
        kept = self._kept.get(notebook)
        if kept is None or kept[0] != version:
            kept = self._kept[notebook] = (version, self._make(lesson, notebook))
        return kept[1]

    def _make(self, lesson: Lesson, file: Path) -> Prepared:
        notebook = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
        cells = shown_cells(notebook.cells)
        stages = arrange(cells, load_inquiry_model(self._app.kit_settings.inquiry_model))
        drop_title(cells, lesson.driving_question)
        wanted = notebook.metadata.get("kernelspec", {}).get("name", _USUAL_KERNEL)
        known = self._app.kernel_spec_manager.find_kernel_specs()
        return Prepared(tuple(map(self._cell, cells)), tuple(stages), wanted if wanted in known else _USUAL_KERNEL)

    def _cell(self, cell: Any) -> Cell:
        own = cell.metadata["kit"]
        code = cell.source if cell.cell_type == "code" else ""
        prose = self._prose(cell) if cell.cell_type == "markdown" and cell.source.strip() else ""
        return Cell(own["position"], own["stage"], code, prose, own["shows"])

    def _prose(self, cell: Any) -> str:
        html = self._exporter.markdown2html({"cell": cell}, cell.source)
        return str(self._exporter.environment.filters["strip_files_prefix"](html))

    @cached_property
    def _exporter(self) -> Any:
        app = self._app
        return VoilaExporter(
            template_paths=app.template_paths,
            template_name=app.voila_configuration.template,
            config=app.config,
            contents_manager=app.contents_manager,  # pictures are put into the page
            base_url=app.base_url,
        )
