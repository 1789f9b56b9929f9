"""What a test must not do with what came from a student: run it, in the teacher's own process.

Python tells a hook before it runs text or a file as code, unpickles a class, or starts a program. A test that would do
one of these with something of the student's is not run any further, and a person looks at it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from kit.grading.code.running.session import Session

_PROGRAMS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn"}
)


class Bar:
    """Looks at what this process does, once it is put up: for good.

    Parameters
    ----------
    session
        Knows whether text of the student's has come in since the test began.
    folder
        The student's folder.
    given
        The names of those files in it that are the teacher's.
    is_tests
        Tells whether a namespace is one that tests run in.
    """

    def __init__(self, session: Session, folder: str, given: Iterable[str], is_tests: Callable[[object], bool]) -> None:
        self._session, self._is_tests = session, is_tests
        self._inside = f"{os.path.realpath(folder)}{os.sep}"
        self._given = {os.path.realpath(self._inside + name) for name in given}

    def put_up(self) -> None:
        """Begin to look."""
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise an error if what Python is about to do is barred."""
        look = self._session.look
        if event in _PROGRAMS:
            raise self._session.stuck("the test starts another program")
        if event == "open" and isinstance(arguments[0], str):
            look.heard_text = look.heard_text or self._is_students(arguments[0])
        elif event == "pickle.find_class" and look.heard_text:
            raise self._session.stuck("the test unpickles what could be the student's")
        elif event == "exec":
            asking = sys._getframe(1).f_globals  # noqa: SLF001 - there is no other way to know who asks
            self._look_at_code(str(getattr(arguments[0], "co_filename", "")), asking)

    def _look_at_code(self, file: str, asking: object) -> None:
        if file.startswith("<doctest"):
            raise self._session.stuck("the test runs the examples of a docstring, which could be the student's")
        if file == "<string>" and self._session.look.heard_text and self._is_tests(asking):
            raise self._session.stuck("the test runs text as code, and it could be the student's")
        if self._is_students(file):
            raise self._session.stuck("the test runs a file of the student's")

    def _is_students(self, file: str) -> bool:
        found = os.path.realpath(file)
        return found.startswith(self._inside) and found not in self._given and os.path.exists(found)  # noqa: PTH110
