"""Who is asking: one signed cookie, which holds a pseudonym and nothing else."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado import web

from kit.classroom.accounts import Accounts

COOKIE = "kit-student"
KNOWN = "kit-known"
_DAYS = 14
_KNOWN_DAYS = 300


class ClassIdentity(IdentityProvider):
    """Students are known by a signed cookie that scripts can't read and other sites can't send.

    There is no token in any URL, no anonymous visitor, and no login page of Jupyter's own.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "token": ""})

    @property
    def accounts(self) -> Accounts:
        """The class list of the running app."""
        accounts: Accounts = self.parent.accounts  # type: ignore[union-attr]  # the app is always its parent
        return accounts

    async def get_user(self, handler: web.RequestHandler) -> User | None:
        """Return the student of a genuine cookie who is still in the class, else nobody."""
        value = handler.get_signed_cookie(COOKIE, max_age_days=_DAYS)
        name, _, since = value.decode("utf-8", "replace").partition(" ") if value else ("", "", "")
        return User(username=name) if self.accounts.is_current(name, since) else None

    def set_login_cookie(self, handler: web.RequestHandler, user: User) -> None:
        """Sign a student in on this browser."""
        since = self.accounts.since(user.username)
        self._keep(handler, COOKIE, f"{user.username} {since}", _DAYS)
        self._keep(handler, KNOWN, user.username, _KNOWN_DAYS)

    @staticmethod
    def _keep(handler: web.RequestHandler, name: str, value: str, days: int) -> None:
        handler.set_signed_cookie(
            name,
            value,
            expires_days=days,
            path="/",
            httponly=True,
            samesite="Lax",  # the personal link may be opened from a mail or a class page
            secure=handler.request.protocol == "https",
        )

    def clear_login_cookie(self, handler: web.RequestHandler) -> None:
        """Sign out on this browser."""
        handler.clear_cookie(COOKIE, path="/")

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return none: signing in is done by the kit's own pages."""
        return []


def has_been_here(handler: web.RequestHandler, student: str) -> bool:
    """Whether this student was the last to sign in on this browser."""
    return handler.get_signed_cookie(KNOWN, max_age_days=_KNOWN_DAYS) == student.encode()
