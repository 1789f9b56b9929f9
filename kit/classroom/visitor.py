"""A student without a browser: signs in, opens a lesson and works its cards over the same doors as the page does."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import uuid4

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from kit.errors import ClassroomError

_KERNEL = re.compile(r'"kernelId":\s*"([\w-]+)"')
_ANSWER_SECONDS = 30
_PAGE_SECONDS = 90


@dataclass(slots=True)
class Visitor:
    """One student's visit.

    Parameters
    ----------
    app_url
        Where the student app is.
    """

    app_url: str
    page: str = ""
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    _http: httpx.AsyncClient = field(init=False)
    _socket: WebSocketClientConnection | None = None
    _name: str = field(default_factory=lambda: uuid4().hex)
    _sent: int = 0

    def __post_init__(self) -> None:
        # trust_env: a school's proxy has no business on loopback
        self._http = httpx.AsyncClient(
            base_url=self.app_url, timeout=_PAGE_SECONDS, follow_redirects=True, trust_env=False
        )

    async def __aenter__(self) -> Visitor:
        """Begin the visit."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the visit."""
        if self._socket is not None:
            self._socket.close()
        await self._http.aclose()

    async def join(self, token: str) -> None:
        """Sign in by a personal link."""
        answer = await self._http.get(f"/join/{token}")
        if answer.status_code != 200 or "Sign out" not in answer.text:  # noqa: PLR2004  # HTTP's word for yes
            raise ClassroomError("The personal link did not sign the student in.")

    async def open(self, slug: str) -> str:
        """Open a lesson, wait until it has run, and return the kernel's id."""
        answer = await self._http.get(f"/lesson/{slug}")
        self.page = answer.text
        found = _KERNEL.search(self.page)
        if answer.status_code != 200 or not found:  # noqa: PLR2004
            raise ClassroomError(f"The lesson's page did not open (HTTP {answer.status_code}).")
        if "kit-failed" in self.page:
            raise ClassroomError("A cell of the lesson did not run.")
        await self._connect(found[1])
        self.cards = await self._ask_for_cards()
        return found[1]

    async def act(self, card: str, kind: str, **body: Any) -> dict[str, Any]:
        """Do something on a card and return what the page would be told.

        Raises
        ------
        ClassroomError
            If the card answers that it did not work.
        """
        self._sent += 1
        content = {"client": self._name, "seq": self._sent, "kind": kind, "body": body}
        await self._send("comm_msg", {"comm_id": card, "data": {"method": "custom", "content": content}})
        number = self._sent

        def is_answer(message: dict[str, Any]) -> bool:
            said = _custom(message, card)
            return said.get("client") == self._name and said.get("seq") == number

        answer = _custom(await self._wait_for(is_answer, _PAGE_SECONDS), card)
        if not answer.get("ok"):
            raise ClassroomError(
                str(answer.get("message", "The card did not answer.")), mend=str(answer.get("mend", ""))
            )
        result: dict[str, Any] = answer["result"]
        return result

    def find(self, **wanted: Any) -> str:
        """Return the model id of the first card whose data has these values."""
        for model_id, data in self.cards.items():
            if all(data.get(name) == value for name, value in wanted.items()):
                return model_id
        raise ClassroomError(f"The lesson's page has no card with {wanted}.")

    async def _connect(self, kernel_id: str) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())
        url = f"{self.app_url.replace('http', 'ws', 1)}/api/kernels/{kernel_id}/channels?session_id={self._name}"
        self._socket = await websocket_connect(HTTPRequest(url, headers={"Cookie": cookies}), max_message_size=1 << 26)

    async def _ask_for_cards(self) -> dict[str, dict[str, Any]]:
        control = uuid4().hex
        opening = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        await self._send("comm_open", opening, metadata={"version": "1.0.0"})
        await self._send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})

        def is_answer(message: dict[str, Any]) -> bool:
            return bool(_data(message, control).get("method") == "update_states")

        states = _data(await self._wait_for(is_answer, _ANSWER_SECONDS), control)["states"]
        models = {model_id: model["state"].get("data") for model_id, model in states.items()}
        return {model_id: data for model_id, data in models.items() if isinstance(data, dict) and "field" in data}

    async def _send(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        header = {
            "msg_id": uuid4().hex,
            "msg_type": kind,
            "username": "",
            "session": self._name,
            "date": datetime.now(UTC).isoformat(),
            "version": "5.3",
        }
        message = {"header": header, "parent_header": {}, "metadata": metadata or {}, "content": content}
        await self._open_socket.write_message(json.dumps({**message, "channel": "shell"}))

    async def _wait_for(self, is_it: Any, seconds: float) -> dict[str, Any]:
        try:
            async with asyncio.timeout(seconds):
                while (raw := await self._open_socket.read_message()) is not None:
                    message = _decode(raw)
                    if is_it(message):
                        return message
        except TimeoutError:
            raise ClassroomError(f"The lesson's page had no answer for {seconds:.0f} seconds.") from None
        raise ClassroomError("The connection to the lesson was closed.")

    @property
    def _open_socket(self) -> WebSocketClientConnection:
        if self._socket is None:
            raise ClassroomError("No lesson is open.")
        return self._socket


def _data(message: dict[str, Any], comm: str) -> dict[str, Any]:
    content = message.get("content", {})
    data: dict[str, Any] = content.get("data", {}) if content.get("comm_id") == comm else {}
    return data


def _custom(message: dict[str, Any], comm: str) -> dict[str, Any]:
    data = _data(message, comm)
    content: dict[str, Any] = data.get("content", {}) if data.get("method") == "custom" else {}
    return content


def _decode(raw: str | bytes) -> dict[str, Any]:
    """Return a message; one with buffers comes in bytes, with the message first."""
    if isinstance(raw, bytes):
        start, end = (int.from_bytes(raw[at : at + 4], "big") for at in (4, 8))
        raw = raw[start : end or None].decode()
    message: dict[str, Any] = json.loads(raw)
    return message
