"""A forked kernel's standard streams, said in the words of ``subprocess.Popen``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from subprocess import DEVNULL, PIPE, STDOUT
from typing import IO, Any

NAMES = ("stdin", "stdout", "stderr")


@dataclass(slots=True)
class Streams:
    """Both ends of a kernel's standard streams.

    Attributes
    ----------
    inside
        The descriptors that the kernel gets, in the order of their numbers.
    outside
        Our ends of the pipes among them, by name.
    """

    inside: list[int] = field(default_factory=list)
    outside: dict[str, IO[bytes]] = field(default_factory=dict)
    _made: list[int] = field(default_factory=list)

    @classmethod
    def like_popen(cls, wanted: Mapping[str, Any]) -> Streams:
        """Open what ``stdin``, ``stdout`` and ``stderr`` ask for; nothing asked for means ours (and no input)."""
        streams = cls()
        for number, name in enumerate(NAMES):
            streams.inside.append(streams._open(number, name, wanted.get(name)))
        return streams

    def _open(self, number: int, name: str, wanted: Any) -> int:
        if wanted == PIPE:
            return self._pipe(name)
        if wanted == DEVNULL or (wanted is None and number == 0):
            return self._keep(os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC))
        if wanted == STDOUT:
            return self.inside[1]
        if wanted is None:
            return number
        return wanted if isinstance(wanted, int) else int(wanted.fileno())

    def _pipe(self, name: str) -> int:
        reading, writing = os.pipe()
        if name == "stdin":
            self.outside[name] = os.fdopen(writing, "wb", buffering=0)
            return self._keep(reading)
        self.outside[name] = os.fdopen(reading, "rb")
        return self._keep(writing)

    def _keep(self, descriptor: int) -> int:
        self._made.append(descriptor)
        return descriptor

    def handed_over(self) -> None:
        """Close our copies of what the kernel has now."""
        while self._made:
            os.close(self._made.pop())

    def close(self) -> None:
        """Close everything: there will be no kernel."""
        self.handed_over()
        for stream in self.outside.values():
            stream.close()
