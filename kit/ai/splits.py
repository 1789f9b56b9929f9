"""A text cut into the pieces that a model reads: each with its number and the bytes that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kit.ai.client import ModelInfo

__all__ = ["Piece", "Split", "joined", "pieces_to_json", "read_pieces"]


class Piece(NamedTuple):
    """One token of a text.

    Attributes
    ----------
    id
        Its number in the model's list.
    data
        Its bytes in UTF-8. They need not be whole letters: an emoji is often cut in the middle.
    """

    id: int
    data: bytes

    @property
    def text(self) -> str | None:
        """The letters that it stands for; ``None`` if it holds only a part of one."""
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            return None


@dataclass(frozen=True, slots=True)
class Split:
    """How a model cuts one text.

    Attributes
    ----------
    text
        What was cut.
    tokens
        The pieces, in order. Joined, they are the text again.
    model
        Which model cuts it so.
    """

    text: str
    tokens: tuple[Piece, ...]
    model: ModelInfo


def joined(pieces: Sequence[Piece]) -> bytes:
    """Return the bytes of all pieces together."""
    return b"".join(piece.data for piece in pieces)


def pieces_to_json(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return the pieces as plain data; ``text`` is null for a piece that is only a part of a letter."""
    return [{"id": piece.id, "text": piece.text, "bytes": list(piece.data)} for piece in pieces]


def read_pieces(reply: Mapping[str, Any], name: str = "bytes") -> tuple[Piece, ...] | None:
    """Return the pieces in a reply; ``None`` if it is not such a list.

    Parameters
    ----------
    reply
        Holds a list ``tokens``.
    name
        The field with each token's bytes: a list of numbers, or, as llama.cpp gives whole letters, a text.
    """
    found = reply.get("tokens")
    if not isinstance(found, list):
        return None
    pieces = [_read_piece(one, name) for one in found]
    whole = tuple(piece for piece in pieces if piece is not None)
    return whole if len(whole) == len(pieces) else None


def _read_piece(one: Any, name: str) -> Piece | None:
    if not isinstance(one, dict) or type(one.get("id")) is not int:
        return None
    data = one.get(name)
    if isinstance(data, str):
        return Piece(one["id"], data.encode("utf-8", "surrogatepass"))
    if isinstance(data, list) and all(type(byte) is int and 0 <= byte <= 255 for byte in data):  # noqa: PLR2004 - a byte
        return Piece(one["id"], bytes(data))
    return None
