"""The catalogue reads lessons, and says which file and field is wrong when it can't."""

import pytest

from kit.errors import LessonError, LessonNotFound
from kit.lessons import load_catalogue

from .conftest import REPOSITORY


def test_it_knows_the_order_and_the_paths(course):
    catalogue = load_catalogue(course)
    assert catalogue.slugs == ("tiny",)
    assert [lesson.slug for lesson in catalogue] == ["tiny"]
    assert "tiny" in catalogue
    assert len(catalogue) == 1
    assert all(path.is_file() for path in (catalogue.notebook("tiny"), catalogue.co_teach("tiny")))


def test_a_lesson_is_read_again_only_when_its_file_has_changed(course, lesson_file):
    first = load_catalogue(course)["tiny"]
    assert load_catalogue(course)["tiny"] is first
    lesson_file.write_text(
        lesson_file.read_text(encoding="utf-8").replace(first.title, "Another title"), encoding="utf-8"
    )
    assert load_catalogue(course)["tiny"].title == "Another title"


def test_an_unknown_slug_is_lesson_not_found(course):
    with pytest.raises(LessonNotFound, match="no lesson `huge`"):
        load_catalogue(course)["huge"]


def test_a_course_without_curriculum_says_which_file_is_missing(tmp_path):
    with pytest.raises(LessonError, match=r"notebooks/lessons/curriculum\.yml isn't there"):
        load_catalogue(tmp_path)


def test_one_broken_lesson_leaves_the_others_usable(course):
    curriculum = course / "notebooks" / "lessons" / "curriculum.yml"
    curriculum.write_text(
        curriculum.read_text() + "  - {slug: gone, lesson: gone.yml, co_teach: gone.ipynb, notebook: gone.ipynb}\n"
    )
    catalogue = load_catalogue(course)
    assert catalogue["tiny"].title == "A tiny lesson"
    with pytest.raises(LessonError, match=r"gone\.yml isn't there"):
        catalogue["gone"]


def test_a_lesson_named_twice_is_refused(course):
    curriculum = course / "notebooks" / "lessons" / "curriculum.yml"
    entry = curriculum.read_text().partition("\n")[2]
    curriculum.write_text(curriculum.read_text() + entry)
    with pytest.raises(LessonError, match="names a lesson twice"):
        load_catalogue(course)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("title: A tiny lesson\n", "", "has no field `title`"),
        ("title: A tiny lesson\n", "title: A tiny lesson\ntilte: typo\n", "`tilte`"),
        ("minutes: 30", "minutes: soon", "`minutes`"),
        ("ai_mode: B", "ai_mode: D", "`ai_mode`"),
        ("uuid: 11111111", "uuid: zebra", "`uuid`"),
        ("points: 4, rubric: short", "points: 4, rubric: long", "names a rubric `long`"),
        ("{points: 2, name: Approaching", "{points: 3, name: Approaching", "`rubrics.short`"),
        ("text: The moon is made of,", 'text: "The moon is made of ",', "must not begin or end with a space"),
        ("slug: tiny", "slug: mouse", "curriculum.yml calls the lesson `tiny`"),
        ("title: A tiny lesson", "title: [", r"not valid YAML \(near line \d+\)"),
        ("title: A tiny lesson", "title: !!python/object:os.system x", "not valid YAML"),
    ],
)
def test_a_broken_lesson_file_names_the_file_and_the_field(course, lesson_file, before, after, said):
    text = lesson_file.read_text()
    assert before in text
    lesson_file.write_text(text.replace(before, after, 1))
    with pytest.raises(LessonError, match=said) as caught:
        load_catalogue(course)["tiny"]
    assert "lesson.yml" in caught.value.message
    assert str(course) not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"- a list\n", b"\xff\xfe"], ids=["empty", "list", "not-text"])
def test_a_file_that_is_no_lesson_at_all_is_said_so(course, lesson_file, content):
    lesson_file.write_bytes(content)
    with pytest.raises(LessonError, match=r"notebooks/lessons/tiny/lesson\.yml"):
        load_catalogue(course)["tiny"]


def test_a_lesson_gives_its_prompts_rubrics_and_points(course):
    lesson = load_catalogue(course)["tiny"]
    assert lesson.points == 6
    assert lesson.prompt("moon").truth == "rock"
    assert lesson.rubric_for("my-answer").title == "Short"
    assert lesson.rubric_for("check-rolls") is None
    with pytest.raises(LessonError, match="no prompt `sun`"):
        lesson.prompt("sun")


def test_a_lesson_can_not_be_changed_by_accident(course):
    with pytest.raises(ValueError, match="frozen"):
        load_catalogue(course)["tiny"].title = "Another"


def test_the_kit_has_its_first_lesson_with_twenty_points_for_each_grader():
    lesson = load_catalogue(REPOSITORY)["next-word-please"]
    by_hand = sum(criterion.points for criterion in lesson.criteria if criterion.by_hand)
    assert (by_hand, lesson.points - by_hand) == (20, 20)
