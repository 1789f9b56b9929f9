"""The machine through the real client and gateway, with the replies that were recorded from the real model."""

import json
import subprocess
import sys

import pytest

from kit.ai.tokens import mint_token
from kit.lessons import load_catalogue
from kit.settings import Session, content_root
from kit.settings.process import plain_environment
from kit.widgets.desk import Desk
from kit.widgets.exercises.next_word import NextWord
from kit.widgets.exercises.token_explorer import TokenExplorer

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


def test_a_student_cuts_words_with_what_was_recorded_and_is_told_of_other_words(gateway, tmp_path):
    lesson = load_catalogue(content_root())["how-a-machine-reads"]
    token = mint_token(SECRET, "otter-7", lesson.slug, 600)
    desk = Desk(Session("otter-7", tmp_path / "work", content_root(), gateway, token), lesson)
    page = Page(TokenExplorer(desk, groups=["words"], own=True))
    for text in ("strawberry", "raspberry jam"):
        page.send("bet", text=text, pieces=2, cuts=None)
    assert page.send("reveal", text="strawberry")["ok"]
    reply = page.send("reveal", text="raspberry jam")
    languages = Page(TokenExplorer(desk, ask="languages"))
    languages.send("bet", most="zh", times=2)
    assert languages.send("reveal")["ok"]
    desk.close()
    strawberry, jam = page.card.data["played"]
    assert [part["text"] for part in strawberry["cut"]["parts"]] == ["st", "raw", "berry"]
    assert strawberry["cut"]["model"]["provider"] == "recorded"
    assert (reply["code"], jam["cut"]) == ("not-recorded", None)
    assert {row["code"]: row["cut"]["count"] for row in languages.card.data["rows"]}["am"] == 99
