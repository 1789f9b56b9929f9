"""What a message that a student makes up must be: short, and with nothing in it that leads to somebody real."""

from __future__ import annotations

import re

LONGEST_MESSAGE = 160
FEWEST_WORDS = 4
WANTS = ("money", "secret", "tap", "facts")
"""What a scam is after: money, a password or code, a tap on a link, facts about a person."""

_ADDRESS = re.compile(r"(?:[\w.+-]+@)?(?:https?://)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.I)
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?(?:\(?\d{3}\)?[ .-]?)?\d{3}[ .-]?\d{4}(?!\d)")
_MADE_UP_PHONE = re.compile(r"555[ .-]?01\d\d$")


def find_real_detail(text: str) -> str | None:
    """Return the first address or phone number that may be real; ``None`` if all are made up.

    Addresses that end in ``.example`` and phone numbers 555-0100 to 555-0199 belong to nobody.
    """
    for found in _ADDRESS.findall(text):
        if not found.lower().endswith(".example"):
            return str(found)
    for found in _PHONE.finditer(text):
        if not _MADE_UP_PHONE.search(found.group()):
            return found.group().strip()
    return None
