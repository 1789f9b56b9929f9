"""A desk with a real journal, and a page that talks to cards the way a browser does: by comm messages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import comm
import pytest
from comm.base_comm import BaseComm

from kit.ai.client import Completion, Distribution, ModelInfo, TokenProb
from kit.ai.splits import Piece, Split
from kit.journal import Journal
from kit.lessons import load_catalogue
from kit.settings import Session, content_root
from kit.widgets.card import Card
from kit.widgets.desk import Desk

TEXT = """The capital of France is Paris . The largest planet in the solar system is Jupiter . Ice is lighter than air
. Ice is lighter than water . Ice is lighter than air . Ice is lighter than water . Ice is lighter than air . Ice is
lighter than pudding . Roses are red , violets are white ."""


class CountingModel:
    """A real language model, and the smallest: it has counted which word follows which in a short text."""

    info = ModelInfo("counting-model", "local")

    def __init__(self) -> None:
        words = TEXT.split()
        self.follows = Counter(pairwise(words))
        self.words = sorted(set(words))

    def next_tokens(self, prompt_text: str) -> Distribution:
        last = prompt_text.rsplit(maxsplit=1)[-1]
        # One is added to each count, so that no word is impossible.
        counts = {word: self.follows[last, word] * 20 + 1 for word in self.words}
        total = sum(counts.values())
        likely = sorted(counts, key=lambda word: -counts[word])
        tokens = tuple(TokenProb(f" {word}", math.log(counts[word] / total)) for word in likely)
        return Distribution(tokens, True, self.info)

    def complete(self, prompt_text: str, max_tokens: int) -> Completion:
        tokens: list[TokenProb] = []
        for _ in range(max_tokens):
            tokens.append(self.next_tokens(prompt_text + "".join(token.token for token in tokens)).tokens[0])
        mean = sum(math.exp(token.logprob) for token in tokens) / len(tokens)
        return Completion("".join(token.token for token in tokens), tuple(tokens), mean, self.info)

    def split_all(self, texts: Sequence[str]) -> tuple[Split, ...]:
        """Cut texts as the smallest real tokenizer does: each byte is a piece, and its value is its number."""
        return tuple(
            Split(text, tuple(Piece(byte, bytes([byte])) for byte in text.encode()), self.info) for text in texts
        )


class Line(BaseComm):
    """The line between a card and its page; keeps what Python says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.said: list[dict[str, Any]] = []
        super().__init__(*args, **kwargs)

    def publish_msg(self, msg_type: str, data: Any = None, **_: Any) -> None:
        if data and data.get("method") == "custom":
            self.said.append(data["content"])


@dataclass
class Page:
    """What a browser does to one card."""

    card: Card
    client: str = "page-1"
    seq: int = field(default=0)

    def post(self, content: Any) -> None:
        """Send a message as it is, honest or not."""
        message = {"content": {"data": {"method": "custom", "content": content}}, "buffers": []}
        self.card.comm.handle_msg(message)
        self.card.desk.wait()

    def send(self, kind: str, seq: int | None = None, **body: Any) -> dict[str, Any]:
        """Send a well-formed message and return the answer to it."""
        self.seq = seq or self.seq + 1
        self.post({"client": self.client, "seq": self.seq, "kind": kind, "body": body})
        return self.card.comm.said[-1]


@pytest.fixture(autouse=True)
def _lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comm, "create_comm", Line)


@pytest.fixture
def lesson():
    return load_catalogue(content_root())["next-word-please"]


@pytest.fixture
def desk(tmp_path, lesson) -> Iterator[Desk]:
    session = Session(student="otter-7", work=tmp_path / "work", content=content_root(), inbox=tmp_path / "inbox")
    desk = Desk(session, lesson, connect=lambda session, slug: CountingModel())
    yield desk
    desk.close()


@pytest.fixture
def written(desk):
    """Return what the file on the disk holds, read anew."""
    return lambda: Journal(desk.session.work).read().events
