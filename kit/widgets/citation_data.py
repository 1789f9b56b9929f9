"""From the source log's plain fields to CSL's data, and what a student should still add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.widgets.citations import Style

CSL_TYPES: Mapping[str, str] = {
    "web": "webpage",
    "book": "book",
    "encyclopedia": "entry-encyclopedia",
    "interview": "personal_communication",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
LONG_WORD = 3
UNFIT = re.compile("[\x00-\x1f\x7f\ue000\ue001]")


def to_csl(source: Mapping[str, Any], style: Style) -> dict[str, Any]:
    """Return a source as CSL's JSON.

    Parameters
    ----------
    source
        The fields of the source log.
    style
        Which manual the data are for: they differ on where an organization stands when nobody is named.
    """
    kind = source.get("kind", "web")
    title, site, url = (_tidy(source.get(name, "")) for name in ("title", "site", "url"))
    authors = _authors(source)
    if not authors and site and _group_writes(kind, style):
        authors = [{"literal": site}]
    csl_type = CSL_TYPES[kind]
    if kind == "encyclopedia" and style == "chicago" and not (authors or url):
        # citeproc-py prints the title of an unsigned, printed reference work twice in Chicago's notes.
        csl_type = "chapter"
    item: dict[str, Any] = {"id": "source", "type": csl_type, "author": authors, "language": "en-US"}
    item |= _issued(source)
    if kind == "interview":
        item |= {"genre": "Personal interview"} if style == "mla" else {}
    else:
        item |= {"title": title, "URL": url} | _publication(kind, site, authors) | _seen(source, url)
    return {key: value for key, value in item.items() if value}


def _group_writes(kind: str, style: Style) -> bool:
    # When no person is named, APA and Chicago name the organization behind a page as its author; MLA begins with the
    # title. Chicago doesn't do so for a reference work, which it names by its own title.
    return (style == "apa" and kind in ("web", "encyclopedia")) or (style == "chicago" and kind == "web")


def _publication(kind: str, site: str, authors: list[dict[str, str]]) -> dict[str, str]:
    if kind == "book":
        return {"publisher": site}
    # All three manuals leave out the site's name when the site itself is the author.
    said = kind == "web" and authors == [{"literal": site}]
    return {} if said else {"container-title": site}


def _authors(source: Mapping[str, Any]) -> list[dict[str, str]]:
    return [parse_name(name) for line in source.get("authors", []) if (name := _tidy(line))]


def parse_name(name: str) -> dict[str, str]:
    """Return a name's parts, from "Ana Rivera", "Rivera, Ana", "Ludwig van Beethoven" or "Martin Luther King Jr.".

    A name of one word stays as it is.
    """
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
        return {"family": family, "given": given} if given else {"literal": family}
    words = name.split()
    suffix = words.pop() if words[2:] and words[-1] in SUFFIXES else ""
    if len(words) == 1:
        return {"literal": words[0]}
    start = next((index for index, word in enumerate(words[1:-1], 1) if word.islower()), len(words) - 1)
    parts = {"given": " ".join(words[:start]), "family": " ".join(words[start:])}
    return parts | ({"suffix": suffix} if suffix else {})


def _issued(source: Mapping[str, Any]) -> dict[str, Any]:
    written = _tidy(source.get("date", ""))
    # A date in words we can't read is left out and hinted at: citeproc-py would print it twice in APA.
    parts = parse_date(written)
    return {"issued": {"date-parts": [parts]}} if parts else {}


def _seen(source: Mapping[str, Any], url: str) -> dict[str, Any]:
    parts = parse_date(_tidy(source.get("seen", "")))
    return {"accessed": {"date-parts": [parts]}} if parts and url else {}


def parse_date(written: str) -> list[int]:
    """Return year, month and day as far as they are said, or nothing.

    Understands ``2024``, ``2024-03``, ``2024-03-05``, ``3/5/2024``, ``March 2024``, ``March 5, 2024``,
    ``5 March 2024``.
    """
    if found := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", written):
        return _checked([int(part) for part in found.groups() if part])
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", written):
        first, second, year = (int(part) for part in found.groups())
        return _checked([year, first, second])
    for pattern in (
        r"(?P<month>[A-Za-z]{3,9})\.?(?: (?P<day>\d{1,2}))?,? (?P<year>\d{4})",
        r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})",
    ):
        found = re.fullmatch(pattern, written)
        if found and (month := found["month"][:3].lower()) in MONTHS:
            days = [int(found["day"])] if found["day"] else []
            return _checked([int(found["year"]), MONTHS.index(month) + 1, *days])
    return []


def _checked(parts: list[int]) -> list[int]:
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return []
    return parts


def hints_for(source: Mapping[str, Any], style: Style) -> Iterator[str]:
    """Tell what a student should look for, the most important first."""
    if source.get("kind") == "interview":
        yield from _interview_hints(source, style)
    else:
        yield from _missing_hints(source)
        if style == "apa" and _has_many_capitals(source.get("title", "")):
            yield "APA writes titles like a sentence: a capital for the first word and for names only."


def _missing_hints(source: Mapping[str, Any]) -> Iterator[str]:
    kind = source.get("kind", "web")
    if not source.get("title", "").strip():
        yield "Add the title. Every style needs it."
    if not _authors(source):
        yield _AUTHOR_HINTS[kind]
    if not source.get("site", "").strip():
        yield _SITE_HINTS[kind]
    yield from _date_hints(_tidy(source.get("date", "")))
    if kind == "web" and not source.get("url", "").strip():
        yield "Add the address (URL), so that others can find the page."


def _date_hints(written: str) -> Iterator[str]:
    if not written:
        yield "No date yet. Look near the title or at the very bottom. If there is none, leave it empty."
    elif not parse_date(written):
        yield "Write the date like 2024, March 2024 or 2024-03-05."


_AUTHOR_HINTS = {
    "web": "No author yet. Look at the top and the bottom of the page, or for an “About” link.",
    "book": "No author yet. Look at the cover, or at the first pages.",
    "encyclopedia": "No author yet. Look at the end of the entry. Many entries have none; then leave it empty.",
}
_SITE_HINTS = {
    "web": "Who runs the site? Add the name of the website or organization.",
    "book": "Add the publisher. It is on the first pages of the book.",
    "encyclopedia": "Add the name of the encyclopedia.",
}


def _interview_hints(source: Mapping[str, Any], style: Style) -> Iterator[str]:
    if not _authors(source):
        yield "Add the name of the person you talked to. Ask first if you may name them."
    if not source.get("date", "").strip():
        yield "Add the day of the interview."
    if style == "apa":
        yield "APA names your own interview in the sentence where you use it, not in the list at the end."
    if style == "chicago":
        yield "Chicago puts your own interview in a note, not in the list at the end."


def _has_many_capitals(title: str) -> bool:
    words = [word for word in title.split()[1:] if len(word) > LONG_WORD]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _tidy(text: str) -> str:
    return " ".join(UNFIT.sub(" ", text).split())
