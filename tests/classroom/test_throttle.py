from __future__ import annotations

from kit.classroom.throttle import Throttle


def test_a_key_waits_after_too_many_failures_and_not_for_ever() -> None:
    now = [0.0]
    throttle = Throttle(limit=3, seconds=60, clock=lambda: now[0])
    for second in range(3):
        now[0] = float(second)
        assert throttle.wait("amber-otter") == 0
        throttle.fail("amber-otter")
    assert throttle.wait("amber-otter") == 58
    assert throttle.wait("cedar-wren") == 0
    now[0] = 60.5
    assert throttle.wait("amber-otter") == 0


def test_success_wipes_the_slate() -> None:
    throttle = Throttle(limit=1)
    throttle.fail("amber-otter")
    throttle.clear("amber-otter")
    assert throttle.wait("amber-otter") == 0


def test_what_weighs_more_counts_more() -> None:
    throttle = Throttle(limit=3)
    throttle.fail("amber-otter", 2)
    assert throttle.wait("amber-otter") == 0
    throttle.fail("amber-otter", 2)
    assert throttle.wait("amber-otter") > 0
