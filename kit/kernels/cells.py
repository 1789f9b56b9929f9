"""Runs all cells of a page in one request: asked for one by one, each costs a journey to the kernel and back."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from types import CodeType
from typing import Any

ENDS = "kit_cell_ends"
"""The type of the message that says which cell has ended, and what its last line shows. Other outputs came before."""


def request(sources: Sequence[str]) -> str:
    """Return the code that runs these cells in a kernel. It leaves no name of its own there."""
    return f"await __import__({__name__!r}, fromlist=['run']).run({list(sources)!r})"


async def run(sources: Sequence[str]) -> None:
    """Run cells one after the other, until one fails, and say of each that it has ended.

    Parameters
    ----------
    sources
        What stands in the cells.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    for number, source in enumerate(sources):
        plain = compile_plain(source, f"<cell {number}>")
        with redirect_stdout(_Noticing(sys.stdout)) as printed:
            worked, value = await _run_as_ipython(shell, source) if plain is None else _run_plain(shell, plain)
        if printed.noticed:
            sys.stdout.flush()  # so that it comes before the cell's end
        outputs = [] if value is None else _outputs(shell, value)
        kernel = shell.kernel
        kernel.send_response(kernel.iopub_socket, ENDS, {"cell": number, "outputs": outputs}, ident=ENDS.encode())
        if not worked:
            return


def compile_plain(source: str, name: str) -> tuple[CodeType, CodeType | None] | None:
    """Return a cell as statements and what it ends in; nothing if it is more than plain Python, such as a magic.

    Parameters
    ----------
    source
        What stands in the cell.
    name
        What a traceback calls it.
    """
    try:
        body = ast.parse(source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";") else None
        value = compile(ast.Expression(last.value), name, "eval") if isinstance(last, ast.Expr) else None
        return compile(ast.Module(body, []), name, "exec"), value
    except (SyntaxError, ValueError):
        return None


class _Noticing:
    """Standard output that knows whether anything was printed. To flush it in vain is what takes longest in a cell."""

    def __init__(self, stream: Any) -> None:
        self.noticed = False
        self._stream = stream

    def write(self, text: str) -> Any:
        self.noticed = True
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


async def _run_as_ipython(shell: Any, source: str) -> tuple[bool, None]:
    result = await shell.run_cell_async(source, store_history=False, transformed_cell=shell.transform_cell(source))
    shell.events.trigger("post_execute")
    return bool(result.success), None


def _run_plain(shell: Any, plain: tuple[CodeType, CodeType | None]) -> tuple[bool, Any]:
    """Run a cell without the half of IPython that is for people who type: it takes longer than the cells themselves."""
    statements, value = plain
    try:
        exec(statements, shell.user_global_ns, shell.user_ns)  # noqa: S102  # it is what a kernel does
        return True, value and eval(value, shell.user_global_ns, shell.user_ns)  # noqa: S307  # so is this
    except BaseException:  # what it was is shown, as for any cell
        shell.showtraceback()
        return False, None


def _outputs(shell: Any, value: Any) -> list[dict[str, Any]]:
    # What says itself how it looks, as every card does, needs no asking whether it is a picture.
    data, metadata = shell.display_formatter.mimebundle_formatter(value) or ({}, {})
    if not data:
        data, metadata = shell.display_formatter.format(value)
    # Nothing for an object that has shown itself.
    return [{"output_type": "display_data", "data": data, "metadata": metadata}] if data else []
