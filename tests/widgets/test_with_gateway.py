"""The machine through the real client and gateway, with the replies that were recorded from the real model."""

import json
import subprocess
import sys

import pytest

from kit.ai.tokens import mint_token
from kit.settings import Session, content_root
from kit.settings.process import plain_environment
from kit.widgets.desk import Desk
from kit.widgets.exercises.next_word import NextWord

from .conftest import Page

SECRET = b"s" * 32


@pytest.fixture
def gateway(tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "notebooks").symlink_to(content_root() / "notebooks")
    environment = {**plain_environment(), "KIT_GATEWAY_SECRET": SECRET.hex(), "KIT_AI__PROVIDER": "recorded"}
    command = [sys.executable, "-m", "kit.ai.gateway", "--course", str(tmp_path / "course"), "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        yield json.loads(process.stdout.readline())["url"]
        process.terminate()


def test_a_student_plays_without_a_running_model_and_is_told_so(gateway, tmp_path, lesson):
    token = mint_token(SECRET, "otter-7", lesson.slug, 600)
    desk = Desk(Session("otter-7", tmp_path / "work", content_root(), gateway, token), lesson)
    page = Page(NextWord(desk, ["ice", "planet"]))
    page.send("bet", prompt="ice", bet="water", sure=4)
    table = page.send("reveal", prompt="ice")["result"]
    rolled = page.send("roll", prompt="ice", temperature=1)["result"]
    page.send("complete", prompt="ice")
    view = page.card.data["prompts"][0]
    desk.close()
    assert table["model"]["provider"] == "recorded"
    assert table["tokens"][0]["shown"] == "air"
    assert table["bet"]["place"] == 2
    assert sum(rolled["counts"]) == 20
    assert view["completion"]["text"].startswith(" air")
    assert view["reveal"]["model"]["provider"] == "recorded"


def test_a_page_without_a_gateway_says_so(tmp_path, lesson):
    desk = Desk(Session("otter-7", tmp_path / "work", content_root()), lesson)
    page = Page(NextWord(desk, ["ice"]))
    page.send("bet", prompt="ice", bet="water", sure=4)
    reply = page.send("reveal", prompt="ice")
    desk.close()
    assert (reply["ok"], reply["code"]) == (False, "provider-unavailable")
