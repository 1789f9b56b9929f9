"""What goes between a server and its warm parent: descriptors to the parent, JSON between the server and the child."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

LEAST, MOST = 4, 6  # a child's line and its three standard streams, and what else it is to have
_LENGTH = struct.Struct("!I")
_LONGEST = 1 << 20  # bytes of one message; the longest that is honest is an environment, a tenth of that


def send_descriptors(control: socket.socket, descriptors: list[int]) -> None:
    """Ask for a kernel by handing over its line and its standard streams."""
    socket.send_fds(control, [b"k"], descriptors)


def receive_descriptors(control: socket.socket) -> list[int]:
    """Return the descriptors of the next request.

    Raises
    ------
    BlockingIOError
        If there is none, and the socket does not wait.
    EOFError
        If there won't be any more.
    """
    data, descriptors, _, _ = socket.recv_fds(control, 1, MOST)
    if not data or len(descriptors) < LEAST:
        raise EOFError
    return list(descriptors)


def send(line: socket.socket, message: dict[str, Any]) -> None:
    """Write one message."""
    line.sendall(_pack(message))


def receive(line: socket.socket, longest: int = _LONGEST) -> dict[str, Any]:
    """Read one message, and not a byte more.

    Parameters
    ----------
    line
        Where from.
    longest
        Bytes that a message may have.

    Raises
    ------
    EOFError
        If the other side is gone, or speaks another language.
    """
    message: dict[str, Any] = json.loads(_exactly(line, _unpack(_exactly(line, _LENGTH.size), longest)))
    return message


async def ask(line: socket.socket, message: dict[str, Any], longest: int = _LONGEST) -> dict[str, Any]:
    """Write one message and wait for the answer, while others go on.

    Raises
    ------
    EOFError
        If the other side is gone.
    """
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(line, _pack(message))
    length = _unpack(await _exactly_soon(line, _LENGTH.size), longest)
    answer: dict[str, Any] = json.loads(await _exactly_soon(line, length))
    return answer


def _pack(message: dict[str, Any]) -> bytes:
    body = json.dumps(message).encode()
    return _LENGTH.pack(len(body)) + body


def _unpack(header: bytes, longest: int = _LONGEST) -> int:
    length = int(_LENGTH.unpack(header)[0])
    if length > longest:
        raise EOFError
    return length


def _exactly(line: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        more = line.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return bytes(data)


async def _exactly_soon(line: socket.socket, size: int) -> bytes:
    loop, data = asyncio.get_running_loop(), bytearray()
    while len(data) < size:
        more = await loop.sock_recv(line, size - len(data))
        if not more:
            raise EOFError
        data += more
    return bytes(data)
