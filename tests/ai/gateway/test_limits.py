"""Limits of one student: so many questions a minute, so many at once."""

from __future__ import annotations

import pytest

from kit.ai.gateway.limits import Limits
from kit.ai.refusals import TooMany


def test_a_student_waits_after_too_many_questions_and_another_does_not() -> None:
    now = [0.0]
    limits = Limits(2, clock=lambda: now[0])
    limits.take("otter")
    limits.take("otter")
    with pytest.raises(TooMany):
        limits.take("otter")
    limits.take("heron")
    now[0] = 61.0
    limits.take("otter")


def test_three_questions_at_once_are_enough() -> None:
    limits = Limits(100)
    with limits.one_of_few("otter"), limits.one_of_few("otter"), limits.one_of_few("otter"):
        with pytest.raises(TooMany), limits.one_of_few("otter"):
            raise AssertionError
        with limits.one_of_few("heron"):
            pass
    with limits.one_of_few("otter"):
        pass
