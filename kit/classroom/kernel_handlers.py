"""The few doors to a kernel that a student's page needs: its messages, its model, its end, and whether it lives."""

from __future__ import annotations

from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from kit.classroom.guard import OwnKernel

KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class KernelMessages(OwnKernel, VoilaKernelWebsocketHandler):  # type: ignore[misc]  # untyped base
    """Widget messages to and from the student's own kernel. Voilà lets no code through."""


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


class KernelAlive(OwnKernel):
    """Asked every few seconds by an open page, so that it can say when it has lost its kernel."""

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        """Answer 204 when the kernel lives, 410 when it has died."""
        alive = await ensure_async(self.kernel_manager.get_kernel(kernel_id).is_alive())
        self.set_status(204 if alive else 410)


async def _end(handler: Any, kernel_id: str) -> None:
    await ensure_async(handler.kernel_manager.shutdown_kernel(kernel_id, now=True))
    handler.set_status(204)
    handler.finish()
