"""Everything a student touches: the scaffold's fields, the source log with its citation builder, and the exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.widgets.page import LessonPage

__all__ = ["LessonPage", "open_lesson"]


def open_lesson(slug: str) -> LessonPage:
    """Open a lesson for the student at this kernel.

    Parameters
    ----------
    slug
        The lesson's name in ``notebooks/lessons``.

    Raises
    ------
    LessonNotFound
        If there is no such lesson.
    JournalError
        If the student's record can't be read.
    """
    from kit.widgets.page import open_page

    return open_page(slug)


def __getattr__(name: str) -> Any:
    # ipywidgets takes most of a second to import, so it waits until a page is really opened.
    if name == "LessonPage":
        from kit.widgets.page import LessonPage

        return LessonPage
    raise AttributeError(name)
