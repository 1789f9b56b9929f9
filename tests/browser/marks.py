"""What a teacher's computer counts for a student who did a whole lesson."""

from __future__ import annotations

from kit.grading import collect, grade
from kit.lessons import load_catalogue
from kit.settings import Course, content_root

CATALOGUE = load_catalogue(content_root())


def expect_full_marks(course: Course, slug: str, student: str) -> None:
    """Collect and grade, and assert that a student has every machine point, with all other points left for people."""
    collect(course, slug)
    outcome = next(one for one in grade(course, slug).outcomes if one.student == student)
    machine = sum(one.points for one in CATALOGUE[slug].criteria if not one.by_hand)
    assert (outcome.machine, outcome.machine_max) == (machine, machine)
    assert outcome.manual_max == sum(one.points for one in CATALOGUE[slug].criteria if one.by_hand)
