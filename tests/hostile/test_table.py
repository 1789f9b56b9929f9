from __future__ import annotations

from tests.hostile.table import table, written


def test_the_table_in_the_readme_has_every_trick() -> None:
    assert written() == table(), "run `python -m tests.hostile.table`"
