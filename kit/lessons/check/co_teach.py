"""Rules for the specialists' notebook: every segment is there, with words for both of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.lessons.check.finding import Finding
from kit.lessons.check.notebook import LessonNotebook
from kit.lessons.model import Lesson

ROLES = ("ITS", "LMS")
_SECTION = re.compile(r"^#{2,3}\s+(.+)$", re.M)


def check_co_teach(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    """Yield segments that are missing, or where one of the two has no part."""
    sections = _sections(notebook)
    for segment in lesson.segments:
        heading = next((title for title in sections if segment.title in title), None)
        if heading is None:
            yield Finding(
                notebook.file,
                "",
                "segment-missing",
                f"There is no section for the segment `{segment.title}`.",
                "Add a heading with its title, and a part for each of the two.",
            )
            continue
        for role in ROLES:
            if not re.search(rf"\*\*[^*\n]*\b{role}\b[^*\n]*\*\*", sections[heading]):
                yield Finding(
                    notebook.file,
                    "",
                    "role-missing",
                    f"In `{segment.title}` there is nothing for the {role}.",
                    f"Write what the {role} says, asks and does, with **{role}** in bold.",
                )


def _sections(notebook: LessonNotebook) -> dict[str, str]:
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.kind == "markdown")
    parts = _SECTION.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
