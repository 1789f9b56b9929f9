from __future__ import annotations

import sys

import pytest

from kit.kernels.sandbox import find_fences


def test_without_the_tools_there_is_no_fence_and_no_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    fences = find_fences()
    assert not fences.namespaces
    assert not fences.complete


def test_limits_are_found_exactly_where_there_are_any() -> None:
    assert find_fences().limits == (sys.platform == "linux")
