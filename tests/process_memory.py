"""What a process holds in its memory. A forked kernel's variables can't be read from outside in any other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path


def holds(pid: int, text: str) -> bool:
    """Whether a process of ours has a text anywhere in the memory that it can write to."""
    wanted = text.encode()
    return any(wanted in piece for piece in _writable(pid))


def _writable(pid: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for start, end in re.findall(r"^([0-9a-f]+)-([0-9a-f]+) rw", maps, re.MULTILINE):
            memory.seek(int(start, 16))
            try:
                yield memory.read(int(end, 16) - int(start, 16))
            except OSError:  # a page that the system keeps to itself
                continue
