"""One visit of one student to one lesson, and the kernel that belongs to it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from kit.settings import Session

# Set by the page that is being opened, read when its kernel starts. Each request runs in a context of its own, so two
# students who open a page at the same moment can't get each other's.
current_session: ContextVar[Session | None] = ContextVar("current_session", default=None)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose kernel it is, and where its files are."""

    student: str
    work: Path


class VisitKernels(AsyncMappingKernelManager):
    """Start a kernel only for a visit, with that visit's variables, and remember whose it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.owners: dict[str, Owner] = {}

    def cwd_for_path(self, path: str, **kwargs: Any) -> str:  # the path Voilà gives is the lesson's, not the student's
        """Run in the student's own work folder."""
        return str(_session().work)

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # as jupyter_server itself does
        """Start the visit's kernel. What Voilà would put into its environment is left out."""
        session = _session()
        base = {name: value for name, value in (kwargs.pop("env", None) or {}).items() if not name.startswith("KIT_")}
        kernel_id: str = await super().start_kernel(env={**base, **session.to_environment()}, **kwargs)
        self.owners[kernel_id] = Owner(session.student, session.work)
        return kernel_id

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self.owners.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    def belongs_to(self, kernel_id: str, student: str) -> bool:
        """Whether this student started this kernel."""
        owner = self.owners.get(kernel_id)
        return owner is not None and owner.student == student


def _session() -> Session:
    session = current_session.get()
    if session is None:
        raise RuntimeError("a kernel was asked for outside a student's visit")
    return session
