"""Passes for the gateway: signed, good for one student, one lesson and one class period."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from dataclasses import dataclass

from kit.errors import TokenRejected

__all__ = ["Pass", "mint_token", "read_token"]

_LONGEST = 1024  # a pass is some 150 characters; more is somebody trying something


@dataclass(frozen=True, slots=True)
class Pass:
    """Whom the gateway talks to, as the signed token says it.

    Attributes
    ----------
    student
        A pseudonym.
    lesson
        The slug of the one lesson that the pass is good for.
    expires
        Seconds since 1970.
    """

    student: str
    lesson: str
    expires: int


def mint_token(secret: bytes, student: str, lesson: str, seconds: int) -> str:
    """Return a bearer token for one student and lesson, good for ``seconds`` from now."""
    payload = json.dumps([student, lesson, int(time.time()) + seconds], separators=(",", ":")).encode()
    return f"{_encode(payload)}.{_encode(_sign(secret, payload))}"


def read_token(secret: bytes, token: str) -> Pass:
    """Return what a token says, after its signature and its time are checked.

    Raises
    ------
    TokenRejected
        When it is not ours, was changed, or is over. The three are told apart for nobody but the last.
    """
    payload = _verified(secret, token)
    student, lesson, expires = json.loads(payload)
    if time.time() >= expires:
        raise TokenRejected("This page's pass for the AI is over.")
    return Pass(student, lesson, expires)


def _verified(secret: bytes, token: str) -> bytes:
    head, _, tail = token[:_LONGEST].partition(".")
    try:
        payload, signature = _decode(head), _decode(tail)
    except (ValueError, binascii.Error):
        raise TokenRejected("The gateway doesn't know this pass.") from None
    if not hmac.compare_digest(signature, _sign(secret, payload)):
        raise TokenRejected("The gateway doesn't know this pass.")
    return payload


def _sign(secret: bytes, payload: bytes) -> bytes:
    return hmac.new(secret, b"kit-pass-1\0" + payload, hashlib.sha256).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
