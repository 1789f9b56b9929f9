"""How much a fenced process may use."""

from __future__ import annotations

import resource
from dataclasses import asdict, dataclass
from typing import Any

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a fenced process may use. Other processes are never allowed, so they need no number.

    Attributes
    ----------
    memory
        Bytes of address space.
    cpu
        Seconds of processor time, of all its threads together.
    open_files
        How many files may be open at once.
    file_size
        Bytes that one file may have.
    folder_size, folder_files
        Bytes and files that it may leave in its folder; whoever watches the process looks at these.
    """

    memory: int = 1536 * _MB
    cpu: int = 120
    open_files: int = 128
    file_size: int = 20 * _MB
    folder_size: int = 100 * _MB
    folder_files: int = 500

    def set(self) -> None:
        """Put this process under those of the limits that the system can hold it to, for good."""
        for what, most in (
            (resource.RLIMIT_AS, self.memory),
            (resource.RLIMIT_CPU, self.cpu),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_FSIZE, self.file_size),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MEMLOCK, 0),
            (resource.RLIMIT_MSGQUEUE, 0),
        ):
            _, hard = resource.getrlimit(what)
            lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (lower, lower))

    def as_data(self) -> dict[str, Any]:
        """Return the numbers, to send to another process."""
        return asdict(self)
