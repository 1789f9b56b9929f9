"""Who is in the class: a code for all, and for each pseudonym a personal link and a PIN. Only hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from kit.errors import ClassroomError
from kit.settings import Course

PIN_LENGTHS = range(4, 9)
# No letters or digits that look alike on a board.
_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


@dataclass(frozen=True, slots=True)
class Account:
    """One student's two ways in, as hashes. Empty when that way was never set up.

    Every reset makes a new ``since``, and browsers that were signed in before it no longer are.
    """

    link: str = ""
    pin: str = ""
    since: str = ""


class Accounts:
    """The sign-in file of one course, ``.kit/accounts.json``, readable by its owner only.

    Every call reads the file anew: the teacher's command line and the app may both change it.
    """

    def __init__(self, course: Course) -> None:
        self._path = course.private / "accounts.json"

    @property
    def class_code(self) -> str:
        """The code that the teacher writes on the board."""
        return str(self._read()["class_code"])

    @property
    def students(self) -> tuple[str, ...]:
        """Every pseudonym, sorted."""
        return tuple(sorted(self._read()["students"]))

    def enroll(self, students: Iterable[str]) -> None:
        """Add students who aren't there yet. Nobody's PIN or link changes."""
        with self._locked() as data:
            for student in students:
                data["students"].setdefault(student, asdict(Account()))

    def new_link(self, student: str) -> str:
        """Return a new secret for a student's personal link. An older link stops working."""
        token = secrets.token_urlsafe(24)
        self._change(student, link=_digest(token))
        return token

    def find_link(self, token: str) -> str | None:
        """Return whose link this is."""
        wanted = _digest(token)
        for student, account in self._all().items():
            if account.link and hmac.compare_digest(account.link, wanted):
                return student
        return None

    def has_code(self, code: str) -> bool:
        """Whether this is the class code. Capitals and spaces don't matter."""
        typed = "".join(code.lower().split())
        return hmac.compare_digest(typed.encode(), self.class_code.encode())

    def has_pin(self, student: str) -> bool:
        """Whether the student has chosen a PIN already."""
        return bool(self._all().get(student, Account()).pin)

    def check_pin(self, student: str, pin: str) -> bool:
        """Whether this is the student's PIN. Slow on purpose: a PIN is short."""
        salt, _, known = self._all().get(student, Account()).pin.partition("$")
        return bool(known) and hmac.compare_digest(known, _stretch(pin, bytes.fromhex(salt)))

    def sign_in(self, student: str, pin: str) -> None:
        """Let a student in who knows the PIN, or who types the first one.

        Raises
        ------
        ClassroomError
            If it is another PIN, or can't be one.
        """
        if not self.has_pin(student):
            self.choose_pin(student, pin)
        elif not self.check_pin(student, pin):
            raise ClassroomError("That isn't the PIN for this name.", mend="Try again, or ask your teacher.")

    def choose_pin(self, student: str, pin: str) -> None:
        """Set a student's first PIN.

        Raises
        ------
        ClassroomError
            If it isn't four to eight digits, or the student has one already.
        """
        if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
            raise ClassroomError("A PIN is 4 to 8 digits.", mend="Choose another PIN.")
        salt = secrets.token_bytes(16)
        stretched = f"{salt.hex()}${_stretch(pin, salt)}"
        with self._locked() as data:
            account = _account(data, student)
            if account.pin:
                raise ClassroomError("This name has a PIN already.", mend="Type that PIN, or ask your teacher.")
            data["students"][student] = asdict(replace(account, pin=stretched))

    def reset(self, student: str) -> None:
        """Take back a student's PIN and link and sign them out everywhere; their work stays.

        For a forgotten PIN, a lost link, and a name that somebody else took first.

        Raises
        ------
        ClassroomError
            If the name isn't in the class.
        """
        if student not in self.students:  # asked first, so that a slip in the course's name makes no new course
            raise ClassroomError("That name isn't in this class.", mend="Look at the class list, and at --course.")
        self._change(student, pin="", link="", since=secrets.token_hex(8))

    def since(self, student: str) -> str:
        """Return the mark of a student's last reset."""
        return self._all().get(student, Account()).since

    def is_current(self, student: str, since: str) -> bool:
        """Whether somebody who signed in then is still in the class, and was not signed out by a reset."""
        account = self._all().get(student)
        return account is not None and account.since == since

    def _all(self) -> dict[str, Account]:
        return {name: Account(**fields) for name, fields in self._read()["students"].items()}

    def _change(self, student: str, **fields: str) -> None:
        with self._locked() as data:
            data["students"][student] = asdict(replace(_account(data, student), **fields))

    def _read(self) -> dict[str, Any]:
        if not self._path.exists():
            return {"class_code": "", "students": {}}
        data: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        return data

    def _locked(self) -> _Change:
        return _Change(self._path)


class _Change:
    """Read, change and replace the file in one locked step; a crash leaves the old file whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FileLock(path.with_suffix(".lock"), timeout=10)

    def __enter__(self) -> dict[str, Any]:
        self._lock.acquire()
        self._data: dict[str, Any] = (
            json.loads(self._path.read_text(encoding="utf-8"))
            if self._path.exists()
            else {"class_code": _new_code(), "students": {}}
        )
        return self._data

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                write_private(self._path, json.dumps(self._data, indent=1))
        finally:
            self._lock.release()


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step with one that only its owner may read."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _new_code() -> str:
    letters = [secrets.choice(_CODE_LETTERS) for _ in range(6)]
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def _account(data: dict[str, Any], student: str) -> Account:
    if student not in data["students"]:
        raise ClassroomError("That name isn't in this class.", mend="Pick a name from the list.")
    return Account(**data["students"][student])


def _digest(token: str) -> str:
    # The token is 192 random bits, so a plain hash can't be searched.
    return hashlib.sha256(token.encode()).hexdigest()


def _stretch(pin: str, salt: bytes) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, **_SCRYPT).hex()
