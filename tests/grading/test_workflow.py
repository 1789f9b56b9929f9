from __future__ import annotations

from kit.grading import collect, grade


def test_an_honest_class_gets_its_points_and_waits_for_people(room):
    room.play("kim-01")
    room.submit("kim-01")
    assert collect(room.course, room.lesson).students == ("kim-01",)
    report = grade(room.course, room.lesson)
    [outcome] = report.outcomes
    assert outcome.refused == ""
    assert (outcome.machine, outcome.machine_max) == (9, 9)
    assert outcome.manual_max == 17
    assert outcome.waiting == 5  # the code answer was left as it was
