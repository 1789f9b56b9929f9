# ruff: noqa: RUF001 - look-alike letters are what is tested
"""Personal data is taken out where a rule knows it, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.ai.screens import mask


@pytest.mark.parametrize(
    ("text", "secret", "kind"),
    [
        ("mail joe.b@example.org now", "joe.b@example.org", "email"),
        ("joe at example dot com", "joe at example dot com", "email"),
        ("call 225-555-0134", "225-555-0134", "phone number"),
        ("call (225) 555 0134", "(225) 555 0134", "phone number"),
        ("text 555-0123 ok", "555-0123", "phone number"),
        ("ｃａｌｌ ２２５-５５５-０１３４", "225-555-0134", "phone number"),
        (
            "call 2\u03322\u03325\u0332-5\u03325\u03325\u0332-0\u03321\u03323\u03324\u0332",
            "225-555-0134",
            "phone number",
        ),
        ("call 2\ufe0f2\ufe0f5\ufe0f-5\ufe0f5\ufe0f5\ufe0f-0\ufe0f1\ufe0f3\ufe0f4\ufe0f", "2\ufe0f2", "phone number"),
        ("call 2\u034f25-555-0134", "555-0134", "phone number"),
        ("call ❷❷❺-❺❺❺-⓿❶❸❹", "❷❷❺", "phone number"),
        ("mail jo\ufe0fe@exam\u034fple.org", "e@exam", "email"),
        ("my ssn is 123-45-6789", "123-45-6789", "social security number"),
        ("student id 204511", "204511", "school id"),
        ("I live at 1234 Oak Hollow Drive", "1234 Oak Hollow Drive", "address"),
        ("po box 12", "po box 12", "address"),
        ("follow @cool_kid99", "@cool_kid99", "account name"),
        ("add me on snap: sk8rboi", "sk8rboi", "account name"),
        ("my birthday is March 3rd, 2012", "March 3rd, 2012", "birthday"),
        ("born on 3/4/2011", "3/4/2011", "birthday"),
        ("my name is Jamal Smith", "Jamal Smith", "name"),
        ("me llamo María López", "María López", "name"),
        ("I go to Glen Oaks High School", "Glen Oaks High School", "school"),
    ],
)
def test_what_tells_who_somebody_is_is_masked(text: str, secret: str, kind: str) -> None:
    masked = mask(text)
    assert secret not in masked.text
    assert f"[{kind}]" in masked.text
    assert masked.kinds == (kind,)


@pytest.mark.parametrize(
    "text",
    [
        "The capital of France is",
        "17 + 25 = 42 and pi is 3.14159265",
        "from 1776-1783",
        "page 12 of 30",
        "I ate at noon",
        "❶ Bake a cake. ❷ Eat it. 3\ufe0f\u20e3 आज स्कूल बस देर से आएगी",
    ],
)
def test_harmless_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert mask(text).text == text


@given(st.text(max_size=200))
def test_any_text_can_be_masked(text: str) -> None:
    masked = mask(text)
    assert bool(masked.kinds) or masked.text == text


@given(st.text(alphabet="0123456789-() .@abc", max_size=60))
def test_masking_again_finds_nothing_worse(text: str) -> None:
    assert len(mask(mask(text).text).kinds) <= len(mask(text).kinds) + 1
