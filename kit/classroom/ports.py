"""Network ports on this computer."""

from __future__ import annotations

import socket

from kit.classroom.parts import HOST
from kit.errors import PortTaken


def claim(port: int, setting: str, what: str) -> int:
    """Return a port that nobody uses: the one that is set, or a free one when 0 is set.

    Raises
    ------
    PortTaken
        Naming the port and the setting that gives it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortTaken(
                f"Port {port} is in use by another program, so the {what} can't start.",
                mend=f"Stop that program, or set {setting} in kit.toml to another number (0 means any).",
            ) from None
        found: int = probe.getsockname()[1]
        return found
