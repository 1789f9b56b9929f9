"""Rules for the specialists' notebook: its parts are there, and every segment has words for both of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.lessons.check.finding import Finding
from kit.lessons.check.notebook import LessonNotebook
from kit.lessons.model import Lesson

ROLES = ("ITS", "LMS")
# The cells that a co-teaching script can't do without, by id, with what they are for.
PARTS = {
    "before-class": "what to prepare",
    "misconceptions": "what students may say, and what to answer",
    "accommodations": "how everybody gets in",
    "answer-key": "what the computer counts",
    "samples": "what written work looks like at each level",
    "plan-b": "what to do when something is down",
    "cuts": "what can go when time is short",
    "debrief": "five minutes afterwards",
}
_SECTION = re.compile(r"^#{2,3}\s+(.+)$", re.M)


def check_co_teach(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
    """Yield parts and segments that are missing, and segments where one of the two has nothing to do."""
    ids = {cell.id for cell in notebook.cells}
    for part, purpose in PARTS.items():
        if part not in ids:
            yield Finding(
                notebook.file,
                part,
                "co-teach-part-missing",
                f"The script has no cell `{part}`: {purpose}.",
                "Add it, and give the cell this id.",
            )
    yield from _check_segments(notebook, lesson)


def _check_segments(notebook: LessonNotebook, lesson: Lesson) -> Iterator[Finding]:
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
