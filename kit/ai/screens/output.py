"""The output screen: stops a model's reply at a phrase that a class should not read, also in a stream.

A stream is let through as soon as it can't be the beginning of such a phrase any more. How much is held back is exactly
the length of the longest beginning that the text ends in: an Aho-Corasick automaton knows it at each letter.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kit.ai.screens.letters import letters_of, plain

__all__ = ["HIDDEN_TOKEN", "Hit", "OutputScreen", "OutputStream", "hidden_notice"]

HIDDEN_TOKEN = "[hidden]"  # noqa: S105 - a token of a language model


def hidden_notice(kind: str) -> str:
    """Return what stands in the place of the rest of a reply."""
    return f"[hidden by the class filter: {kind}]"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase was found: the text before it is fine, up to ``end``."""

    kind: str
    end: int


@dataclass(slots=True)
class _Node:
    depth: int = 0
    kind: str = ""
    next: dict[str, _Node] = field(default_factory=dict)
    fallback: _Node | None = None


class OutputScreen:
    """All phrases of ``data/output.txt`` in one automaton; build once, use for any number of replies."""

    def __init__(self) -> None:
        self.root, self.words = _build()

    def stream(self) -> OutputStream:
        """Return a new screen for one reply."""
        return OutputStream(self.root)

    def find(self, text: str) -> Hit | None:
        """Return the first phrase of a whole text, or ``None``."""
        stream = self.stream()
        return stream.feed(text) or stream.close()

    def hides(self, token: str) -> bool:
        """Tell whether a single token is a word that is not shown in lists of next words."""
        return plain(token, squeeze=False).strip() in self.words


class OutputStream:
    """The screen for one reply, fed in pieces of any size."""

    def __init__(self, root: _Node) -> None:
        self._root = root
        self._last = " "
        self._node = root.next.get(" ", root)
        self._origins: deque[int] = deque([0])  # where the letters of the beginning held back came from
        self._seen = 0

    @property
    def safe(self) -> int:
        """How many characters may be shown."""
        return self._origins[0] if self._node.depth else self._seen

    def feed(self, piece: str) -> Hit | None:
        """Take the next piece of the reply; return a hit as soon as a phrase is complete."""
        for character in piece:
            for letter in letters_of(character):
                if letter + self._last != "  " and (hit := self._step(letter)):
                    return hit
            self._seen += 1
        return None

    def close(self) -> Hit | None:
        """Tell that the reply is over: a phrase may end here."""
        return None if self._last == " " else self._step(" ")

    def _step(self, letter: str) -> Hit | None:
        self._last = letter
        self._origins.append(self._seen)
        self._node = _follow(self._node, letter, self._root)
        while len(self._origins) > self._node.depth:
            self._origins.popleft()
        return Hit(self._node.kind, self._origins[0]) if self._node.kind else None


def _follow(node: _Node, letter: str, root: _Node) -> _Node:
    at: _Node | None = node
    while at is not None:
        if letter in at.next:
            return at.next[letter]
        at = at.fallback
    return root


@cache
def _build() -> tuple[_Node, frozenset[str]]:
    root, words = _Node(), set()
    for kind, phrase in _phrases():
        _add(root, kind, phrase)
        words.add(phrase.strip())
    _link(root)
    return root, frozenset(words)


def _phrases() -> list[tuple[str, str]]:
    kind, found = "", []
    for line in (files("kit.ai.screens") / "data" / "output.txt").read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("["):
            kind = text.strip("[]")
        elif text and not text.startswith("#"):
            form = plain(text.rstrip("*"), squeeze=False)
            found.append((kind, form.rstrip() if text.endswith("*") else form))
    return found


def _add(root: _Node, kind: str, phrase: str) -> None:
    node = root
    for letter in phrase:
        node = node.next.setdefault(letter, _Node(node.depth + 1))
    node.kind = kind


def _link(root: _Node) -> None:
    queue = deque((letter, child, root) for letter, child in root.next.items())
    while queue:
        letter, node, parent = queue.popleft()
        node.fallback = _follow(parent.fallback, letter, root) if parent.fallback else root
        node.kind = node.kind or node.fallback.kind  # a phrase may end inside another
        queue.extend((below, child, node) for below, child in node.next.items())
