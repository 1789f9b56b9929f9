"""Whether this machine can fence code in, found by trying."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass

_PROBE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Fences:
    """What came of trying.

    Attributes
    ----------
    lacking
        What is missing, in words; empty if code can be fenced in.
    """

    lacking: str = ""

    @property
    def complete(self) -> bool:
        """Whether code can be run with all fences around it."""
        return not self.lacking


def find_fences() -> Fences:
    """Send a process behind the fences and look whether they hold it."""
    if sys.platform != "linux":
        return Fences("only Linux has what it takes")
    try:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-m", __package__, folder],
                capture_output=True,
                text=True,
                timeout=_PROBE_SECONDS,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Fences(f"the trial could not be made: {error}")
    return Fences() if done.returncode == 0 else Fences(done.stdout.strip() or "the trial ended without a word")
