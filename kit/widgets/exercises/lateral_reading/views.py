"""How the desk for lateral reading looks to a page: a site's page, a search result, and the corrected answer.

What a page says for or against a claim stays in Python: nothing here looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kit.experiments.lateral_reading import Page, Reading, Web
from kit.widgets.citations import Citation, cite

EXCERPT = 170


def view_page(web: Web, page: Page) -> dict[str, Any]:
    """Return one page with the name of its site and the links on it."""
    site = web.sites[page.site]
    return {
        "id": page.id,
        "title": page.title,
        "author": page.author,
        "date": in_words(page.date),
        "address": site.address + page.path,
        "site": {"id": site.id, "name": site.name, "address": site.address, "look": site.look},
        "paragraphs": [part.strip() for part in page.text.split("\n") if part.strip()],
        "links": [{"id": link, "title": web.pages[link].title, "site": web.site_of(link).name} for link in page.links],
    }


def view_result(web: Web, page_id: str, query: str) -> dict[str, Any]:
    """Return one line of a list of search results."""
    page, site = web.pages[page_id], web.site_of(page_id)
    excerpt = web.index.excerpt(page_id, query)
    return {
        "id": page_id,
        "title": page.title,
        "site": site.name,
        "address": site.address,
        "date": in_words(page.date),
        "excerpt": excerpt if len(excerpt) <= EXCERPT else excerpt[: EXCERPT - 1].rpartition(" ")[0] + " …",
    }


def view_site(web: Web, site_id: str) -> dict[str, Any]:
    """Return who is behind a site: its own words, and those of somebody else if there are any."""
    site = web.sites[site_id]
    others = site.others and {"by": web.sites[site.others.by].name, "text": site.others.text}
    return {"id": site.id, "name": site.name, "about": site.about, "others": others}


def view_evidence(web: Web, reading: Reading, claim: int) -> list[dict[str, Any]]:
    """Return the pages picked for a claim, and whether the student looked into their sites."""
    picked = reading.evidence.get(claim, [])
    return [
        {
            "page": page_id,
            "title": web.pages[page_id].title,
            "site": web.site_of(page_id).name,
            "known": web.site_of(page_id).id in reading.looked_up,
        }
        for page_id in picked
    ]


def cite_page(web: Web, page_id: str, seen: str) -> Citation:
    """Return a page's citation in MLA style."""
    page, site = web.pages[page_id], web.site_of(page_id)
    fields = {
        "kind": "web",
        "title": page.title,
        "authors": list(page.people),
        "site": site.name,
        "date": page.date,
        "url": site.address + page.path,
        "seen": seen,
    }
    return cite(fields, "mla")


def correct(web: Web, reading: Reading, sentences: Mapping[int, str], citations: Mapping[str, str]) -> str:
    """Return the corrected answer as text: what was kept or mended, each with the number of its source.

    Parameters
    ----------
    web, reading
        The claims, and what becomes of each.
    sentences
        The student's own words for a claim that was revised.
    citations
        The citation of each page that is cited.
    """
    numbers: dict[str, int] = {}
    lines = []
    for claim in web.answer.claims:
        mark = reading.marks.get(claim.id)
        words = {"accept": claim.text, "revise": sentences.get(claim.id, "").strip()}.get(mark or "", "")
        if words:
            source = reading.cited.get(claim.id)
            lines.append(f"{words} [{numbers.setdefault(source, len(numbers) + 1)}]" if source else words)
    listed = [f"[{number}] {citations[page]}" for page, number in numbers.items()]
    return "\n".join([*lines, "", "Sources", *listed]) if listed else "\n".join(lines)


def in_words(day: str) -> str:
    """Return a date as people write it: October 14, 2021."""
    found = date.fromisoformat(day)
    return f"{found:%B} {found.day}, {found.year}"


def day_of(time: str) -> str:
    """Return the day of an event by the class computer's calendar."""
    return datetime.fromisoformat(time).astimezone().date().isoformat()
