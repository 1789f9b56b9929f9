"""One visit of one student to one lesson, and the kernel that belongs to it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_events import EventLogger
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from traitlets import default

from kit.settings import Session
from kit.settings.environment import outside_environment

MOST_LIVE = 4
"""Open pages one student may have at a time: a second tab and a second device are honest, thirty reloads are not."""

MOST_OPENING = 3
"""Pages that may be on their way to one student at a time; who reloads faster than that is asked to wait."""

# Nobody types in a page's kernel: there is no history, and what reaches the file descriptors directly is not shown.
_OPTIONS = ["--HistoryManager.enabled=False", "--IPKernelApp.capture_fd_output=False"]

# Set by the page that is being opened, read when its kernel starts. Each request runs in a context of its own, so two
# students who open a page at the same moment can't get each other's.
current_session: ContextVar[Session | None] = ContextVar("current_session", default=None)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose kernel it is, and which visit it was started for."""

    student: str
    visit: Session


class VisitKernel(ServerKernelManager):
    """One visit's kernel. Jupyter would have each read and compile the same schema for its events (2.21)."""

    @default("event_logger")
    def _one_for_all(self) -> EventLogger:
        kernels: Any = self.parent
        if kernels.events is None:
            kernels.events = super()._default_event_logger()
        events: EventLogger = kernels.events
        return events


class VisitKernels(AsyncMappingKernelManager):
    """Start a kernel only for a visit, with that visit's variables, and remember whose it is."""

    events: EventLogger | None = None

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{VisitKernel.__module__}.{VisitKernel.__name__}"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.owners: dict[str, Owner] = {}  # in the order of their start
        self._opening: list[Session] = []
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def cwd_for_path(self, path: str, **kwargs: Any) -> str:  # the path Voilà gives is the lesson's, not the student's
        """Run in the student's own work folder."""
        return str(_session().work)

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # as jupyter_server itself does
        """Start the visit's kernel."""
        session = _session()
        base = {name: value for name, value in outside_environment().items() if not name.startswith("KIT_")}
        async with self._turns[session.student]:
            await self._make_room(session.student)
            kernel_id: str = await super().start_kernel(
                env={**base, **session.to_environment()}, extra_arguments=_OPTIONS, **kwargs
            )
            self.owners[kernel_id] = Owner(session.student, session)
        return kernel_id

    def start_watching_activity(self, kernel_id: str) -> None:
        """Note when a kernel works, from what it says about itself. Jupyter reads all that its cards say too (2.21)."""
        super().start_watching_activity(kernel_id)  # type: ignore[no-untyped-call]
        kernel: Any = self.get_kernel(kernel_id)
        heard = kernel._activity_stream.socket  # noqa: SLF001  # Jupyter tells nobody else where it listens
        heard.unsubscribe(b"")
        heard.subscribe(b"kernel.")

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self.owners.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    def may_open(self, student: str) -> bool:
        """Whether one more page may be opened for this student now."""
        return sum(visit.student == student for visit in self._opening) < MOST_OPENING

    @contextmanager
    def opening(self, visit: Session) -> Iterator[None]:
        """Count a page as long as it is being made; its kernel is not ended meanwhile."""
        self._opening.append(visit)
        try:
            yield
        finally:
            self._opening = [other for other in self._opening if other is not visit]

    async def give_up(self, visit: Session) -> None:
        """End the kernel of a page that did not get ready."""
        await self._end([kernel_id for kernel_id, owner in self.owners.items() if owner.visit is visit])

    async def _make_room(self, student: str) -> None:
        """End a student's oldest kernels, so that nobody's reloads use up the class computer. Their work is saved."""
        live = {kernel_id: owner.visit for kernel_id, owner in self.owners.items() if owner.student == student}
        ready = [kernel_id for kernel_id, visit in live.items() if not any(visit is other for other in self._opening)]
        await self._end(ready[: max(0, len(live) + 1 - MOST_LIVE)])

    async def _end(self, kernel_ids: list[str]) -> None:
        for kernel_id in kernel_ids:
            await ensure_async(self.shutdown_kernel(kernel_id, now=True))  # type: ignore[no-untyped-call]

    def belongs_to(self, kernel_id: str, student: str) -> bool:
        """Whether this student started this kernel."""
        owner = self.owners.get(kernel_id)
        return owner is not None and owner.student == student


def _session() -> Session:
    session = current_session.get()
    if session is None:
        raise RuntimeError("a kernel was asked for outside a student's visit")
    return session
