"""Checks on the lateral-reading desk: what was looked at, in what order, and whether a verdict fits the small web.

The right verdicts are handed in by the lesson's hidden tests. Everything else follows from the web and the journal, so
a journal written by hand earns what it shows and no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kit.experiments.lateral_reading import NAME, Reading, Web, load, read
from kit.grading.checks.evidence import data_folder, evidence
from kit.grading.checks.points import Points
from kit.journal import fold

Key = str
"""The right verdicts, a word for each claim: ``s`` supported, ``c`` contradicted, ``n`` not found; ``cn``: both are."""

_LETTERS = {"s": "supported", "c": "contradicted", "n": "not-found"}

LESSON = "who-says"
SOURCES = 2
_load = cache(load)


def guess_before_looking(points: float, *, lesson: str = LESSON) -> Points:
    """Give points for a guess that was locked before anything was searched or opened. What was guessed doesn't matter.

    Parameters
    ----------
    points
        The points for it.
    lesson
        The lesson with the small web.
    """
    _, reading = _read(lesson)
    if reading.guess is None:
        return Points(0, "There is no guess yet.")
    if reading.first_step is not None and reading.first_step < reading.guess.seq:
        return Points(0, "The guess came after the first look.")
    return Points(points, "The guess was locked before the first look.")


def claims_judged(points: float, key: Key, *, enough: int | None = None, lesson: str = LESSON) -> Points:
    """Give points for verdicts that fit what the small web says.

    Parameters
    ----------
    points
        The points for all of it.
    key
        The right verdicts in order, such as ``"s c cn"``.
    enough
        How many right verdicts give all points; every claim if not given.
    lesson
        The lesson with the small web.
    """
    web, reading = _read(lesson)
    answers = _verdicts(key)
    right = sum(_is_right(web, reading, claim, wanted) for claim, wanted in answers.items())
    enough = enough or len(answers)
    return Points.share(points, right, enough, f"{right} of {len(answers)} verdicts fit; {enough} give all points.")


def errors_found(points: float, key: Key, *, lesson: str = LESSON) -> Points:
    """Give points for the planted errors that were found. Calling a true claim wrong takes one back.

    Otherwise doubting everything would pay.

    Parameters
    ----------
    points
        The points for all of them.
    key
        The right verdicts in order, such as ``"s c cn"``.
    lesson
        The lesson with the small web.
    """
    web, reading = _read(lesson)
    answers = _verdicts(key)
    errors = {claim: right for claim, right in answers.items() if "supported" not in right}
    found = sum(_is_right(web, reading, claim, right) for claim, right in errors.items())
    accused = sum(reading.verdicts.get(claim) == "contradicted" for claim in answers.keys() - errors.keys())
    because = f"{found} of {len(errors)} errors were found"
    because += f", and {accused} true sentences were called wrong." if accused else "."
    return Points.share(points, max(0, found - accused), len(errors), because)


def independent_sources(points: float, *, claims: int = 6, lesson: str = LESSON) -> Points:
    """Give points for claims that are judged on two sources which don't copy from each other; half for one.

    A page counts if it speaks for the verdict that was given. Sites of one owner, and copies, are one source. Where
    most of what was picked says the opposite or nothing, none counts: to pick every page is not to choose.

    Parameters
    ----------
    points
        The points for all of it.
    claims
        How many such claims give all points.
    lesson
        The lesson with the small web.
    """
    web, reading = _read(lesson)
    sources = {claim: len(_sources(web, reading, claim)) for claim in reading.verdicts}
    whole = [claim for claim, count in sources.items() if count >= SOURCES]
    half = [claim for claim, count in sources.items() if count == 1]
    none = [claim for claim, count in sources.items() if not count and reading.evidence.get(claim)]
    done = min(claims, len(whole)) + 0.5 * min(len(half), max(0, claims - len(whole)))
    because = f"{len(whole)} of {claims} verdicts rest on two independent sources, {len(half)} on one."
    because += f" Only one source speaks for the verdict: sentence {_listed(half)}." if half else ""
    because += f" Most pages picked don't speak for the verdict: sentence {_listed(none)}." if none else ""
    return Points.share(points, done, claims, because)


def sites_looked_up(points: float, *, minimum: int = 4, lesson: str = LESSON) -> Points:
    """Give points for asking who is behind a site before judging a claim on its word.

    A site counts if one of its pages was picked that says something about the claim.

    Parameters
    ----------
    points
        The points for all of it.
    minimum
        How many sites give all points.
    lesson
        The lesson with the small web.
    """
    web, reading = _read(lesson)
    known = {
        web.pages[page].site
        for claim, judged in reading.judged_at.items()
        for page in reading.evidence.get(claim, [])
        if claim in web.pages[page].says and reading.looked_up.get(web.pages[page].site, judged) < judged
    }
    return Points.share(
        points, len(known), minimum, f"{len(known)} of {minimum} sites were looked into before a verdict on their word."
    )


def answer_cited(points: float, *, cited: int = 4, lesson: str = LESSON) -> Points:
    """Give points for a marked-up answer: half for a mark on each claim, half for sentences with a source.

    A sentence has a source if the page that is cited is among the student's evidence for it, and speaks about it; for a
    sentence that was kept, it must say the same. A revised sentence must be written. What that says, people judge.

    Parameters
    ----------
    points
        The points for all of it.
    cited
        How many sentences with a source give their half of the points.
    lesson
        The lesson with the small web.
    """
    web, reading = _read(lesson)
    answers = fold(evidence()).answers
    written = {claim for claim in web.claims if _words(answers.get(f"{NAME}-sentence-{claim}"))}
    accepted = {claim for claim, mark in reading.marks.items() if mark == "accept"}
    revised = {claim for claim, mark in reading.marks.items() if mark == "revise"}
    citing = (accepted | (revised & written)) & reading.cited.keys()
    sourced = {claim for claim in citing if _carries(web, reading, claim)}
    done = min(1.0, len(sourced) / cited) + len(reading.marks) / len(web.claims)
    because = (
        f"{len(reading.marks)} of {len(web.claims)} sentences are marked, {len(sourced)} of {cited} have a source."
    )
    if lost := sorted(citing - sourced):
        because += f" The page that is cited doesn't say it: sentence {_listed(lost)}."
    return Points.share(points, done, 2, because)


def _read(lesson: str) -> tuple[Web, Reading]:
    web = _load(data_folder(lesson))
    return web, read(evidence(), web)


def _verdicts(key: Key) -> dict[int, set[str]]:
    return {claim: {_LETTERS[letter] for letter in word} for claim, word in enumerate(key.split(), 1)}


def _is_right(web: Web, reading: Reading, claim: int, right: set[str]) -> bool:
    """Tell whether a verdict is right, and more than a click: it stands on a page, or was searched for in vain.

    Any page would be too little, and so would every page. Most sentences of the answer are true, so that who believes
    them all and picks what comes along would be right about most.
    """
    verdict = reading.verdicts.get(claim)
    if verdict is None or verdict not in right:
        return False
    if verdict == "not-found":
        return any(step.action == "search" and step.claim == claim for step in reading.steps)
    return bool(_sources(web, reading, claim))


def _sources(web: Web, reading: Reading, claim: int) -> frozenset[str]:
    return web.sources_for(reading.evidence.get(claim, []), claim, reading.verdicts[claim])


def _carries(web: Web, reading: Reading, claim: int) -> bool:
    """Tell whether the page cited for a sentence says something about it, and for one that was kept, the same."""
    says = web.pages[reading.cited[claim]].says.get(claim)
    return says == "for" if reading.marks[claim] == "accept" else says is not None


def _listed(claims: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(claims)))


def _words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
