from __future__ import annotations

import pytest

from kit.kernels import allowed

SECRETS = [
    "OPENAI_API_KEY",
    "KIT_AI__KEY",
    "KIT_GATEWAY_SECRET",
    "KIT_MODEL_KEY",
    "JUPYTER_TOKEN",
    "JPY_API_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
    "SOMETHING_NEW",
    "LD_PRELOAD",
    "http_proxy",
]


@pytest.mark.parametrize("name", SECRETS)
def test_what_is_not_on_the_list_stays_out(name: str) -> None:
    assert allowed({name: "x", "PATH": "/bin"}) == {"PATH": "/bin"}


def test_what_python_and_the_lesson_need_comes_through() -> None:
    needed = {"PATH": "/bin", "HOME": "/h", "LANG": "C", "LC_ALL": "C", "KIT_SESSION_TOKEN": "t", "SystemRoot": "C:\\W"}
    assert allowed(needed) == needed


def test_one_process_can_be_given_one_thing_more() -> None:
    assert allowed({"KIT_TITLE": "Class", "KIT_AI__KEY": "k"}, also=["KIT_TITLE"]) == {"KIT_TITLE": "Class"}
