"""What the kit's own processes have in common when they start: two arguments, and one clear line when they can't."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from kit.errors import KitError
from kit.settings import Course


def run_as_process(serve: Callable[[Course, int], None]) -> int:
    """Read ``--course`` and ``--port``, serve, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    try:
        serve(Course(given.course.resolve()), given.port)
    except KitError as error:
        print(f"error: {error}", file=sys.stderr)  # the supervisor shows this line
        return 1
    return 0
