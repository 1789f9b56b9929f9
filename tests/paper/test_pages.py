"""The pages hold everything that a lesson says and asks, and students' pages hold no answer."""

import re
from pathlib import Path

import pytest

from kit.lessons import load_catalogue
from kit.lessons.check.notebook import read_notebook
from kit.paper.document import lines_for
from kit.paper.printing import make_documents
from tests.paper.conftest import CATALOGUE


def texts(node) -> list[str]:
    """Every text on the pages."""
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for key, part in node.items() if key not in {"t", "kind"} for text in texts(part)]
    return [text for part in node for text in texts(part)] if isinstance(node, list | tuple) else []


def said(document) -> str:
    return " ".join("".join(texts(document.to_data())).split())


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(params=CATALOGUE.slugs)
def slug(request) -> str:
    return request.param


def test_students_pages_ask_everything_that_the_notebook_asks(slug):
    worksheet, _ = make_documents(CATALOGUE, slug)
    shown = said(worksheet)
    calls = [call for cell, call in read_notebook(CATALOGUE.notebook(slug)).calls() if cell.is_shown]
    assert calls
    for call in calls:
        for name in ("label", "help", "low", "high"):
            if isinstance(call.named.get(name), str):
                assert flat(call.named[name]) in shown
        for _, option in call.named.get("options") or ():
            assert option in shown
    kinds = [block["kind"] for block in worksheet.blocks]
    assert kinds.count("exercise") == sum(call.method == "exercise" for call in calls)
    assert kinds.count("sources") == sum(call.method == "sources" for call in calls)
    assert kinds.count("claim") == sum(call.method == "claim" for call in calls)
    assert kinds.count("statement") == sum(call.method == "ai_statement" for call in calls)


def test_students_pages_say_the_six_stages_in_order(slug):
    worksheet, _ = make_documents(CATALOGUE, slug)
    nodes = [node for block in worksheet.blocks if block["kind"] == "prose" for node in block["nodes"]]
    stages = ["".join(texts(node["c"])) for node in nodes if node["t"] == "h" and node["level"] == 2]
    assert stages[:6] == ["Connect", "Wonder", "Investigate", "Construct", "Express", "Reflect"]


def test_students_pages_hold_no_answer(slug):
    worksheet, _ = make_documents(CATALOGUE, slug)
    shown = said(worksheet)
    for cell in read_notebook(CATALOGUE.notebook(slug)).cells:
        if cell.is_shown:
            continue
        for sentence in re.split(r"[\n.]", cell.source):
            if len(sentence.split()) > 6:
                assert flat(sentence) not in shown
    assert "sample at level" not in shown
    assert "checks." not in shown


def test_every_exercise_has_its_words_once_and_every_sentence_to_bet_on(slug):
    worksheet, _ = make_documents(CATALOGUE, slug)
    lesson = CATALOGUE[slug]
    for name, instead in lesson.paper.items():
        title = name.replace("-", " ").capitalize()
        found = [block for block in worksheet.blocks if block["kind"] == "exercise" and block["title"] == title]
        assert found[0]["text"]
        assert [block["alt"] for block in worksheet.blocks if block["kind"] == "picture"].count(instead.alt) == 1


def test_the_packet_holds_facts_script_standards_with_their_status_rubrics_and_cards(slug):
    _, packet = make_documents(CATALOGUE, slug)
    lesson, shown = CATALOGUE[slug], said(packet)
    for words in (lesson.driving_question, lesson.product, *lesson.objectives, *lesson.materials):
        assert flat(words) in shown
    for card in lesson.vocabulary:
        assert flat(card.meaning) in shown
    for standard in lesson.standards:
        assert standard.key in shown
        assert standard.paraphrase in shown
    assert any(known in shown for known in ("issuer's page", "second hand", "not checked"))
    for segment in lesson.segments:
        assert segment.title in shown
    kinds = [block["kind"] for block in packet.blocks]
    assert kinds.count("station") == len(lesson.stations)
    assert kinds.count("rubric") == sum(criterion.rubric is not None for criterion in lesson.criteria)


def test_the_packet_leaves_out_only_what_it_writes_itself(slug):
    _, packet = make_documents(CATALOGUE, slug)
    shown = re.sub(r"\W+", "", said(packet))
    for cell in read_notebook(CATALOGUE.co_teach(slug)).cells:
        if cell.kind == "markdown" and cell.id not in {"title", "goals"}:
            words = re.findall(r"[A-Za-z][A-Za-z' ]{24,}", cell.source.replace("\n", " "))
            for part in words:
                assert re.sub(r"\W+", "", part) in shown, (cell.id, part)


def test_station_cards_stand_before_what_students_may_say(course):
    from kit.lessons.starting import start_lesson

    start_lesson(course, "one")
    _, packet = make_documents(load_catalogue(course), "one")
    kinds = [block["kind"] for block in packet.blocks]
    places = [place for place, kind in enumerate(kinds) if kind == "station"]
    assert len(places) == 2
    assert all(kinds[place - 1] == "new-page" for place in places), "each on a page of its own"
    assert kinds[places[-1] + 1] == "new-page"
    assert "What students may say" in "".join(texts(packet.blocks[places[-1] + 2]))


def test_an_exercise_without_words_for_paper_says_so(course, lesson_file):
    lesson_file.write_text(re.sub(r"^paper: .*$", "", lesson_file.read_text(), flags=re.MULTILINE))
    worksheet, _ = make_documents(load_catalogue(course), "tiny")
    (block,) = [block for block in worksheet.blocks if block["kind"] == "exercise"]
    assert "needs a screen" in "".join(texts(block))


def test_a_picture_is_taken_when_it_is_there(course, picture):
    worksheet, _ = make_documents(load_catalogue(course), "tiny")
    (block,) = [block for block in worksheet.blocks if block["kind"] == "picture"]
    assert Path(block["file"]) == picture


def test_no_picture_shows_what_came_out_before_everything_is_answered(slug):
    worksheet, _ = make_documents(CATALOGUE, slug)
    kinds = [block["kind"] for block in worksheet.blocks]
    asked = [
        place for place, kind in enumerate(kinds) if kind in {"prediction", "exercise", "writing", "claim", "choice"}
    ]
    assert kinds.index("picture") > max(asked)
    assert "new-page" in kinds[max(asked) : kinds.index("picture")]


@pytest.mark.parametrize(("words", "lines"), [(1, 3), (27, 3), (28, 4), (90, 10), (1000, 12)])
def test_an_answer_gets_lines_for_its_words(words, lines):
    assert lines_for(words) == lines
