"""What a student did at the desk, read from a journal that anybody may have written.

Only what the small web knows is taken over: claims, pages and sites that exist, in the order in which a page of the kit
writes them. A page must be opened before it is picked, and something must be picked before it is called proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeGuard

from kit.experiments.lateral_reading.search import words
from kit.experiments.lateral_reading.web import VERDICTS, Verdict, Web
from kit.journal import Event

NAME = "lateral-reading"
ACTIONS = frozenset({"search", "open", "who", "evidence", "verdict", "mark"})
Mark = Literal["accept", "revise", "reject"]
MARKS: tuple[Mark, ...] = ("accept", "revise", "reject")
LONGEST_PAUSE = timedelta(minutes=2)
"""Who does nothing for longer is taken to do something else."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a student thought before looking anything up: which claims are wrong, and which sounds the most wrong."""

    wrong: tuple[int, ...]
    most: int
    seq: int
    time: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done at the desk.

    Attributes
    ----------
    target
        The page, the site, the words searched for, the verdict or the mark; ``""`` if there is none.
    """

    seq: int
    time: str
    action: str
    claim: int
    target: str
    event: Event


@dataclass(slots=True)
class Reading:
    """All of it.

    Attributes
    ----------
    steps
        Everything done, in order.
    opened, looked_up
        Pages read and sites looked into, each with the event that came first.
    evidence
        For each claim the pages picked, in the order in which they were picked.
    verdicts, judged_at
        For each claim the last verdict, and the event of the first one.
    marks, cited
        For each claim what becomes of it in the corrected answer, and the page that is cited for it.
    """

    guess: Guess | None = None
    steps: list[Step] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)
    looked_up: dict[str, int] = field(default_factory=dict)
    evidence: dict[int, list[str]] = field(default_factory=dict)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    judged_at: dict[int, int] = field(default_factory=dict)
    marks: dict[int, Mark] = field(default_factory=dict)
    cited: dict[int, str] = field(default_factory=dict)

    @property
    def first_step(self) -> int | None:
        """The number of the event with which looking things up began."""
        return self.steps[0].seq if self.steps else None

    def seconds(self) -> dict[int, int]:
        """Return how long the student was busy with each claim, pauses left out. For the student, never for points."""
        spent: dict[int, timedelta] = {}
        for before, after in zip(self.steps, self.steps[1:], strict=False):
            pause = _moment(after.time) - _moment(before.time)
            if before.claim == after.claim and timedelta() <= pause <= LONGEST_PAUSE:
                spent[after.claim] = spent.get(after.claim, timedelta()) + pause
        return {claim: round(one.total_seconds()) for claim, one in spent.items()}


def read(events: Iterable[Event], web: Web) -> Reading:
    """Return what these events say was done."""
    found = Reading()
    for event in events:
        if event.field != NAME:
            continue
        if event.kind == "prediction" and found.guess is None:
            found.guess = _guess(event, web)
        elif event.kind == "run" and (step := _step(event, web)) is not None:
            found.steps.append(step)
            _take(found, step)
    return found


def opinions(events: Iterable[Event]) -> dict[str, str]:
    """Return the last verdict on each claim, for counting how a class sees them."""
    found: dict[str, str] = {}
    for event in events:
        value = event.value if isinstance(event.value, dict) else {}
        if (event.kind, event.field, value.get("action")) == ("run", NAME, "verdict"):
            claim, verdict = _inside(value, "params").get("claim"), _inside(value, "result").get("verdict")
            if type(claim) is int and claim > 0 and verdict in VERDICTS:
                found[str(claim)] = str(verdict)
    return found


def replaced(runs: Iterable[Event]) -> frozenset[str]:
    """Return the ids of verdicts and picks that a later one took the place of: on the same claim, or the same page."""
    last: dict[tuple[str, int, str], str] = {}
    found: set[str] = set()
    for run in runs:
        value = run.value if isinstance(run.value, dict) else {}
        action, params = value.get("action"), _inside(value, "params")
        claim, page = params.get("claim"), params.get("page", "")
        if run.field == NAME and action in ("evidence", "verdict") and type(claim) is int and isinstance(page, str):
            about = (action, claim, page)
            found |= {last[about]} if about in last else set()
            last[about] = run.id
    return frozenset(found)


def _guess(event: Event, web: Web) -> Guess | None:
    value = event.value if isinstance(event.value, dict) else {}
    wrong, most = value.get("wrong"), value.get("most")
    if not isinstance(wrong, list) or len(wrong) > len(web.claims) or not _is_claim(most, web):
        return None
    if not all(_is_claim(one, web) for one in wrong):
        return None
    return Guess(tuple(sorted(set(wrong))), most, event.seq, event.time)


def _step(event: Event, web: Web) -> Step | None:
    value = event.value if isinstance(event.value, dict) else {}
    action, params, result = value.get("action"), _inside(value, "params"), _inside(value, "result")
    claim = params.get("claim")
    if not isinstance(action, str) or action not in ACTIONS or not _is_claim(claim, web):
        return None
    target = {
        "search": _asked(params.get("query")),
        "open": _known(params.get("page"), web.pages),
        "who": _known(params.get("site"), web.sites),
        "evidence": _known(params.get("page"), web.pages),
        "verdict": _known(result.get("verdict"), VERDICTS),
        "mark": _known(result.get("mark"), MARKS),
    }[action]
    return Step(event.seq, event.time, action, claim, target, event) if isinstance(target, str) else None


def _take(found: Reading, step: Step) -> None:
    match step.action:
        case "open":
            found.opened.setdefault(step.target, step.seq)
        case "who":
            found.looked_up.setdefault(step.target, step.seq)
        case "evidence" if step.target in found.opened:
            _pick(found.evidence.setdefault(step.claim, []), step.target, _inside(step.event.value, "result"))
        case "verdict":
            found.verdicts[step.claim] = step.target  # type: ignore[assignment]  # _step lets only verdicts through
            found.judged_at.setdefault(step.claim, step.seq)
        case "mark":
            found.marks[step.claim] = step.target  # type: ignore[assignment]  # as above
            cited = _inside(step.event.value, "result").get("cite")
            found.cited.pop(step.claim, None)
            if isinstance(cited, str) and cited in found.evidence.get(step.claim, []):
                found.cited[step.claim] = cited


def _pick(pages: list[str], page: str, result: Mapping[str, Any]) -> None:
    if page in pages:
        pages.remove(page)
    if result.get("picked") is True:
        pages.append(page)


def _inside(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _asked(query: Any) -> str | None:
    # Who asks for nothing has not searched.
    return query if isinstance(query, str) and words(query) else None


def _known(value: Any, known: Iterable[str]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _is_claim(value: Any, web: Web) -> TypeGuard[int]:
    return type(value) is int and value in web.claims


def _moment(time: str) -> datetime:
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
