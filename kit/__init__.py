"""The AI Literacy Workshop Kit. A lesson notebook needs one name: ``open_lesson``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kit.widgets import LessonPage

__all__ = ["open_lesson"]


def open_lesson(slug: str) -> LessonPage:
    """Open a lesson for the student at this page.

    Parameters
    ----------
    slug
        The lesson's name in ``notebooks/lessons``, such as ``"next-word-please"``.

    Raises
    ------
    LessonNotFound
        If there is no such lesson.
    """
    # Imported here so that `import kit` (and with it the command line) stays instant.
    from kit.widgets import open_lesson as open_page

    return open_page(slug)
