"""The few doors to a kernel that a student's page needs: its messages, its model, its end, and whether it lives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from kit.classroom.guard import Guard, OwnKernel

if TYPE_CHECKING:
    from kit.classroom.visits import VisitKernels

KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


_POLICY_VIOLATION = 1008  # WebSocket's word for "not like this"
_HEAVY = 16 * 1024  # a message of so many letters or bytes counts for two, and so on
_V1 = "v1.kernel.websocket.jupyter.org"
# Jupyter takes a message's word for how many parts it has, and would count to 2**64 while the whole class waits.
_MOST_PARTS = 16
_PARTS = ("header", "parent_header", "metadata", "content")
_CHANNELS = frozenset({"shell", "control"})
_WELCOME = frozenset({"comm_close", "comm_info_request", "kernel_info_request"})
# What the page says once it is there: send me the cards. Python makes the cards, the page never does.
_OPENS = "jupyter.widget.control"
# What it says to a card: words of the kit's own, and a plea for the card's state. It never says what the state is.
_METHODS = frozenset({"custom", "request_state", "request_states"})


class KernelMessages(OwnKernel, VoilaKernelWebsocketHandler):  # type: ignore[misc]  # untyped base
    """Widget messages to and from the student's own kernel, and no others."""

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on if a lesson's page sends such. Nothing of another one is kept, not in the log either."""
        if self.ws_connection is None:  # what still came in when the line was cut
            return
        floods = self.app.message_throttle
        floods.fail(self.student, 1 + len(ws_message) // _HEAVY)
        if floods.wait(self.student):
            self.close(_POLICY_VIOLATION, "too many messages")
        elif is_welcome(ws_message, self.selected_subprotocol):
            super().on_message(ws_message)


class KernelModel(OwnKernel, KernelHandler):
    """The state of the student's own kernel."""

    @web.authenticated
    async def delete(self, kernel_id: str) -> None:
        """End the kernel."""
        await _end(self, kernel_id)


class EndKernel(OwnKernel):
    """Called by Voilà's page when it is left."""

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        """End the kernel. The journal has everything already."""
        await _end(self, kernel_id)


class KernelAlive(Guard):
    """Asked every few seconds by an open page, so that it can say when it has lost its kernel.

    Both answers are successes: a page that is being left may still ask after its kernel has ended, which is no error.
    """

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        """Answer 204 when the student's kernel lives, and 205 ("reset") when there is none of theirs by that name."""
        kernels: VisitKernels = self.settings["kernel_manager"]
        own = kernels.belongs_to(kernel_id, self.student)
        alive = own and await ensure_async(kernels.get_kernel(kernel_id).is_alive())
        self.set_status(204 if alive else 205)


def is_welcome(message: str | bytes, protocol: str | None) -> bool:
    """Whether a lesson's page sends messages like this one.

    Parameters
    ----------
    message
        As it came over the socket.
    protocol
        What page and server agreed on: Jupyter's ``v1``, or nothing, which means plain JSON.
    """
    try:
        channel, header, content = _read(message, protocol)
        welcome = channel in _CHANNELS and _is_known(header["msg_type"], content)
    except (ValueError, TypeError, LookupError, RecursionError):
        return False
    return welcome


def _is_known(kind: Any, content: Any) -> bool:
    if kind == "comm_open":
        return bool(content["target_name"] == _OPENS)
    if kind == "comm_msg":
        return content["data"]["method"] in _METHODS
    return kind in _WELCOME


def _read(message: str | bytes, protocol: str | None) -> tuple[Any, Any, Any]:
    if protocol == _V1:
        raw = message if isinstance(message, bytes) else b""
        if int.from_bytes(raw[:8], "little") > _MOST_PARTS:
            raise ValueError("parts")
        channel, parts = deserialize_msg_from_ws_v1(raw)  # type: ignore[no-untyped-call]
        return channel, json.loads(parts[0]), json.loads(parts[3])
    if isinstance(message, bytes):  # the older way for files, of which a lesson has none
        raise TypeError("bytes")
    message.encode()
    body = json.loads(message)
    json.dumps(body, ensure_ascii=False).encode()  # half a character can be written in JSON, and can't be sent on
    if not all(isinstance(body[part], dict) for part in _PARTS):
        raise TypeError("parts")  # Jupyter would stumble over it, end the connection and fill the log
    return body["channel"], body["header"], body["content"]


async def _end(handler: Any, kernel_id: str) -> None:
    await ensure_async(handler.kernel_manager.shutdown_kernel(kernel_id, now=True))
    handler.set_status(204)
    handler.finish()
