"""What goes between a server and its warm parent: descriptors to the parent, JSON between the server and the child."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

DESCRIPTORS = 4  # a kernel's line, and its three standard streams
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
    data, descriptors, _, _ = socket.recv_fds(control, 1, DESCRIPTORS)
    if not data or len(descriptors) != DESCRIPTORS:
        raise EOFError
    return list(descriptors)


def send(line: socket.socket, message: dict[str, Any]) -> None:
    """Write one message."""
    line.sendall(_pack(message))


def receive(line: socket.socket) -> dict[str, Any]:
    """Read one message, and not a byte more.

    Raises
    ------
    EOFError
        If the other side is gone, or speaks another language.
    """
    message: dict[str, Any] = json.loads(_exactly(line, _unpack(_exactly(line, _LENGTH.size))))
    return message


async def ask(line: socket.socket, message: dict[str, Any]) -> dict[str, Any]:
    """Write one message and wait for the answer, while others go on.

    Raises
    ------
    EOFError
        If the other side is gone.
    """
    line.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(line, _pack(message))
    answer: dict[str, Any] = json.loads(await _exactly_soon(line, _unpack(await _exactly_soon(line, _LENGTH.size))))
    return answer


def _pack(message: dict[str, Any]) -> bytes:
    body = json.dumps(message).encode()
    return _LENGTH.pack(len(body)) + body


def _unpack(header: bytes) -> int:
    length = int(_LENGTH.unpack(header)[0])
    if length > _LONGEST:
        raise EOFError
    return length


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = line.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


async def _exactly_soon(line: socket.socket, size: int) -> bytes:
    loop, data = asyncio.get_running_loop(), b""
    while len(data) < size:
        more = await loop.sock_recv(line, size - len(data))
        if not more:
            raise EOFError
        data += more
    return data
