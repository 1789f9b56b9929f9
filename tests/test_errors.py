"""The tree of errors: drawn, documented, and safe to show."""

import re
from pathlib import Path

import pytest

from kit import errors

ROOT = Path(__file__).parents[1]


def all_errors():
    found, queue = [], [errors.KitError]
    while queue:
        kind = queue.pop()
        found.append(kind)
        queue.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__ == "kit.errors"]


def test_every_error_has_a_code_of_its_own():
    codes = [kind.code for kind in all_errors()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
def test_an_error_says_what_happened_how_to_mend_it_and_its_code(kind):
    text = str(kind("It broke."))
    assert text.startswith("It broke. ")
    assert text.endswith(f"[{kind.code}]")
    assert len(kind.default_mend.split()) > 3


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.__name__)
def test_every_error_is_drawn_in_the_tree_and_documented(kind):
    if kind is not errors.KitError:
        assert f"{kind.__name__} " in (errors.__doc__ or "")
        assert f" {kind.code}" in (errors.__doc__ or "")
    assert f"`{kind.code}`" in (ROOT / "docs" / "reference" / "errors.md").read_text()
