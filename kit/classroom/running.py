"""Runs the cells of a page that is being opened, and tells what each of them shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from jupyter_core.utils import ensure_async

from kit.kernels import cells

# Cards travel as comms, which the page asks the kernel for itself. The kernel does not even send them here. The last
# of these is what a kernel says hello to, when it knows of all of them.
_TOPICS = (b"display_data", b"stream", cells.ENDS.encode(), b"kernel.")
_OUTPUTS = frozenset({"display_data", "execute_result", "stream", "error"})
_LOOK_EVERY = 1.0  # seconds, whether a silent kernel still lives
_KNOCK_EVERY = 5.0  # seconds; for a kernel that doesn't say hello: older ones don't


@dataclass(slots=True)
class Shown:
    """What one cell shows.

    Attributes
    ----------
    cell
        Its number among those that run.
    outputs
        As in a notebook file.
    """

    cell: int
    outputs: list[dict[str, Any]]

    @property
    def failed(self) -> bool:
        """Whether it ended in an error."""
        return any(output["output_type"] == "error" for output in self.outputs)


async def run_page(kernel: Any, sources: Sequence[str]) -> AsyncIterator[Shown]:
    """Run cells in a kernel that may still be starting, and yield what each shows, in order, as soon as it is known.

    It ends early when a cell fails, and when the kernel dies.

    Parameters
    ----------
    kernel
        The kernel's manager.
    sources
        What stands in the cells.
    """
    shell, iopub = kernel.connect_shell(), kernel.connect_iopub()
    inbox: asyncio.Queue[list[bytes]] = asyncio.Queue()
    try:
        iopub.socket.unsubscribe(b"")
        for topic in _TOPICS:
            iopub.socket.subscribe(topic)
        iopub.on_recv(inbox.put_nowait)
        if await _is_heard(kernel, shell, inbox):
            content = {"code": cells.request(sources), "silent": False, "store_history": False, "allow_stdin": False}
            sent = kernel.session.send(shell, "execute_request", content)
            async for shown in _sort(_answers(kernel, inbox, sent["msg_id"])):
                yield shown
    finally:
        shell.close(linger=0)
        iopub.close(linger=0)


async def _is_heard(kernel: Any, shell: Any, inbox: asyncio.Queue[list[bytes]]) -> bool:
    """Wait until what the kernel says arrives here; return whether it does."""
    loop = asyncio.get_running_loop()
    knocked = loop.time()
    while await _next(kernel, inbox, patient=False) is None:
        if not await ensure_async(kernel.is_alive()):
            return False
        if loop.time() - knocked > _KNOCK_EVERY:
            knocked = loop.time()
            kernel.session.send(shell, "kernel_info_request", {})
    return True


async def _answers(kernel: Any, inbox: asyncio.Queue[list[bytes]], request: str) -> AsyncIterator[tuple[str, Any]]:
    """Yield type and content of what the kernel says about a request, until it is done with it, or dead."""
    while (message := await _next(kernel, inbox)) is not None:
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return
        yield kind, content


async def _sort(answers: AsyncIterator[tuple[str, Any]]) -> AsyncIterator[Shown]:
    outputs: list[dict[str, Any]] = []
    async for kind, content in answers:
        if kind == cells.ENDS:
            yield Shown(content["cell"], [*outputs, *content["outputs"]])
            outputs = []
        elif kind == "clear_output":
            outputs.clear()
        elif kind in _OUTPUTS:
            outputs.append({"output_type": kind, **content})


async def _next(kernel: Any, inbox: asyncio.Queue[list[bytes]], *, patient: bool = True) -> Any:
    """Return the next message; nothing if the kernel is dead, or, without patience, if there is none for a while."""
    while True:
        try:
            frames = inbox.get_nowait() if not inbox.empty() else await asyncio.wait_for(inbox.get(), _LOOK_EVERY)
        except TimeoutError:
            if not patient or not await ensure_async(kernel.is_alive()):
                return None
            continue
        return kernel.session.deserialize(kernel.session.feed_identities(frames)[1])
