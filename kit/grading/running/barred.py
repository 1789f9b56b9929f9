"""What a test must not do with what came from a student: run it, in the teacher's own process.

Python tells a hook before it runs text or a file as code, unpickles a class, or starts a program. A test that would do
one of these with something of the student's is not run any further, and a person looks at it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from kit.grading.running.session import Session

_PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "pty.spawn"})


def bar(session: Session, folder: str, is_tests: Callable[[Any], bool]) -> None:
    """Look at what this process does, from now on and for good.

    Parameters
    ----------
    session
        Knows whether text of the student's has come in since the test began.
    folder
        The student's folder.
    is_tests
        Tells whether a namespace is one that tests run in.
    """
    inside = f"{os.path.realpath(folder)}{os.sep}"

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _PROGRAMS:
            raise session.stuck("the test starts another program")
        if event == "pickle.find_class" and session.look.heard_text:
            raise session.stuck("the test unpickles what could be the student's")
        if event != "exec":
            return
        name = str(getattr(arguments[0], "co_filename", ""))
        if name == "<string>":
            if session.look.heard_text and is_tests(sys._getframe(1).f_globals):  # noqa: SLF001 - who asks for it
                raise session.stuck("the test runs text as code, and it could be the student's")
        elif os.path.exists(name) and os.path.realpath(name).startswith(inside):  # noqa: PTH110 - asked very often
            raise session.stuck("the test runs a file of the student's")

    sys.addaudithook(look)
