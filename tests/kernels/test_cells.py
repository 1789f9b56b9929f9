from __future__ import annotations

from typing import Any

import pytest

from kit.kernels.cells import compile_plain


def run(source: str) -> Any:
    plain = compile_plain(source, "<cell>")
    assert plain is not None
    names: dict[str, Any] = {}
    exec(plain[0], names)  # noqa: S102  # as the kernel does
    return plain[1] and eval(plain[1], names)  # noqa: S307


@pytest.mark.parametrize(
    ("source", "shown"),
    [("x = 1\nx + 1", 2), ("x = 1", None), ("", None), ("# nothing", None), ("1;", None), ("1\n2", 2), ("x = 1; x", 1)],
)
def test_the_last_line_is_what_shows(source: str, shown: Any) -> None:
    assert run(source) == shown


@pytest.mark.parametrize("source", ["%time 1", "!ls", "await there", "x ?", "def", "a\0b"])
def test_what_only_ipython_knows_is_left_to_it(source: str) -> None:
    assert compile_plain(source, "<cell>") is None
