"""IPython without a kernel: runs cells and keeps what they show in the form that notebooks have."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

MOST_TEXT = 1_000_000
"""Characters that one cell may print; what comes after is dropped, and the output says so."""
MOST_SHOWN = 8_000_000
"""Characters of pictures and other rich output of one cell."""
_HERE = str(Path(__file__).parent)
_DECIDING = frozenset({"error", "execute_result"})
"""Outputs that nbgrader takes points from. However much else is shown, they are never dropped."""
_MOST_WORDS = 100_000  # of one of those that is too long
_CUT = "\n... The rest of this output was cut off: it is very long. ...\n"


class Outputs:
    """What one cell has shown so far, as a notebook keeps it."""

    def __init__(self) -> None:
        self.all: list[dict[str, Any]] = []
        self._printed = self._shown = 0

    def write(self, name: str, text: str) -> None:
        """Add printed text, to the stream before if it is the same."""
        if self._printed >= MOST_TEXT:
            return
        self._printed += len(text)
        if self._printed > MOST_TEXT:
            text = text[: MOST_TEXT - self._printed] + _CUT
        last = self.all[-1] if self.all else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            last["text"] += text
        else:
            self.all.append({"output_type": "stream", "name": name, "text": text})

    def show(self, output: dict[str, Any]) -> None:
        """Add a picture, a result or an error."""
        data = output.get("data", {})
        words = [*data, *data.values(), *output.get("traceback", ()), output.get("evalue", "")]
        self._shown += sum(len(part) for part in words if isinstance(part, (str, bytes)))
        if self._shown <= MOST_SHOWN:
            self.all.append(output)
        elif output.get("output_type") in _DECIDING:
            self.all.append(_shortened(output))
        else:
            self.write("stdout", _CUT)

    def clear(self) -> None:
        """Take back all that was shown."""
        self.all.clear()


def _shortened(output: dict[str, Any]) -> dict[str, Any]:
    """Return a result or an error with as much of it as is worth reading."""
    if output["output_type"] == "error":
        words = {name: str(output.get(name, ""))[:_MOST_WORDS] for name in ("ename", "evalue")}
        return {"output_type": "error", **words, "traceback": [words["ename"], words["evalue"], _CUT]}
    text = str(output.get("data", {}).get("text/plain", ""))[:_MOST_WORDS]
    return {**output, "data": {"text/plain": text}, "metadata": {}}


class _Stream:
    """``sys.stdout`` or ``sys.stderr`` of a cell."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, name: str, shell: Shell) -> None:
        self.name, self._shell = name, shell

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._shell.outputs.write(self.name, text)
        return len(text)

    def writelines(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: it is written at once."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False


def _outputs(shell: Any) -> Outputs:
    found: Outputs = shell.outputs
    return found


class _Publisher(DisplayPublisher):
    def publish(self, data: Any, metadata: Any = None, *args: Any, update: bool = False, **kwargs: Any) -> None:
        if not update:
            output = {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata or {})}
            _outputs(self.shell).show(output)

    def clear_output(self, wait: bool = False) -> None:
        _outputs(self.shell).clear()


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        """Show no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        _outputs(self.shell).show(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": dict(format_dict),
                "metadata": dict(md_dict or {}),
            }
        )

    def finish_displayhook(self) -> None:
        """Write nothing."""

    def quiet(self) -> bool:
        return bool(super().quiet())


class Shell(InteractiveShell):
    """An IPython that keeps outputs, has no history on disk, and asks nobody for input."""

    outputs = AnyTrait()
    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def __init__(self, **kwargs: Any) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        super().__init__(config=config, **kwargs)
        self.outputs = Outputs()
        self.asked_for_input = False

    def live_in(self, names: dict[str, Any]) -> None:
        """Use another namespace from now on; what IPython has put into the old one comes along."""
        names.update(self.user_ns)
        self.user_module, self.user_ns = self.prepare_user_module(None, names)
        sys.modules[self.user_module.__name__] = self.user_module

    def run(self, source: str) -> bool:
        """Run a cell; its outputs are in ``outputs``. Return whether it went through without an error."""
        self.outputs = Outputs()
        with self.watched():
            result = self.run_cell(source, store_history=True)
        return bool(result.success)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Send what is printed to ``outputs``."""
        kept = sys.stdout, sys.stderr, builtins.input
        sys.stdout, sys.stderr = _Stream("stdout", self), _Stream("stderr", self)
        builtins.input = self._no_input
        try:
            yield
        finally:
            sys.stdout, sys.stderr, builtins.input = kept

    def _no_input(self, prompt: object = "") -> str:
        self.asked_for_input = True
        raise EOFError("A cell asked for input, but nobody is there to type it.")

    def _get_exc_info(self, exc_tuple: Any = None) -> Any:
        """Let a traceback end where a cell's own code does: how a call went on from there helps nobody."""
        kind, value, traceback = super()._get_exc_info(exc_tuple)
        step = traceback
        while step is not None and step.tb_next is not None:
            if step.tb_next.tb_frame.f_code.co_filename.startswith(_HERE):
                step.tb_next = None
            step = step.tb_next
        return kind, value, traceback

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.outputs.show(
            {
                "output_type": "error",
                "ename": str(getattr(etype, "__name__", etype)),
                "evalue": _safe_text(evalue),
                "traceback": [str(line) for line in stb],
            }
        )


def _safe_text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # an exception can be anything, too
        return "(this error has no text)"


def warm_shell() -> Shell:
    """Return a shell that has run cells of both kinds of ends, so that whoever is forked with it starts at once."""
    shell: Shell = Shell.instance()
    shell.run("1 + 1")
    shell.run("def f():\n    assert False\nf()")  # what draws tracebacks takes longer to load than most cells run
    shell.reset(new_session=True)
    return shell
