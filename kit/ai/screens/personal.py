"""The personal-data screen: puts a label in the place of what tells who somebody is.

It catches some, not all: a bare name, a nickname or a story can still tell. It is a net under the rope, not the rope.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HONEST_LIMIT", "Masked", "mask"]

HONEST_LIMIT = "This screen catches some personal data, not all."

_Span = tuple[int, int, str]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_MES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?"
    rf"|\d{{1,2}} de {_MES}(?: del? \d{{4}})?|\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}})"
)
_STREET = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|boulevard|blvd|terrace"
    r"|parkway|pkwy|highway|hwy|(?-i:Circle|Cir|Way|Place|Pl|Trail|Trl|Loop|Square|Sq))"
)
_NAME = r"[^\W\d_][\w'-]*(?: (?-i:[A-ZÁÉÍÓÚÑ])[\w'-]*){0,2}"
_APPS = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|discord|roblox|fortnite|steam|twitch|xbox|psn|twitter|youtube"
    r"|gamertag|user ?name|user|handle)"
)
_SCHOOL = r"(?:(?-i:[A-Z])[\w'.-]* ){1,4}(?:elementary|middle|high|junior high|school|academy)(?: school)?"
_SCHOOL_ID = r"(?:student|school|lunch|pupil|badge)[ -]?(?:id|number|no|num|pin|code)?\.?(?: (?:is|number|#))*[ :=#]*"
_HOUSE = rf"\d{{1,6}}(?: [nsew]\.?| north| south| east| west)?(?: [^\W\d_][\w'.-]*){{1,4}} {_STREET}\b\.?"
_FLAT = r"(?:,? (?:apt|apartment|unit|suite|#) ?#?\w{1,5})?"
_ACCOUNT = rf"(?:my|mi) {_APPS}(?: (?:name|tag|user|account|handle))?(?: is| es|:|=| -)+ ?"
_BORN = r"(?:birthday|bday|b-day|dob|date of birth|born|cumpleaños|nací|naci)\b(?: (?:is|was|on|in|es|el|:))*[ :]*"
_CALLED = r"(?:my (?:full |real |last |first )?name(?:'s| is)|mi nombre es|me llamo|i am called) "

# Each pattern masks its group "it", or the whole match. Order doesn't matter: spans are merged.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("social security number", r"\b\d{3}[- .]\d{2}[- .]\d{4}\b"),
    ("social security number", r"\b(?:ssn|social(?: security)?(?: number)?)\D{0,12}(?P<it>\d{9})\b"),
    ("school id", rf"\b{_SCHOOL_ID}(?P<it>[a-z]?\d{{4,12}})\b"),
    ("school id", r"\b(?:my )?(?:id|pin)(?: number)?(?: is|:|=| #)[ #]*(?P<it>[a-z]?\d{4,12})\b"),
    ("phone number", r"(?<![\d.-])\(?\d{3}\)?[-. ]?\d{3}[-. ]\d{4}(?![\d-])"),
    ("phone number", r"(?<![\d.-])\d{3}[-.]\d{4}(?![\d-])"),
    ("address", rf"\b{_HOUSE}{_FLAT}"),
    ("address", r"\bp\.? ?o\.? box \d{1,6}\b"),
    ("address", r"\b(?:calle|avenida|av\.|carrera|colonia) [^\W\d_][\w' .-]{1,30}? (?:#|no\.? ?|número )?\d{1,5}\b"),
    ("account name", r"(?<![\w.])@[a-z0-9_](?:[\w.]{1,28}\w)"),
    ("account name", rf"\b{_ACCOUNT}(?P<it>[\w.#-]{{3,32}})"),
    ("account name", rf"\badd me on {_APPS}(?:[: ]|is)+(?P<it>[\w.#-]{{3,32}})"),
    ("birthday", rf"\b{_BORN}(?P<it>{_DATE})"),
    ("birthday", r"\b(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])[/.-](?:20[01]\d|19[5-9]\d)\b"),
    ("name", rf"\b{_CALLED}(?P<it>{_NAME})"),
    ("school", rf"\bi (?:go to|attend|study at) (?P<it>{_SCHOOL})\b"),
    ("web address of a person", r"\b(?:instagram|facebook|tiktok|twitter|x|snapchat)\.com/(?P<it>[\w.@-]+)"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_MAIL = re.compile(
    r"[\w.+'%-]{1,64}\s?(?:@|\(at\)|\[at\]| at )\s?[\w-]{1,63}(?:(?:\.|\s?\(dot\)\s?| dot )[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_SELECTORS = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # how a sign is drawn; nothing by themselves
_SPOKEN = (
    (re.compile(r"\s?(?:\(at\)|\[at\]| at )\s?", re.I), "@"),
    (re.compile(r"\s?(?:\(dot\)| dot )\s?", re.I), "."),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without the personal data that was found.

    Attributes
    ----------
    text
        With ``[email]`` and the like in place of what was found.
    kinds
        What was found, each kind once, in the order of the text.
    """

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """Return the text with labels in place of personal data; digits in fancy dress are made plain first."""
    plain = _plain(text)
    spans = _merged(sorted(span for finder in (_patterns, _mails, _phones) for span in finder(plain)))
    if not spans:
        return Masked(text, ())
    parts, end = [], 0
    for start, stop, kind in spans:
        parts += [plain[end:start], f"[{kind}]"]
        end = stop
    return Masked("".join([*parts, plain[end:]]), tuple(dict.fromkeys(kind for _, _, kind in spans)))


def _plain(text: str) -> str:
    """Return the text with plain digits, and without what nobody sees, which would stand between them."""
    kept = [" "]
    for sign in unicodedata.normalize("NFKC", text):
        kind = unicodedata.category(sign)
        on_a_digit = kind in {"Mn", "Me"} and kept[-1].isascii() and not kept[-1].isalpha()
        if kind != "Cf" and not on_a_digit and not _SELECTORS.fullmatch(sign):
            kept.append(str(unicodedata.digit(sign, sign)))
    return "".join(kept[1:])


def _patterns(text: str) -> Iterator[_Span]:
    for kind, pattern in _COMPILED:
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            yield *match.span(group), kind


def _mails(text: str) -> Iterator[_Span]:
    from email_validator import EmailNotValidError, validate_email

    for match in _MAIL.finditer(text):
        address = match[0]
        for spoken, sign in _SPOKEN:
            address = spoken.sub(sign, address)
        try:
            validate_email(address.replace(" ", ""), check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            if "@" not in match[0]:  # "meet at noon. dot" is not an address; "me@school.local" is one to us
                continue
        yield *match.span(), "email"


def _phones(text: str) -> Iterator[_Span]:
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.VALID):
        yield match.start, match.end, "phone number"


def _merged(spans: list[_Span]) -> list[_Span]:
    kept: list[_Span] = []
    for start, stop, kind in spans:
        if kept and start < kept[-1][1]:
            first, last, name = kept[-1]
            kept[-1] = (first, max(last, stop), name)
        else:
            kept.append((start, stop, kind))
    return kept
