"""What the package offers, and nothing by accident."""

import importlib

import pytest

import kit

ROOMS = [
    "kit",
    "kit.ai",
    "kit.classroom",
    "kit.experiments",
    "kit.grading",
    "kit.journal",
    "kit.kernels",
    "kit.lessons",
    "kit.settings",
]


def test_a_notebook_needs_one_name():
    assert kit.__all__ == ["open_lesson"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_offers_exactly_what_it_lists(room):
    module = importlib.import_module(room)
    assert module.__all__ == sorted(module.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    for name in module.__all__:
        assert getattr(module, name) is not None
