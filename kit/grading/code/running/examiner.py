"""The examiner's process: goes through a notebook, cell by cell, and judges where the student's code can't reach."""

from __future__ import annotations

import builtins
import importlib
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from kit.grading.code.running.barred import Bar
from kit.grading.code.running.given import Given
from kit.grading.code.running.session import CellTimeoutError, Session, Spawner, StudentEnded
from kit.grading.code.running.shell import Shell
from kit.grading.code.running.standin import StandIn
from kit.grading.code.running.student import LONGEST
from kit.grading.code.running.teacher import Lead, looks_in
from kit.kernels import wire

_MOST_MEMORY = 4 << 30  # bytes of address space: a few letters of a student's can ask a test for a lot
_AGAIN = 5.0  # seconds until the clock rings again, for a test that took the end of its time for some error

Message = dict[str, Any]


def be_examiner(line: socket.socket, spawner: Spawner) -> NoReturn:
    """Take one notebook from the line, go through it, and send back what came of it."""
    job = wire.receive(line, LONGEST)
    sys.path[:] = [*(path for path in sys.path if path), *job["path"]]
    os.chdir(job["folder"])
    session = Session(spawner, expects_class=job["lead"]["expects_class"])
    given = Given(Path(job["folder"]), job["given"])
    examiner = Examiner(session, Lead(**job["lead"]), job["timeout"], job["whole"], given)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(_MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    Bar(session, job["folder"], job["given"], lambda names: isinstance(names, Names)).put_up()
    try:
        cells = [examiner.examine(cell["kind"], cell["source"]) for cell in job["cells"]]
        wire.send(line, {"cells": cells})
    except Refused as error:
        wire.send(line, {"refused": str(error)})
    finally:
        session.close()
    os._exit(0)


class Refused(Exception):
    """The student's process can't be fenced in, so nothing is run at all."""


class Examiner:
    """Goes through one notebook.

    Parameters
    ----------
    session
        The student's process.
    lead
        Who provides which name.
    timeout
        Seconds that one cell may take.
    whole
        Seconds that all of them together may take.
    given
        The teacher's files beside the notebook.
    """

    def __init__(self, session: Session, lead: Lead, timeout: float, whole: float, given: Given) -> None:
        self._session, self._timeout, self._given = session, timeout, given
        self._is_late = False
        self._end = time.monotonic() + whole
        self._shell: Shell = Shell.instance()
        self._shell.live_in(Names(session, lead))
        formatter: Any = self._shell.display_formatter
        # The text of a test's last value can be points. So a stand-in never says it in the student's words.
        formatter.formatters["text/plain"].for_type(
            StandIn, lambda _value, printer, _cycle: printer.text("<something of the student's>")
        )
        session.on_print = self._print
        self._count = 0

    def examine(self, kind: str, source: str) -> Message:
        """Run a cell where it belongs.

        Returns
        -------
        dict
            ``outputs`` as in a notebook, ``count``, and ``person``: why a person has to look at it, if so.
        """
        self._count += 1
        if time.monotonic() > self._end:
            late = "The notebook as a whole took too long, so this cell was not run."
            return {"outputs": [_error("NotebookTimeoutError", late)], "count": self._count, "person": ""}
        outputs, person = (self._test if kind == "test" else self._answer)(source)
        return {"outputs": outputs, "count": self._count, "person": person}

    def _answer(self, source: str) -> tuple[list[Message], str]:
        try:
            with self._clock():
                return self._session.run(source, self._count), ""
        except CellTimeoutError as error:
            return [*error.outputs, _error("CellTimeoutError", str(error))], ""
        except StudentEnded as error:
            return [_error("StudentCodeEnded", str(error))], ""

    def _test(self, source: str) -> tuple[list[Message], str]:
        look = self._session.look
        look.forget()
        self._given.put_back()
        self._shell.execution_count = self._count
        try:
            with self._clock():
                went_through = self._shell.run(source)
        except CellTimeoutError:  # it came between two steps of IPython's
            went_through = False
        outputs = self._shell.outputs.all
        if wrong := self._failure(outputs, went_through):
            outputs.insert(0, wrong)  # before a last value, which would be taken for points
            went_through = False
        look.stuck += [f"the file {name} was changed while the test ran" for name in self._given.changed()]
        if look.stuck:
            return outputs, f"{look.stuck[0].capitalize()}."
        if went_through and not any(output.get("name") == "stderr" for output in outputs):
            return outputs, ""
        tool = looks_in(source)
        if tool:
            look.doubtful.append(f"the test uses `{tool}`, which can't look into the student's process")
        return outputs, f"It failed, but {look.doubtful[0]}." if look.doubtful else ""

    def _failure(self, outputs: list[Message], went_through: bool) -> Message | None:
        """Return the error that the outputs of a test lack: the test may have taken it for one that it expects."""
        if not went_through and any(output["output_type"] == "error" for output in outputs):
            return None
        if self._is_late:
            return _error("CellTimeoutError", f"This cell took longer than {self._timeout:g} seconds.")
        if self._session.look.ended:
            return _error("StudentCodeEnded", self._session.look.ended)
        return None if went_through else _error("TestFailed", "The test did not go through.")

    def _print(self, output: Message) -> None:
        """Print what the student's code has printed while a test called it, as if it had been called here."""
        if output.get("output_type") == "stream":
            stream = sys.stderr if output.get("name") == "stderr" else sys.stdout
            stream.write(str(output.get("text", "")))
        elif output.get("output_type") == "display_data":
            self._shell.outputs.show(output)

    @contextmanager
    def _clock(self) -> Iterator[None]:
        def ring(*_: object) -> None:
            self._is_late = True
            raise CellTimeoutError(f"This cell took longer than {self._timeout:g} seconds.")

        self._is_late = False
        kept = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, self._timeout, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, kept)


class Names(dict[str, Any]):
    """The names that a test cell sees: its own, the teacher's, Python's, and the student's last.

    Parameters
    ----------
    session
        The student's process.
    lead
        Who provides which name.
    """

    def __init__(self, session: Session, lead: Lead) -> None:
        super().__init__()
        self._session, self._lead = session, lead
        self._expected = frozenset(lead.expected)
        self._tests_own = frozenset(lead.tests_own)
        self._lent: set[str] = set()  # names that were the student's when a test asked for them
        self._put: set[str] = set()  # names that a test has given to something of the student's
        self._opened: set[int] = set()

    def __missing__(self, name: str) -> Any:
        if name in self._lead.imports:
            with suppress(ImportError):
                exec(self._lead.imports[name], self)  # noqa: S102 - an import from the teacher's own notebook
                return self[name]
            self._only_students(name, "what imports {} could not be run")
        if name in self._lead.provided:
            if self._open(self._lead.provided[name]) and super().__contains__(name):
                return self[name]
            self._only_students(name, "the teacher's cell with {} could not be run")
        if name in self._tests_own and name not in self._put:
            self._only_students(name, "the test that makes {} did not get that far")
        if name not in self._expected:
            if hasattr(builtins, name) or name.startswith("__"):
                raise KeyError(name)
            for module in self._lead.stars:
                with suppress(ImportError, AttributeError):
                    return self.setdefault(name, getattr(importlib.import_module(module), name))
        found = self._session.get(name)
        self._lent.add(name)
        return found

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        try:
            self[name]  # type: ignore[index]
        except (KeyError, TypeError):
            return False
        return True

    def __setitem__(self, name: str, value: Any) -> None:
        self._put.discard(name)
        if isinstance(value, StandIn):
            self._put.add(name)
        if name in self._put | self._expected | self._lent:
            self._session.set(name, value)
            self.pop(name, None)
        else:
            super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        if super().__contains__(name):
            super().__delitem__(name)
        else:
            self._session.delete(name)

    def _only_students(self, name: str, why: str) -> NoReturn:
        """Let a person look at what would take something of the student's for the teacher's."""
        self._session.get(name)  # a KeyError says that the student has nothing of that name either
        raise self._session.stuck(f"{why.format(name)} here, and the student's may be something else")

    def _open(self, place: int) -> bool:
        """Run one of the teacher's own cells here, once, for the names in it. Return whether that was just now."""
        if place in self._opened:
            return False
        self._opened.add(place)
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            code = compile(TransformerManager().transform_cell(self._lead.given[place]), "<teacher's cell>", "exec")
            exec(code, self)  # noqa: S102 - the teacher's own source is what "trusted" means
        except Exception:  # a cell may need something that is only in the student's process
            return True
        return True


def _error(name: str, text: str) -> Message:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}
