from __future__ import annotations

import asyncio

import httpx
import pytest

from kit.classroom.accounts import Accounts
from kit.classroom.identity import COOKIE
from tests.classroom.conftest import App


def _post(client: httpx.Client, **fields: str) -> httpx.Response:
    client.get("/sign-in")
    return client.post("/sign-in", data={"_xsrf": client.cookies["_xsrf"], **fields})


def _code(app: App) -> str:
    return Accounts(app.course).class_code


def test_the_names_are_shown_only_to_those_who_have_the_code(app: App) -> None:
    client = app.stranger()
    assert "cobalt-lynx" not in client.get("/sign-in").text
    assert "cobalt-lynx" not in _post(client, code="abc-234").text
    assert "cobalt-lynx" in _post(client, code=f" {_code(app).upper()} ").text


def test_a_mistyped_code_is_there_to_be_mended_and_stays_text(app: App) -> None:
    answer = _post(app.stranger(), code='abd-234"><script>alert(1)</script>' + "x" * 900).text
    assert 'value="abd-234&#34;&gt;&lt;script&gt;' in answer
    assert "<script>alert(1)" not in answer
    assert "x" * 40 not in answer


@pytest.mark.parametrize("fields", [{"code": ""}, {"code": "  "}, {}], ids=["empty", "blank", "none"])
def test_no_code_at_all_is_asked_for_and_not_called_wrong(app: App, fields: dict[str, str]) -> None:
    answer = _post(app.stranger(), **fields).text
    assert "Type the class code that is on the board." in answer
    assert "the class code. Look" not in answer
    assert 'aria-invalid="true"' in answer


def test_the_first_pin_is_chosen_and_then_asked_for(app: App) -> None:
    code = _code(app)
    first = _post(app.stranger(), code=code, student="cobalt-lynx", pin="2468")
    assert first.status_code == 302
    assert first.headers["location"] == "/"
    wrong = _post(app.stranger(), code=code, student="cobalt-lynx", pin="1111")
    assert "isn&#39;t the PIN" in wrong.text
    assert COOKIE not in wrong.cookies
    right = app.stranger()
    assert _post(right, code=code, student="cobalt-lynx", pin="2468").status_code == 302
    assert "cobalt-lynx" in right.get("/").text


def test_a_pin_that_is_none_is_refused_with_words(app: App) -> None:
    for pin in ("", "12", "abcd", "123456789", "١٢٣٤"):
        answer = _post(app.stranger(), code=_code(app), student="coral-heron", pin=pin)
        assert "A PIN is 4 to 8 digits." in answer.text
        assert not Accounts(app.course).has_pin("coral-heron")
        if pin == "abcd":
            break  # the next ones would run into the limit on tries
    answer = _post(app.stranger(), code=_code(app), student="nobody-here", pin="1234")
    assert answer.status_code == 200
    assert COOKIE not in answer.cookies


def test_guessing_a_pin_is_slowed_down(app: App) -> None:
    code = _code(app)
    Accounts(app.course).choose_pin("silver-newt", "97531")
    for guess in range(6):
        assert _post(app.stranger(), code=code, student="silver-newt", pin=f"{guess}000").status_code == 200
    blocked = _post(app.stranger(), code=code, student="silver-newt", pin="97531")
    assert blocked.status_code == 429
    assert COOKIE not in blocked.cookies


@pytest.mark.parametrize("target", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x"])
def test_signing_in_leads_nowhere_else(app: App, target: str) -> None:
    token = Accounts(app.course).new_link("amber-otter")
    answer = app.stranger().get(f"/join/{token}", params={"next": target})
    assert answer.headers["location"] == "/"


def test_forms_of_other_sites_are_refused(app: App) -> None:
    client = app.stranger()
    assert client.post("/sign-in", data={"code": _code(app)}).status_code == 403
    client = app.student("amber-otter")
    assert client.post("/sign-out").status_code == 403
    assert client.get("/").status_code == 200


def test_signing_out_ends_it(app: App) -> None:
    client = app.student("amber-otter")
    client.get("/")
    client.post("/sign-out", data={"_xsrf": client.cookies["_xsrf"]})
    assert client.get("/").status_code == 302


def test_one_students_wrong_tries_shut_nobody_else_out(app: App) -> None:
    accounts, code = Accounts(app.course), _code(app)
    mischief = app.stranger()
    for _ in range(50):
        _post(mischief, code="zzz-zzz")
        mischief.get("/join/" + "a" * 32)
    assert "maple-finch" in _post(app.stranger(), code=code).text
    assert app.stranger().get(f"/join/{accounts.new_link('maple-finch')}").status_code == 302


def test_guessing_elsewhere_does_not_shut_out_a_browser_that_was_in_before(app: App) -> None:
    code, own = _code(app), app.stranger()
    assert _post(own, code=code, student="maple-finch", pin="314159").status_code == 302
    own.post("/sign-out", data={"_xsrf": own.cookies["_xsrf"]})
    other = app.student("amber-otter")  # signed in, but as somebody else
    for guess in range(6):
        _post(other, code=code, student="maple-finch", pin=f"{guess}000")
    assert _post(other, code=code, student="maple-finch", pin="314159").status_code == 429
    assert _post(own, code=code, student="maple-finch", pin="314159").status_code == 302


def test_many_guesses_at_once_are_counted_one_by_one(app: App) -> None:
    Accounts(app.course).choose_pin("cedar-wren", "86420")
    client = app.stranger()
    client.get("/sign-in")
    xsrf = client.cookies["_xsrf"]
    fields = {"_xsrf": xsrf, "code": _code(app), "student": "cedar-wren"}

    async def guess_all() -> list[int]:
        limits = httpx.Limits(max_connections=40)
        async with httpx.AsyncClient(base_url=app.url, trust_env=False, limits=limits, timeout=60) as browser:
            tries = [
                browser.post("/sign-in", data={**fields, "pin": f"{n:04}"}, headers={"Cookie": f"_xsrf={xsrf}"})
                for n in range(40)
            ]
            return [answer.status_code for answer in await asyncio.gather(*tries)]

    assert asyncio.run(guess_all()).count(200) <= 6


def test_a_reset_signs_out_whoever_took_the_name(app: App) -> None:
    code, thief, owner = _code(app), app.stranger(), app.stranger()
    assert _post(thief, code=code, student="coral-heron", pin="6666").status_code == 302
    assert thief.get("/").status_code == 200
    Accounts(app.course).reset("coral-heron")
    assert thief.get("/").status_code == 302
    assert _post(owner, code=code, student="coral-heron", pin="1212").status_code == 302
    assert owner.get("/").status_code == 200
    assert COOKIE not in _post(app.stranger(), code=code, student="coral-heron", pin="6666").cookies


def test_a_huge_form_is_not_even_read(app: App) -> None:
    with pytest.raises(httpx.HTTPError), app.stranger() as client:
        client.post("/sign-in", content=b"a" * (8 << 20)).raise_for_status()
