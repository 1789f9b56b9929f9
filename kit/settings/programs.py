"""Find the programs that were installed beside this Python, whether or not its environment is activated."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_programs_first() -> Iterator[None]:
    """Put this Python's own programs first on ``PATH`` for as long as the block runs.

    nbgrader calls ``alembic`` by its bare name when it makes a gradebook.
    """
    before = os.environ.get("PATH", "")
    own = (sysconfig.get_path("scripts"), str(Path(sys.executable).parent))
    os.environ["PATH"] = os.pathsep.join([*own, before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
