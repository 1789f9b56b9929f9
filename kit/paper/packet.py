"""The specialists' packet: the lesson's facts, the script, cards to cut out, answers and rubrics."""

from __future__ import annotations

from collections.abc import Iterator

from kit.lessons import Lesson
from kit.lessons.check.notebook import Cell, LessonNotebook
from kit.paper import document as on_page
from kit.paper.document import Block, Document
from kit.paper.markdown import Node, bullets, heading, paragraph, read_markdown, strong, table

# The packet writes these itself, from lesson.yml.
WRITTEN_HERE = frozenset({"goals"})
# A cell with such an id holds a table whose rows are cards to cut out.
CUT_OUT = "-cards"
_AI = {
    "A": "No AI writes anything",
    "B": "The AI goes on from set sentences only",
    "C": "Students may type to the AI",
}
_KNOWN = {
    "verified": "issuer's page",
    "secondary": "second hand",
    "from-memory": "not checked",
}
_APPROACH = {
    "one_teach_one_observe": "one teaches, one observes",
    "one_teach_one_assist": "one teaches, one assists",
    "station": "stations",
    "parallel": "two halves at once",
    "alternative": "a small group apart",
    "team": "team teaching",
}


def make_packet(lesson: Lesson, notebook: LessonNotebook) -> Document:
    """Return the packet of a lesson."""
    blocks = [*_cover(lesson), *_timeline(lesson), *_standards(lesson), *_script(lesson, notebook)]
    return Document(
        title=lesson.title,
        audience="facilitator",
        eyebrow="For the ITS, the LMS and the classroom teacher",
        lead=lesson.driving_question,
        named=False,
        blocks=tuple(blocks),
    )


def _cover(lesson: Lesson) -> Iterator[Block]:
    yield on_page.prose([paragraph(lesson.summary.strip())])
    by_hand = sum(criterion.points for criterion in lesson.criteria if criterion.by_hand)
    yield on_page.facts(
        [
            ("Grades", " and ".join(band.replace("-", "\u2013") for band in lesson.grade_bands)),
            ("Time", f"{lesson.minutes} minutes"),
            ("Taught as", _APPROACH[lesson.co_teaching]),
            ("AI", f"{_AI[lesson.ai_mode]} (mode {lesson.ai_mode})"),
            ("Points", f"{lesson.points - by_hand} counted by the computer, {by_hand} given by people"),
            ("Product", lesson.product),
        ]
    )
    yield on_page.prose([heading("What students can do afterwards", 2), bullets(lesson.objectives)])
    yield on_page.prose([heading("What has to be there", 2), bullets(lesson.materials)])
    yield on_page.prose(
        [
            heading("The words of this lesson", 2),
            table(["Word", "Meaning"], [(c.word, c.meaning) for c in lesson.vocabulary]),
        ]
    )


def _standards(lesson: Lesson) -> Iterator[Block]:
    found = lesson.standards
    rows = [(one.key, one.short_title, one.paraphrase, _KNOWN[one.status]) for one in found]
    names = {one.key.partition(":")[0]: f"{one.framework} ({one.version})" for one in found}
    words = (
        "In the kit's own words. The last column says where a line is known from: the issuer's own page; second hand, "
        "from somebody else's page about it; or not checked, which must be compared with the issuer's text before a "
        "report names it."
    )
    yield on_page.prose(
        [
            heading("Standards", 2),
            paragraph(words),
            table(["Standard", "In short", "What it asks for", "Known from"], rows),
            bullets(f"{name}: {title}" for name, title in names.items()),
        ]
    )


def _timeline(lesson: Lesson) -> Iterator[Block]:
    rows = [
        (
            f"{segment.start}\u2013{segment.start + segment.minutes}",
            segment.title,
            _APPROACH[segment.approach],
            segment.lead,
            segment.students,
        )
        for segment in lesson.segments
    ]
    head = ["Minute", "Segment", "Taught as", "Leads", "Students"]
    yield on_page.prose([heading("The lesson at a glance", 2), table(head, rows)])


def _script(lesson: Lesson, notebook: LessonNotebook) -> Iterator[Block]:
    """Yield the script in its own order, station cards before what students may say, and rubrics before the samples."""
    yield on_page.prose([heading("The script", 2)])
    for cell in notebook.cells:
        if cell.id in WRITTEN_HERE:
            continue
        if cell.id == "misconceptions":
            yield from _stations(lesson)
        if cell.id == "samples":
            yield from _rubrics(lesson)
        yield from _cell(lesson, cell)


def _cell(lesson: Lesson, cell: Cell) -> Iterator[Block]:
    if cell.kind == "markdown":
        nodes = read_markdown(cell.source)
        # The script's own title gives way to the packet's; what stands under it stays.
        kept = [node for node in nodes if not (node["t"] == "h" and node["level"] == 1)]
        yield from _with_cut_outs(kept) if cell.id.endswith(CUT_OUT) else [on_page.prose(kept)]
        return
    call = cell.last_call()
    if call is not None and call.method == "exercise":
        yield on_page.prose([_demo(lesson, call.field, call.named.get("prompts"))])


def _with_cut_outs(nodes: list[Node]) -> Iterator[Block]:
    for node in nodes:
        yield on_page.cut_outs(node) if node["t"] == "table" else on_page.prose([node])


def _demo(lesson: Lesson, name: str, prompts: object) -> Node:
    asked = prompts if isinstance(prompts, list) else []
    sentences = [f"\u201c{prompt.text} \u2026\u201d" for prompt in lesson.prompts if prompt.id in asked]
    words = f" the exercise {name.replace('-', ' ')}{', with ' if sentences else ''}{', '.join(sentences)}."
    return {"t": "quote", "c": [paragraph(strong("On the big screen:"), words)]}


def _stations(lesson: Lesson) -> Iterator[Block]:
    for number, found in enumerate(lesson.stations, 1):
        yield on_page.new_page()
        yield on_page.station(found, number, len(lesson.stations))
    if lesson.stations:
        yield on_page.new_page()


def _rubrics(lesson: Lesson) -> Iterator[Block]:
    scored = [(criterion, lesson.rubric_for(criterion.grade_id)) for criterion in lesson.criteria]
    found = [on_page.rubric(rubric, criterion.points) for criterion, rubric in scored if rubric]
    if found:
        yield on_page.prose([heading("Rubrics", 2), paragraph("Only people score with these. Level 3 meets the goal.")])
        yield from found
