"""The students' pages: everything that the notebook says and asks, for a pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kit.lessons import Lesson
from kit.lessons.check.notebook import Call, LessonNotebook
from kit.paper import document as on_page
from kit.paper.document import Block, Document
from kit.paper.markdown import Node, heading, paragraph, read_markdown, words_of

# Looks up an exercise's picture; None when there is none.
FindPicture = Callable[[str], Path | None]
_AGAIN = "Do it as you did the first time, with what the lines above ask for."
_LOOK_LATER = "The pictures show what came out for one student, so look when all of your bets are locked in."
_LINES = {"long": 6, "short": 1}


def make_worksheet(lesson: Lesson, notebook: LessonNotebook, find_picture: FindPicture) -> Document:
    """Return the students' pages of a lesson."""
    sheet = _Sheet(lesson, find_picture)
    blocks = [block for block in sheet.read(notebook) if block]
    blocks += [*sheet.pictures(), on_page.new_page(), *_how_it_is_read(lesson)]
    if lesson.vocabulary:
        blocks += [on_page.new_page(), on_page.prose([heading("Word cards", 2)]), on_page.cards(lesson.vocabulary)]
    grades = " and ".join(band.replace("-", "\u2013") for band in lesson.grade_bands)
    return Document(
        title=lesson.title,
        audience="student",
        eyebrow=f"Grades {grades} \u00b7 {lesson.minutes} minutes",
        lead=lesson.driving_question,
        named=True,
        blocks=tuple(blocks),
    )


class _Sheet:
    """Turns the notebook's cells into blocks, one after the other."""

    def __init__(self, lesson: Lesson, find_picture: FindPicture) -> None:
        self._lesson = lesson
        self._find_picture = find_picture
        self._met: set[str] = set()
        self._calls: dict[str, Callable[[Call], list[Block]]] = {
            "respond": self._respond,
            "predict": lambda call: [on_page.prediction(_text(call, "label"), _text(call, "help"))],
            "exercise": self._exercise,
            "sources": lambda call: [on_page.source_log(_number(call, "minimum", 2))],
            "claim": lambda call: [on_page.claim(_text(call, "label"), _text(call, "help"))],
            "ai_statement": lambda _: [on_page.statement()],
            "submit": lambda _: [on_page.prose([paragraph("Put your name on every page, and hand them in.")])],
        }

    def read(self, notebook: LessonNotebook) -> Iterator[Block]:
        """Yield the blocks of everything that a student of the core lesson sees."""
        for cell in notebook.shown():
            if cell.kind == "markdown":
                yield on_page.prose(self._without_title(read_markdown(cell.source)))
                continue
            call = cell.last_call()
            if call is not None and call.owner == "lesson":
                yield from self._calls.get(call.method, _nothing)(call)

    def pictures(self) -> list[Block]:
        """Return what the exercises look like: after the last answer, because a picture shows what came out."""
        shown = [
            (name, self._lesson.paper[name])
            for name in self._lesson.exercises
            if name in self._met & self._lesson.paper.keys()
        ]
        if not shown:
            return []
        blocks = [
            on_page.new_page(),
            on_page.prose([heading("What it looks like on a screen", 2), paragraph(_LOOK_LATER)]),
        ]
        for name, instead in shown:
            blocks.append(on_page.prose([heading(_title(name), 3)]))
            blocks.append(on_page.picture(instead.alt, str(self._find_picture(name) or "")))
        return blocks

    def _without_title(self, nodes: list[Node]) -> list[Node]:
        """Leave out what the head of the page says already: the title and the driving question."""
        said = {self._lesson.title, self._lesson.driving_question}
        return [node for node in nodes if words_of([node]).strip() not in said]

    def _respond(self, call: Call) -> list[Block]:
        label, aid, kind = _text(call, "label", 1), _text(call, "help"), _text(call, "kind", 2) or "long"
        if kind == "choice":
            options = call.named.get("options") or ()
            return [on_page.choice(label, aid, [str(option[1]) for option in options])]
        if kind == "scale":
            return [on_page.scale(label, aid, _text(call, "low"), _text(call, "high"))]
        words = call.named.get("words")
        if isinstance(words, tuple) and len(words) == 2:  # noqa: PLR2004 - fewest and most
            return [on_page.writing(label, aid, on_page.lines_for(words[1]), f"{words[0]} to {words[1]} words")]
        return [on_page.writing(label, aid, _LINES.get(kind, 6))]

    def _exercise(self, call: Call) -> list[Block]:
        name = call.field
        title = _title(name)
        instead = self._lesson.paper.get(name)
        again, sentences = name in self._met, self._sentences(call)
        self._met.add(name)
        # A card that asks for no explanation on the screen asks for none on paper.
        explain = [] if call.named.get("explain") is False else [_explain()]
        if instead is None:
            words = "This part needs a screen. Ask your teachers to show it to everybody."
            return [on_page.exercise(title, [paragraph(words)], sentences, again), *explain]
        text = [paragraph(_AGAIN)] if again and not sentences else []
        text = text if again else read_markdown(instead.text, level=3)
        return [on_page.exercise(title, text, sentences, again), *explain]

    def _sentences(self, call: Call) -> list[str]:
        asked = call.named.get("prompts")
        by_id = {prompt.id: prompt.text for prompt in self._lesson.prompts}
        return [by_id[one] for one in asked if one in by_id] if isinstance(asked, list) else []


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _explain() -> Block:
    return on_page.writing("Explain it: what did you see, and why did it happen?", "", 4)


def _how_it_is_read(lesson: Lesson) -> list[Block]:
    """Show the rubrics, so that students know what counts while they write."""
    scored = [(criterion, lesson.rubric_for(criterion.grade_id)) for criterion in lesson.criteria]
    rubrics = [on_page.rubric(rubric, criterion.points) for criterion, rubric in scored if rubric]
    if not rubrics:
        return []
    words = "A person reads what you write, and looks for this. Level 3 meets the goal."
    return [on_page.prose([heading("What your teacher looks for", 2), paragraph(words)]), *rubrics]


def _nothing(_: Call) -> list[Block]:
    return []


def _text(call: Call, name: str, place: int = -1) -> str:
    found: Any = call.named.get(name, "")
    if not found and 0 <= place < len(call.arguments):
        found = call.arguments[place]
    return found if isinstance(found, str) else ""


def _number(call: Call, name: str, otherwise: int) -> int:
    found = call.named.get(name, otherwise)
    return min(found, 6) if isinstance(found, int) and found > 0 else otherwise
