"""The lateral-reading desk: guess, check an answer's claims on a small web, then mark the answer up.

Searching, opening and judging are written down here, in Python, before the page hears of them. The page can't open what
the web doesn't have, pick what was never opened, or judge without having looked. It never learns which claim is true.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from kit.errors import LessonError, MessageRefused, NotSaved
from kit.experiments import card_id
from kit.experiments.lateral_reading import NAME, Reading, Web, load, read
from kit.experiments.lateral_reading.search import words
from kit.widgets.card import Action, Message
from kit.widgets.exercises.exercise import Exercise
from kit.widgets.exercises.lateral_reading.views import (
    cite_page,
    correct,
    day_of,
    view_evidence,
    view_page,
    view_result,
    view_site,
)

if TYPE_CHECKING:
    from kit.journal import Event
    from kit.widgets.desk import Desk

Part = Literal["guess", "check", "answer"]
TITLES: dict[Part, str] = {
    "guess": "The AI's answer: your guess",
    "check": "The checking desk",
    "answer": "The answer with my name on it",
}
MOST_STEPS = 1500
PROMPT = "answer"


class OnClaim(Message):
    """Something about one claim."""

    claim: int = Field(ge=1, le=99)


class FirstGuess(Message):
    """Which claims sound wrong, and which sounds the most wrong."""

    wrong: list[int] = Field(max_length=99)
    most: int = Field(ge=1, le=99)


class Query(OnClaim):
    """Words to search for."""

    query: str = Field(max_length=80)


class OnPage(OnClaim):
    """A page to open."""

    page: str = Field(max_length=64)


class OnSite(OnClaim):
    """A site to look into."""

    site: str = Field(max_length=64)


class Pick(OnPage):
    """A page taken as evidence, or taken back."""

    picked: bool


class Judge(OnClaim):
    """What the evidence says about the claim."""

    verdict: Literal["supported", "contradicted", "not-found"]


class MarkUp(OnClaim):
    """What becomes of the claim in the corrected answer, and the page that is cited for it; empty for none."""

    mark: Literal["accept", "revise", "reject"]
    cite: str = Field(max_length=64)


class Words(OnClaim):
    """A student's own words on a claim."""

    text: str = Field(max_length=2_000)


class LateralReading(Exercise):
    """One part of the work on an answer.

    Parameters
    ----------
    desk
        Where everything is kept.
    part
        ``guess``: say what sounds wrong, and lock it. ``check``: the desk with the small web. ``answer``: keep, revise
        or cut each claim.
    minimum
        How many claims must be judged for the desk to be done.
    into
        The field on the same page into which the corrected answer can be put.
    """

    parts = ("lateral-reading",)

    def __init__(self, desk: Desk, part: Part = "check", minimum: int = 6, into: str = "") -> None:
        if part not in TITLES:
            raise LessonError("The checking desk has the parts `guess`, `check` and `answer`.")
        self._part: Part = part
        self._minimum = minimum
        self._into = into
        self._citations: dict[str, list[list[Any]]] = {}
        super().__init__(desk, card_id(NAME, {"part": part}), TITLES[part])
        # The desk opens when the guess is locked, and the last part shows what was found at the desk.
        desk.listen(self.refresh)

    @cached_property
    def web(self) -> Web:
        """The small web of this lesson."""
        return _load(self.desk.data_folder)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Guess; or search, open, look into, pick, judge and give a reason; or mark up and rewrite."""
        parts: dict[Part, dict[str, Action[Any]]] = {
            "guess": {"guess": Action(FirstGuess, self._guess)},
            "check": {
                "search": Action(Query, self._search),
                "open": Action(OnPage, self._open),
                "who": Action(OnSite, self._who),
                "evidence": Action(Pick, self._pick),
                "verdict": Action(Judge, self._judge),
                "reason": Action(Words, lambda message: self._write("why", message)),
            },
            "answer": {
                "mark": Action(MarkUp, self._mark),
                "sentence": Action(Words, lambda message: self._write("sentence", message)),
            },
        }
        return parts[self._part]

    def view(self) -> dict[str, Any]:
        """Return the answer, the guess, and what was found about each claim."""
        reading, answers = self._reading(), self.desk.state().answers
        view = {
            "part": self._part,
            "title": self.title,
            "lesson": self.desk.lesson.slug,
            "minimum": self._minimum,
            "answer": {name: getattr(self.web.answer, name) for name in ("asked", "note", "opening", "closing")},
            "guess": reading.guess
            and {"wrong": list(reading.guess.wrong), "most": reading.guess.most, "time": reading.guess.time},
            "claims": [self._view_claim(number, reading, answers) for number in self.web.claims],
            "last": reading.steps[-1].claim if reading.steps else None,
        }
        return view | (self._corrected(reading, answers) if self._part == "answer" else {})

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Want a locked guess, or enough claims judged, or for every claim a mark and what goes with it."""
        match self._part:
            case "guess":
                return view["guess"] is not None
            case "check":
                return sum(claim["verdict"] is not None for claim in view["claims"]) >= self._minimum
            case _:
                return all(claim["mark"] and not claim["missing"] for claim in view["claims"])

    # What the student does

    def _guess(self, message: FirstGuess) -> Mapping[str, Any]:
        wrong = sorted(set(message.wrong))
        self._known(message.most, *wrong)
        with self.desk.one_at_a_time():
            if self._reading().guess:
                raise NotSaved("Your guess is locked.", mend="Look at the bottom of this card: it is there.")
            bet = f"{len(wrong)} of {len(self.web.claims)} are wrong; number {message.most} the most"
            value = {"prompt": PROMPT, "bet": bet, "wrong": wrong, "most": message.most}
            return {"time": self.desk.record("prediction", NAME, value).time}

    def _search(self, message: Query) -> Mapping[str, Any]:
        self._at_the_desk(message)
        if not words(message.query):
            mend = "Type two or three longer words from the sentence."
            raise MessageRefused("There is nothing to search for in that.", mend=mend)
        found = self.web.index.search(message.query)
        self._record("search", message, {"pages": found}, query=message.query)
        return {"results": [view_result(self.web, page_id, message.query) for page_id in found]}

    def _open(self, message: OnPage) -> Mapping[str, Any]:
        self._at_the_desk(message)
        if message.page not in self.web.pages:
            raise MessageRefused("There is no such page in this small web.", mend="Search for it.")
        steps = self._reading().steps
        last = (steps[-1].action, steps[-1].claim, steps[-1].target) if steps else None
        if last != ("open", message.claim, message.page):
            self._record("open", message, {}, page=message.page)
        return view_page(self.web, self.web.pages[message.page])

    def _who(self, message: OnSite) -> Mapping[str, Any]:
        self._at_the_desk(message)
        if message.site not in self.web.sites:
            raise MessageRefused("There is no such site in this small web.", mend="Open a page first.")
        self._record("who", message, {}, site=message.site)
        return view_site(self.web, message.site)

    def _pick(self, message: Pick) -> Mapping[str, Any]:
        self._at_the_desk(message)
        if message.page not in self._reading().opened:
            raise MessageRefused("You haven't read this page yet.", mend="Open it first.")
        page, site = self.web.pages[message.page], self.web.site_of(message.page)
        result = {"picked": message.picked, "title": page.title, "site": site.name, "about": self._short(message)}
        return {"time": self._record("evidence", message, result, page=message.page).time}

    def _judge(self, message: Judge) -> Mapping[str, Any]:
        self._at_the_desk(message)
        reading = self._reading()
        if message.verdict != "not-found" and not reading.evidence.get(message.claim):
            mend = "Open a page and use it as evidence, or say that you found nothing."
            raise NotSaved("There is no evidence for this sentence yet.", mend=mend)
        searched = any(step.action == "search" and step.claim == message.claim for step in reading.steps)
        if message.verdict == "not-found" and not searched:
            raise NotSaved("You haven't searched for this sentence yet.", mend="Search at least once.")
        result = {"verdict": message.verdict, "about": self._short(message)}
        return {"time": self._record("verdict", message, result).time}

    def _mark(self, message: MarkUp) -> Mapping[str, Any]:
        self._known(message.claim)
        picked = self._reading().evidence.get(message.claim, [])
        if message.cite and message.cite not in picked:
            raise NotSaved("That page isn't among your evidence for this sentence.", mend="Pick it at the desk first.")
        result = {"mark": message.mark, "cite": message.cite or None}
        return {"time": self._record("mark", message, result).time}

    def _write(self, what: str, message: Words) -> Mapping[str, Any]:
        self._known(message.claim)
        return {"time": self.desk.record("answer", f"{NAME}-{what}-{message.claim}", message.text).time}

    # What the above stand on

    def _reading(self) -> Reading:
        return read(self.desk.events(), self.web)

    def _known(self, *claims: int) -> None:
        if not set(claims) <= set(self.web.claims):
            raise MessageRefused("The answer has no such sentence.", mend="Reload the page.")

    def _at_the_desk(self, message: OnClaim) -> None:
        self._known(message.claim)
        if self._reading().guess is None:
            raise MessageRefused("First you guess, then you look.", mend="Lock your guess.")

    def _short(self, message: OnClaim) -> str:
        return self.web.claims[message.claim].short

    def _record(self, action: str, message: OnClaim, result: dict[str, Any], **params: Any) -> Event:
        self.desk.require_room(NAME, MOST_STEPS)
        value = {"action": action, "params": {"claim": message.claim, **params}, "result": result}
        return self.desk.record("run", NAME, value)

    def _view_claim(self, number: int, reading: Reading, answers: Mapping[str, Any]) -> dict[str, Any]:
        claim, picked = self.web.claims[number], reading.evidence.get(number, [])
        view = {
            "id": number,
            "short": claim.short,
            "text": claim.text,
            "verdict": reading.verdicts.get(number),
            "evidence": view_evidence(self.web, reading, number),
            "sources": len(self.web.independent(picked, number)),
            "why": _text(answers.get(f"{NAME}-why-{number}")),
        }
        if self._part == "check":
            return view | {"seconds": reading.seconds().get(number, 0)}
        sentence = _text(answers.get(f"{NAME}-sentence-{number}"))
        mark, cited = reading.marks.get(number), reading.cited.get(number)
        missing = [
            *(["sentence"] if mark == "revise" and not sentence.strip() else []),
            *(["source"] if mark in ("accept", "revise") and cited is None else []),
        ]
        return view | {"mark": mark, "cite": cited, "sentence": sentence, "missing": missing}

    def _corrected(self, reading: Reading, answers: Mapping[str, Any]) -> dict[str, Any]:
        days = {step.target: day_of(step.time) for step in reversed(reading.steps) if step.action == "open"}
        citations = {page: self._cite(page, days[page]) for page in set(reading.cited.values())}
        plain = {page: "".join(text for text, _ in runs) for page, runs in citations.items()}
        sentences = {number: _text(answers.get(f"{NAME}-sentence-{number}")) for number in self.web.claims}
        return {"citations": citations, "corrected": correct(self.web, reading, sentences, plain), "into": self._into}

    def _cite(self, page_id: str, seen: str) -> list[list[Any]]:
        if page_id not in self._citations:
            self._citations[page_id] = [list(run) for run in cite_page(self.web, page_id, seen).runs]
        return self._citations[page_id]


# The three parts on one page share one web.
_load = cache(load)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
