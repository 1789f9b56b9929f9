"""``python -m kit.ai.gateway --course ROOT --port N``: prints one JSON line when it serves and ends on SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvicorn

from kit.ai.gateway.app import build_app
from kit.ai.gateway.desk import Desk
from kit.ai.gateway.rules import rules_from_course
from kit.ai.parent import die_with_parent
from kit.ai.providers import choose_provider
from kit.errors import KitError, PortTaken
from kit.settings.load import load_settings
from kit.settings.process import gateway_secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit.ai.providers import Provider


class _Server(uvicorn.Server):
    """uvicorn, told by our own signals and telling when it serves."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        port = (sockets or [])[0].getsockname()[1]
        print(json.dumps({"ready": True, "url": f"http://127.0.0.1:{port}"}), flush=True)


@click.command()
@click.option("--course", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True)
@click.option("--port", type=int, default=0, show_default=True, help="0 means any free port.")
def main(course: Path, port: int) -> None:
    """Serve the gateway on 127.0.0.1 until asked to stop."""
    die_with_parent(os.getppid())
    try:
        listener = _listen(port)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(course, listener))
    except KitError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's event loop where there is one: each piece of a stream costs less."""
    try:
        import uvloop
    except ImportError:  # Windows
        return None
    return uvloop.new_event_loop


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    # Without this a gateway that starts again would wait a minute for its own port; on Windows it would share it.
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        raise PortTaken(f"Another program already uses port {port}.") from None
    return listener


async def _serve(course: Path, listener: socket.socket) -> None:
    settings = load_settings(course)
    secret = gateway_secret()
    provider = choose_provider(settings)
    app = build_app(Desk(settings, provider), secret, rules_from_course(course, settings))
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=2
    )
    server = _Server(config)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: asyncio.run turns Ctrl-C into a cancellation
            loop.add_signal_handler(number, lambda: setattr(server, "should_exit", True))
    # Ask the provider once what it can do while nobody waits; if it isn't there yet, the first question finds out.
    probing = asyncio.ensure_future(_get_ready(provider))
    try:
        await server._serve([listener])  # noqa: SLF001 - `serve` would raise the signal again after a clean end
    finally:
        probing.cancel()
        await provider.close()


async def _get_ready(provider: Provider) -> None:
    with contextlib.suppress(KitError, asyncio.CancelledError):
        await provider.capabilities()


if __name__ == "__main__":
    main()
