"""The examiner's side of the line to the student's process."""

from __future__ import annotations

import builtins
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from kit.grading.code.running.carry import REASONS, NotCarried, Packed, can_change, has_text, pack, unpack, update
from kit.grading.code.running.student import LONGEST
from kit.kernels import wire

_GRACE = 1.0  # seconds that a cell which is interrupted has to end
_MOST_RESTARTS = 3
_POWERFUL = (eval, exec, compile, open, __import__, breakpoint)

Message = dict[str, Any]


class CellTimeoutError(BaseException):
    """A cell has had its time; it has the name that nbgrader gives to this.

    Not an ``Exception``, so that a test which expects errors does not take it for one.

    Attributes
    ----------
    outputs
        What the cell had shown until then.
    """

    outputs: Sequence[Message] = ()


class StudentEnded(Exception):
    """The student's process has ended in the middle of something, and will not be started again for this cell."""


class Spawner(Protocol):
    """Starts and ends student processes."""

    def start(self) -> tuple[int, socket.socket]:
        """Return the number of a new student process, and the line to it."""

    def end(self, pid: int) -> str:
        """End it, and return in words how it ended."""


@dataclass
class Look:
    """What happened between a test cell and the student's code, for the verdict.

    Attributes
    ----------
    stuck
        Why a person has to look at this cell, whether or not the test went through.
    doubtful
        Why a person has to look at it if the test failed.
    heard_text
        Whether text of the student's has come in.
    ended
        How the student's process ended, if it did. No test can go through then, whatever it takes the error for.
    """

    stuck: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    heard_text: bool = False
    ended: str = ""

    def forget(self) -> None:
        """Begin with the next test cell."""
        self.stuck.clear()
        self.doubtful.clear()
        self.heard_text = False
        self.ended = ""


class Session:
    """A student's process, for as long as a notebook takes. When it ends itself, the next request finds a new one.

    Parameters
    ----------
    spawner
        Starts processes.
    expects_class
        Whether the student was to write a class. If not, an object in the place of data is nothing to work with.
    """

    def __init__(self, spawner: Spawner, *, expects_class: bool = False) -> None:
        self.expects_class = expects_class
        self.look = Look()
        self.on_print: Callable[[Message], None] = lambda _output: None
        self._spawner = spawner
        self._line: socket.socket | None = None
        self._pid = self._restarts = self._generation = 0
        self._past: list[tuple[str, int]] = []  # cells that went through, to run again in a new process
        self._callbacks: list[Callable[..., Any]] = []
        self._errors: dict[object, type[BaseException]] = {}

    def run(self, source: str, count: int) -> list[Message]:
        """Run one of the student's cells, and return its outputs.

        Raises
        ------
        StudentEnded
            If the process ended; in words.
        CellTimeoutError
            If the cell took too long. What it had made so far is lost only if it could not be interrupted.
        """
        answer = self._ask({"do": "cell", "source": source, "count": count})
        self._past.append((source, count))
        outputs = answer.get("outputs")
        return outputs if isinstance(outputs, list) else []

    def get(self, name: str) -> Any:
        """Return what a name stands for in the student's process.

        Raises
        ------
        KeyError
            If there is nothing of that name.
        """
        answer = self._ask({"do": "get", "name": name})
        if answer.get("missing"):
            raise KeyError(name)
        return self._value(answer)

    def set(self, name: str, value: object) -> None:
        """Give a name another value in the student's process."""
        self._value(self._ask({"do": "set", "name": name, "value": self._pack(value)}))

    def delete(self, name: str) -> None:
        """Take a name away from the student's process; a ``KeyError`` says that it wasn't there."""
        if self._ask({"do": "delete", "name": name}).get("missing"):
            raise KeyError(name)

    def apply(self, operation: str, *arguments: Any, **named: Any) -> Any:
        """Do one thing with values in the student's process, such as a call, and return or raise what comes of it."""
        answer = self._ask(
            {
                "do": "apply",
                "op": operation,
                "args": [self._pack(value) for value in arguments],
                "named": {name: self._pack(value) for name, value in named.items()},
            }
        )
        if answer.get("input"):
            self.look.doubtful.append("the student's code asked for input")
        for output in answer.get("printed") or ():
            self.on_print(output)
        self._take_changes(answer.get("changed"), arguments, named)
        try:
            return self._value(answer)
        except (StopIteration, StopAsyncIteration):
            # `all(map(f, numbers))` takes it for the end of the numbers, and finds nothing wrong.
            if operation != "next":
                self.stuck("the student's code raised the error that ends a loop")
            raise

    def stuck(self, why: str) -> NotCarried:
        """Note that a person has to look at this cell, and return the error to raise."""
        self.look.stuck.append(why)
        return NotCarried(f"{why}, so a person has to look at this test")

    def close(self) -> None:
        """End the student's process."""
        if self._line is not None:
            self._line.close()
            self._spawner.end(self._pid)
            self._line = None

    def _ask(self, request: Message) -> Message:
        line = self._connect()
        try:
            wire.send(line, request)
            while "callback" in (answer := _receive(line)):
                wire.send(line, self._call_back(answer))
        except CellTimeoutError as error:
            error.outputs = self._interrupt(line)
            raise
        except (EOFError, OSError, ValueError, RecursionError):
            raise self._ended(self._lose()) from None
        return answer

    def _call_back(self, question: Message) -> Message:
        """Let the student's code call a function of the test's."""
        try:
            call = self._callbacks[int(question["callback"])]
            arguments = [self._unpack(part) for part in question["args"]]
            named = {str(name): self._unpack(part) for name, part in question["named"].items()}
            return {"value": self._pack(call(*arguments, **named))}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"}

    def _connect(self) -> socket.socket:
        if self._line is None:
            if self._restarts > _MOST_RESTARTS:
                raise self._ended("The student's code ended its process too often; it was not started again.")
            self._restarts += 1
            try:
                self._pid, self._line = self._spawner.start()
            except (EOFError, OSError):
                raise self._ended("The student's process did not start.") from None
            self._generation += 1
            for source, count in list(self._past):
                self._ask({"do": "cell", "source": source, "count": count})
        return self._line

    def _interrupt(self, line: socket.socket) -> Sequence[Message]:
        """Ask what runs to stop, and return what it has shown. What does not stop is ended."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGINT)
        deadline = time.monotonic() + _GRACE
        poll = select.poll()
        poll.register(line, select.POLLIN)
        while (left := deadline - time.monotonic()) > 0:
            try:
                if poll.poll(left * 1000) and "callback" not in (answer := _receive(line)):
                    shown = answer.get("outputs")
                    return shown if isinstance(shown, list) else ()
            except (EOFError, OSError, ValueError, RecursionError):
                break
        self._lose()
        return ()

    def _ended(self, how: str) -> StudentEnded:
        self.look.ended = how
        return StudentEnded(how)

    def _lose(self) -> str:
        """End the process, and return how it ended."""
        if self._line is not None:
            self._line.close()
            self._line = None
        return self._spawner.end(self._pid)

    def _take_changes(self, changed: Any, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        given = {**dict(zip(map(str, range(len(arguments))), arguments, strict=True)), **named}
        for name, packed in changed.items() if isinstance(changed, dict) else ():
            old = given.get(name)
            new = self._unpack(packed)
            if can_change(old) and type(new) is type(old):
                update(old, new)

    def _value(self, answer: Message) -> Any:
        if "raised" in answer:
            raise self._error(answer["raised"])
        if "stuck" in answer:
            why = answer["stuck"] if answer["stuck"] in REASONS else "what can't be carried over"
            raise self.stuck(f"the student's code made {why}")
        try:
            return self._unpack(answer.get("value"))
        except NotCarried as error:
            raise self.stuck(f"the student's code made {error}") from None

    def _error(self, raised: Any) -> BaseException:
        """Return an error like the one that the student's code has raised."""
        try:
            kind = self._unpack(raised["kind"])
            arguments = [self._unpack(part) for part in raised["args"]]
        except (NotCarried, KeyError, TypeError):
            return self.stuck("the student's code raised something that is no error")
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            return self.stuck("the student's code raised something that is no error")
        try:
            return kind(*arguments)
        except Exception:  # some want other arguments than they keep
            error = kind.__new__(kind)
            error.args = tuple(arguments)
            return error

    def _pack(self, value: object) -> Packed:
        from kit.grading.code.running.standin import StandIn, kept_behind

        def keep(other: object) -> Packed:
            found = kept_behind(other) if isinstance(other, StandIn) else self._kept_error(other)
            if found is not None:
                place, generation = found
                if generation != self._generation:
                    raise self.stuck("the student's process had to be started again")
                return {"is": "kept", "of": place}
            if any(other is one for one in _POWERFUL):
                raise self.stuck(f"the test gives the student's code {other}, which acts on the teacher's computer")
            if callable(other) and not isinstance(other, type):
                self._callbacks.append(other)
                return {"is": "callback", "of": len(self._callbacks) - 1}
            raise self.stuck(f"the test gives the student's code a {type(other).__name__}, which is not data")

        return pack(value, keep)

    def _unpack(self, packed: Packed) -> Any:
        value = unpack(packed, self._find)
        self.look.heard_text = self.look.heard_text or has_text(value)
        return value

    def _find(self, packed: Mapping[str, Any]) -> object:
        from kit.grading.code.running.standin import StandIn

        if packed["is"] != "kept" or type(packed.get("of")) is not int or type(packed.get("kind")) is not str:
            raise NotCarried("something that is not a value")
        if packed["kind"] == "exception":
            return self._exception(packed)
        if packed["kind"] == "object" and not self.expects_class:
            # Even if the test goes through: it may ask for nothing but that it is there, or can be called.
            self.stuck("the student's code gave an object of its own, which is not data")
        return StandIn(self, packed, self._generation)

    def _exception(self, packed: Mapping[str, Any]) -> type[BaseException]:
        """Return a class of errors like the student's own: of that name, and a kind of the same of Python's."""
        bases = [str(name) for name in packed.get("bases") or () if isinstance(name, str)]
        key = (str(packed.get("name"))[:100], *bases)
        if key not in self._errors:
            found = (getattr(builtins, name, None) for name in bases)
            base = next((one for one in found if isinstance(one, type) and issubclass(one, BaseException)), Exception)
            self._errors[key] = type(key[0] or "Error", (base,), {"__kept__": (packed["of"], self._generation)})
        return self._errors[key]

    @staticmethod
    def _kept_error(value: object) -> tuple[int, int] | None:
        found = value.__dict__.get("__kept__") if isinstance(value, type) else None
        return found if isinstance(found, tuple) else None


def _receive(line: socket.socket) -> Message:
    """Return the student's next message. Whoever sends something else is taken for one that has ended."""
    message: object = wire.receive(line, LONGEST)
    if isinstance(message, dict):
        return message
    raise EOFError
