"""The small web that a lesson brings along: sites, pages, and the answer that is checked with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field

from kit.errors import LessonError
from kit.experiments.lateral_reading.search import Index
from kit.lessons.files import Record, make_record, read_yaml

Verdict = Literal["supported", "contradicted", "not-found"]
VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "not-found")
_STANCE: Mapping[str, str] = {"supported": "for", "contradicted": "against", "not-found": "against"}
"""What a page says that speaks for a verdict. "There is no such thing" speaks for having found nothing."""
_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Others(Record):
    """What somebody else says about a site."""

    by: str
    text: str


class Site(Record):
    """One website and who is behind it.

    Attributes
    ----------
    owner
        Decides what is independent. Students find it out by reading.
    look
        How its pages are dressed. A good look proves nothing, and a plain one neither.
    about
        In its own words.
    """

    id: str = Field(pattern=_ID)
    name: str
    address: str = Field(pattern=r"^[a-z0-9.-]+\.example$")
    owner: str
    look: Literal["paper", "plain", "office", "glossy", "homemade"]
    about: str
    others: Others | None = None


class Page(Record):
    """One page.

    Attributes
    ----------
    author, people
        Who signed it, as the page says it, and the persons among them for a citation.
    copy_of
        The page that this one was copied from.
    taken_from
        For single claims, the page from which this one has the fact.
    says
        For which claims it speaks, and how. For grading and tests; it never leaves Python.
    """

    id: str = Field(pattern=_ID)
    site: str
    path: str = Field(pattern=r"^/")
    title: str
    author: str
    people: tuple[str, ...] = ()
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    text: str
    links: tuple[str, ...]
    copy_of: str | None = None
    taken_from: dict[int, str] = Field(default_factory=dict)
    says: dict[int, Literal["for", "against"]]


class Claim(Record):
    """One sentence of the answer, and its name in a few words."""

    id: int = Field(ge=1)
    short: str
    text: str


class Answer(Record):
    """The answer that everybody checks."""

    asked: str
    note: str
    opening: str
    closing: str
    claims: tuple[Claim, ...] = Field(min_length=1)


R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Web:
    """All of it.

    Attributes
    ----------
    sites, pages
        By id.
    """

    answer: Answer
    sites: Mapping[str, Site]
    pages: Mapping[str, Page]

    @cached_property
    def claims(self) -> dict[int, Claim]:
        """The claims by number."""
        return {claim.id: claim for claim in self.answer.claims}

    @cached_property
    def index(self) -> Index:
        """The pages, ready to be searched."""
        return Index({key: (page.title, self.site_of(key).name, page.text) for key, page in self.pages.items()})

    def site_of(self, page_id: str) -> Site:
        """Return the site on which a page stands."""
        return self.sites[self.pages[page_id].site]

    def origin(self, page_id: str, claim: int) -> str:
        """Return whose word a page passes on about a claim: its owner's, or that of the page it was copied from."""
        page = self.pages[page_id]
        earlier = page.copy_of or page.taken_from.get(claim)
        return self.origin(earlier, claim) if earlier else self.sites[page.site].owner

    def independent(self, page_ids: Iterable[str], claim: int) -> frozenset[str]:
        """Return who really speaks in these pages about a claim. Copies and sites of one owner are one source."""
        return frozenset(self.origin(page_id, claim) for page_id in page_ids)

    def fits(self, page_id: str, claim: int, verdict: str) -> bool:
        """Tell whether a page speaks for a verdict on a claim."""
        return self.pages[page_id].says.get(claim) == _STANCE.get(verdict, "")

    def sources_for(self, page_ids: Iterable[str], claim: int, verdict: str) -> frozenset[str]:
        """Return the independent sources on which a verdict stands: those of the picked pages that speak for it.

        A page that says the opposite is no source for the verdict, but whoever weighs it against another may pick both.
        Where most of the sources that were picked say the opposite or nothing, nothing was chosen, and none counts.
        """
        picked = set(page_ids)
        fitting = {page for page in picked if self.fits(page, claim, verdict)}
        speaking = self.independent(fitting, claim)
        return speaking if len(speaking) >= len(self.independent(picked - fitting, claim)) else frozenset()


def load(folder: Path) -> Web:
    """Return the small web in a lesson's data folder.

    Raises
    ------
    LessonError
        Naming the file and what is wrong with it.
    """
    answer = make_record(Answer, read_yaml(folder / "answer.yml"), folder / "answer.yml")
    sites = {site.id: site for site in _records(Site, folder / "sites.yml", "sites")}
    pages = {page.id: page for page in _records(Page, folder / "pages.yml", "pages")}
    web = Web(answer, sites, pages)
    _look_for_loose_ends(web)
    return web


def _records(kind: type[R], file: Path, name: str) -> list[R]:
    found: Any = read_yaml(file).get(name)
    if not isinstance(found, list):
        raise LessonError(f"The file {file.name} should hold a list `{name}`.")
    return [make_record(kind, values if isinstance(values, dict) else {}, file) for values in found]


def _look_for_loose_ends(web: Web) -> None:
    for page in web.pages.values():
        if page.site not in web.sites:
            raise LessonError(f"The page {page.id} in pages.yml stands on a site `{page.site}` that isn't there.")
        named = {*page.links, *page.taken_from.values(), *filter(None, [page.copy_of])}
        if lost := sorted(named - web.pages.keys()):
            raise LessonError(f"The page {page.id} in pages.yml names a page `{lost[0]}` that isn't there.")
        if strange := sorted({*page.says, *page.taken_from} - web.claims.keys()):
            raise LessonError(f"The page {page.id} in pages.yml names a claim {strange[0]} that isn't there.")
    for site in web.sites.values():
        if site.others is not None and site.others.by not in web.sites:
            raise LessonError(f"About {site.id} in sites.yml somebody `{site.others.by}` speaks who isn't there.")
