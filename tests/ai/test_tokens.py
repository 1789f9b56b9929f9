"""Passes: ours are read, all others are refused in the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.ai.tokens import mint_token, read_token
from kit.errors import TokenRejected

SECRET = b"s" * 32


def test_a_pass_says_who_and_which_lesson() -> None:
    found = read_token(SECRET, mint_token(SECRET, "otter", "next-word-please", 60))
    assert (found.student, found.lesson) == ("otter", "next-word-please")


def test_a_pass_runs_out() -> None:
    with pytest.raises(TokenRejected, match="over"):
        read_token(SECRET, mint_token(SECRET, "otter", "a", 0))


def test_another_secret_does_not_fit() -> None:
    with pytest.raises(TokenRejected, match="know"):
        read_token(b"x" * 32, mint_token(SECRET, "otter", "a", 60))


@given(at=st.integers(0, 200), letter=st.sampled_from("ABCabc019-_."))
def test_a_changed_pass_is_refused(at: int, letter: str) -> None:
    token = mint_token(SECRET, "otter", "a", 60)
    at %= len(token) - 1  # the last letter of base64 has bits that carry nothing
    changed = token[:at] + letter + token[at + 1 :]
    if changed.rstrip("=") != token and token.index(".") - 1 != at:
        with pytest.raises(TokenRejected):
            read_token(SECRET, changed)


@given(st.text(max_size=100))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(TokenRejected):
        read_token(SECRET, text)
