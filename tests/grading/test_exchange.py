"""nbgrader's own doors to the exchange, on plain folders."""

from __future__ import annotations

import sys

import pytest

from kit.grading import collect, feedback, grade
from kit.grading.course import gradebook, open_api


def test_the_formgraders_calls_work_without_an_exchange_folder(room):
    room.play("kim-01")
    room.submit("kim-01")
    with open_api(room.course) as api:
        assert not api.exchange_missing
        assert api.get_released_assignments() == {room.lesson}
        assert api.release_assignment(room.lesson)["success"]
        assert api.collect(room.lesson)["success"]
        assert api.get_submitted_students(room.lesson) == {"kim-01"}
        assert api.autograde(room.lesson, "kim-01")["success"]
        assert api.generate_feedback(room.lesson, "kim-01")["success"]
        assert api.release_feedback(room.lesson, "kim-01")["success"]
        refused = api.unrelease(room.lesson)
    assert (room.course.outbox("kim-01", room.lesson) / f"{room.lesson}.html").is_file()
    assert not refused["success"]
    assert room.course.released(room.lesson).is_dir()


def test_it_works_where_nbgraders_own_exchange_refuses(room, monkeypatch):
    room.play("kim-01")
    room.submit("kim-01")
    monkeypatch.setattr(sys, "platform", "win32")
    assert collect(room.course, room.lesson).students == ("kim-01",)
    monkeypatch.undo()
    grade(room.course, room.lesson)
    monkeypatch.setattr(sys, "platform", "win32")
    assert feedback(room.course, room.lesson).students == ("kim-01",)


@pytest.mark.parametrize("job", ["FetchAssignment", "FetchFeedback", "Submit"])
def test_students_are_sent_to_the_lesson_page(room, job):
    with open_api(room.course) as api:
        app = getattr(api.exchange, job)(coursedir=api.coursedir, authenticator=api.authenticator, parent=api)
        with pytest.raises(Exception, match="lesson page"):
            app.start()


def test_late_work_is_known_as_late(room):
    with gradebook(room.course) as book:
        book.update_or_create_assignment(room.lesson, duedate="2020-01-01 00:00:00 UTC")
    room.play("kim-01")
    room.submit("kim-01")
    collect(room.course, room.lesson)
    grade(room.course, room.lesson)
    with gradebook(room.course) as book:
        assert book.find_submission(room.lesson, "kim-01").total_seconds_late > 0


def test_half_a_submission_is_not_collected(room):
    room.play("kim-01")
    folder = room.submit("kim-01")
    folder.rename(folder.with_name(".building-abc"))
    assert collect(room.course, room.lesson).students == ()
