"""Runs all cells of a page in one request: asked for one by one, each costs a journey to the kernel and back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

BEGINS = "kit_cell_begins"
"""The type of the message that says which cell the following outputs are of."""


def request(sources: Sequence[str]) -> str:
    """Return the code that runs these cells in a kernel. It leaves no name of its own there."""
    return f"await __import__({__name__!r}, fromlist=['run']).run({list(sources)!r})"


async def run(sources: Sequence[str]) -> None:
    """Run cells one after the other, until one fails, and say before each that it begins.

    Parameters
    ----------
    sources
        What stands in the cells.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    for number, source in enumerate(sources):
        _say(shell.kernel, number)
        result = await shell.run_cell_async(source, store_history=False, transformed_cell=shell.transform_cell(source))
        shell.events.trigger("post_execute")
        sys.stdout.flush()  # so that what was printed comes before the next cell's beginning
        if not result.success:
            return


def _say(kernel: Any, number: int) -> None:
    kernel.send_response(kernel.iopub_socket, BEGINS, {"cell": number}, ident=BEGINS.encode())
