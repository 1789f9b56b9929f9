"""What the student app and the teacher's Lab know of the gateway: where it is, and how passes for it are signed."""

from __future__ import annotations

import os
from dataclasses import dataclass

from kit.settings.process import gateway_secret

__all__ = ["GatewayAccess", "gateway_access"]


@dataclass(frozen=True, slots=True)
class GatewayAccess:
    """What it takes to give a student a pass for the gateway. Both empty when no gateway runs."""

    url: str = ""
    secret: bytes = b""


def gateway_access() -> GatewayAccess:
    """Return what the supervisor told this process (``KIT_GATEWAY_URL`` and ``KIT_GATEWAY_SECRET``)."""
    url = os.environ.get("KIT_GATEWAY_URL", "")
    return GatewayAccess(url, gateway_secret()) if url else GatewayAccess()
