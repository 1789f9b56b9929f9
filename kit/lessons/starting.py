"""Starts a new lesson: files that pass the checker as they are, with words to replace."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from kit.errors import LessonError
from kit.lessons.catalogue import load_catalogue
from kit.lessons.model import KEBAB

# A whole lesson with this name and title, which the new one's take the place of.
FOLDER = Path(__file__).with_name("starter")
_SLUG, _TITLE = "my-lesson", "My new lesson"
_LONGEST_TITLE = 100
_ENTRY = """  - slug: {slug}
    lesson: notebooks/lessons/{slug}/lesson.yml
    co_teach: notebooks/lessons/{slug}/co-teach.ipynb
    notebook: assignments/source/{slug}/{slug}.ipynb
"""


@dataclass(frozen=True, slots=True)
class Started:
    """The files of a lesson that was just made."""

    lesson: Path
    co_teach: Path
    notebook: Path


def start_lesson(root: Path, slug: str, title: str = "", grades: Sequence[str] = ("6-8",)) -> Started:
    """Make a new lesson, and put it at the end of the curriculum.

    Either all of it is made or nothing.

    Parameters
    ----------
    root
        The course, or the repository.
    slug
        Its name in addresses and folders.
    title
        Its title; without one, the slug in words.
    grades
        Grade bands: ``6-8``, ``9-12`` or both.

    Raises
    ------
    LessonError
        If the name or the title can't be used, or there is such a lesson already.
    """
    title = title.strip() or slug.replace("-", " ").capitalize()
    _refuse(root, slug, title)
    made = Started(
        root / "notebooks" / "lessons" / slug / "lesson.yml",
        root / "notebooks" / "lessons" / slug / "co-teach.ipynb",
        root / "assignments" / "source" / slug / f"{slug}.ipynb",
    )
    texts = {
        made.lesson: _lesson_text(slug, title, grades),
        made.co_teach: _notebook_text("co-teach.ipynb", slug, title),
        made.notebook: _notebook_text("student.ipynb", slug, title),
    }
    curriculum = root / "notebooks" / "lessons" / "curriculum.yml"
    before = curriculum.read_bytes()
    try:
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        _write_whole(curriculum, _with_entry(before.decode("utf-8"), slug))
        _ = load_catalogue(root)[slug]
    except BaseException:
        # The curriculum first: from then on nothing names the files that go.
        if curriculum.read_bytes() != before:
            _write_whole(curriculum, before.decode("utf-8"))
        for folder in {file.parent for file in texts}:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return made


def _refuse(root: Path, slug: str, title: str) -> None:
    if not re.fullmatch(KEBAB, slug):
        raise LessonError(
            f"`{slug}` can't be a lesson's name.",
            mend="Use small letters, digits and single hyphens, such as `who-says`.",
        )
    if len(title) > _LONGEST_TITLE or not title.isprintable() or title.startswith("#"):
        raise LessonError(
            "The title can't be used.", mend=f"Give one line of at most {_LONGEST_TITLE} letters, without a # in front."
        )
    folders = (root / "notebooks" / "lessons" / slug, root / "assignments" / "source" / slug)
    if slug in load_catalogue(root) or any(folder.exists() for folder in folders):
        raise LessonError(f"There is a lesson `{slug}` already.", mend="Choose another name. Nothing was changed.")


def _lesson_text(slug: str, title: str, grades: Sequence[str]) -> str:
    text = (FOLDER / "lesson.yml").read_text(encoding="utf-8")
    values = {
        "slug": slug,
        "uuid": str(uuid4()),
        # A JSON text in quotes is a YAML text, too, whatever signs are in it.
        "title": json.dumps(title, ensure_ascii=False),
        "grade_bands": f"[{', '.join(grades)}]",
    }
    lines = text.splitlines(keepends=True)
    named = (line.partition(":")[0] for line in lines)
    return "".join(
        f"{name}: {values[name]}\n" if name in values else line for name, line in zip(named, lines, strict=True)
    )


def _notebook_text(name: str, slug: str, title: str) -> str:
    notebook = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = [line.replace(_SLUG, slug).replace(_TITLE, title) for line in cell["source"]]
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _with_entry(curriculum: str, slug: str) -> str:
    """Return the curriculum with one more entry. What was in it stays as it is, comments and all."""
    text = re.sub(r"^lessons:\s*\[\s*\]\s*$", "lessons:", curriculum.rstrip(), flags=re.M)
    return f"{text}\n\n{_ENTRY.format(slug=slug)}" if "- slug:" in text else f"{text}\n{_ENTRY.format(slug=slug)}"


def _write_whole(file: Path, text: str) -> None:
    """Put the text in the file's place in one step."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".curriculum-")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as new:
        new.write(text)
    Path(name).chmod(file.stat().st_mode)
    Path(name).replace(file)
