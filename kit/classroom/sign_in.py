"""Signing in: a personal link, or the class code, a pseudonym and a PIN."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import User
from tornado import web

from kit.classroom.guard import Guard
from kit.classroom.identity import has_been_here
from kit.errors import ClassroomError

LONGEST_SHOWN = 40
"""A code that is far longer than any is not shown again."""


class _Door(Guard):
    """A page that strangers may see."""

    def let_in(self, student: str) -> None:
        """Sign the student in and go on to where they wanted to go."""
        self.identity_provider.set_login_cookie(self, User(username=student))
        self.redirect(self.wanted)

    @property
    def wanted(self) -> str:
        """The page to go to after signing in: one of ours, or the shelf."""
        target = self.get_argument("next", "/")
        ours = target.startswith("/") and not target.startswith("//") and "\\" not in target
        return target if ours and target.isprintable() else "/"


class Join(_Door):
    """A student's personal link: 192 random bits, so there are no guesses to slow down and nobody to shut out."""

    @allow_unauthenticated
    def get(self, token: str) -> None:
        """Sign in whoever holds the link."""
        student = self.app.accounts.find_link(token)
        if student is None:
            raise web.HTTPError(404)
        self.let_in(student)


class SignIn(_Door):
    """Class code, then pseudonym and PIN."""

    @allow_unauthenticated
    def get(self) -> None:
        """Ask for the class code."""
        self._ask()

    @allow_unauthenticated
    async def post(self) -> None:
        """Check what was typed, one step at a time."""
        code, student, pin = (self.get_body_argument(name, "") for name in ("code", "student", "pin"))
        if not self.app.accounts.has_code(code):
            # Not counted: the class shares one address, and one student's wrong codes would shut the others out.
            typed = code[:LONGEST_SHOWN]  # to correct rather than to type anew
            wrong = "That isn't the class code. Look at the board and correct it."
            self._ask(typed=typed, problem=wrong if code.strip() else "Type the class code that is on the board.")
        elif student not in self.app.accounts.students:
            # Only the step with the names sends this field: the first step comes here without a problem.
            asked = "student" in self.request.body_arguments
            self._ask(code=code, problem="Pick your name from the list." if asked else "")
        else:
            await self._check_pin(code, student, pin)

    async def _check_pin(self, code: str, student: str, pin: str) -> None:
        throttle, key = self.app.name_throttle, self._guesser(student)
        if throttle.wait(key):
            self.set_status(429)
            self._ask(problem="There were too many tries. Wait five minutes, then try again.")
            return
        throttle.fail(key)  # counted before it is looked at: many tries at once are many tries
        try:
            # Stretching a PIN takes a while; the others' pages must not wait for it.
            await asyncio.to_thread(self.app.accounts.sign_in, student, pin)
        except ClassroomError as error:
            self._ask(code=code, chosen=student, problem=f"{error.message} {error.mend}")
        else:
            throttle.clear(key)
            self.let_in(student)

    def _guesser(self, student: str) -> str:
        """Return what tries are counted by. Guessing elsewhere must not shut a student out of their own browser."""
        return f"{student} on a known browser" if has_been_here(self, student) else student

    def _ask(self, **values: Any) -> None:
        known = {"code": "", "typed": "", "chosen": "", "problem": "", "wanted": self.wanted}
        names = self.app.accounts.students if values.get("code") else ()
        self.show("sign-in.html.j2", names=names, **{**known, **values})


class SignOut(Guard):
    """Leave this browser to the next student."""

    @web.authenticated
    def post(self) -> None:
        """Forget who was here. A POST, so that no other page can sign a student out."""
        self.identity_provider.clear_login_cookie(self)
        self.redirect("/sign-in")
