"""Standards are looked up, never invented, and say how well they are known."""

import re

import pytest

from kit.errors import LessonError
from kit.lessons import find_standard
from kit.lessons.standards import framework_ids, load_framework

# What a code of each framework looks like, and how many of its lines the notes behind the data list.
FORMS = {
    "aasl-2018": (r"(I|II|III|IV|V|VI)\.[ABCD]\.[1-4]", 68),
    "ai4k12-draft": (r"[1-5]-[ABCD](-(i|ii|iii|iv))?", 23),
    "ailit-2026": (r"EN[1-7]|[CMS][1-4]", 19),
    "common-sense-2025": (r"CS-(HH|PS|DF|RC|CB|IM)", 6),
    "iste-students-2024": (r"1\.[1-7]\.[abcd]", 28),
    "unesco-2024": (r"4\.[1-3]\.[1-4]", 12),
    "va-cs-2024": (r"(18|PRG)\.AP\.[13][ab]|9\.CYB\.1[ab]", 4),
    "va-dli-2020": (r"(6-8|9-12)\.[123567]\.1\.[ABCD]", 48),
}


def test_every_framework_is_here_and_no_other():
    assert framework_ids() == set(FORMS)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_standard_is_complete_and_honest(name):
    for key, standard in load_framework(name).items():
        assert key == standard.key == f"{name}:{standard.code}"
        assert standard.url.startswith("https://")
        assert standard.licence
        assert standard.paraphrase.endswith(".")
        assert (standard.verified_on is None) == (standard.status == "from-memory")


@pytest.mark.parametrize(("name", "form", "number"), [(name, *form) for name, form in FORMS.items()])
def test_codes_have_their_frameworks_form_and_none_is_missing(name, form, number):
    codes = [standard.code for standard in load_framework(name).values()]
    assert [code for code in codes if not re.fullmatch(form, code)] == []
    assert len(codes) == number


@pytest.mark.parametrize("name", sorted(FORMS))
def test_titles_are_short_and_no_line_is_there_twice(name):
    standards = load_framework(name).values()
    assert all(len(standard.short_title) <= 45 for standard in standards)
    assert all(len(standard.paraphrase) <= 160 for standard in standards)
    lines = [standard.paraphrase for standard in standards]
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("key", ["ailit-2026:EN4", "ailit-2026:EN7"])
def test_what_nobody_has_read_says_so(key):
    standard = find_standard(key)
    assert standard.status == "from-memory"
    assert "not seen" in standard.short_title


def test_a_grade_band_by_analogy_is_not_called_checked():
    assert {find_standard(f"va-dli-2020:9-12.1.1.{letter}").status for letter in "ABCD"} == {"from-memory"}
    assert {find_standard(f"va-dli-2020:6-8.1.1.{letter}").status for letter in "ABCD"} == {"secondary"}


@pytest.mark.parametrize("key", ["aasl-2018:IX.Z.9", "aasl-1998:I.A.2", "../secrets:1", "", "I.A.2"])
def test_a_code_that_is_not_in_the_data_is_refused(key):
    with pytest.raises(LessonError, match="No standard"):
        find_standard(key)
