"""Checks on *guess about me*: each number is worked out again from the lesson's data, whatever a journal claims."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kit.experiments.guess_about_me import Data, load
from kit.experiments.guess_about_me.crowd import START, Outcome, publish, read_setting
from kit.experiments.guess_about_me.guesser import is_target, read_likes
from kit.experiments.guess_about_me.redaction import Draft, judge, read_hidden
from kit.experiments.guess_about_me.runs import NAME, Run, read_runs
from kit.experiments.guess_about_me.survey import Setting
from kit.grading.checks.evidence import data_folder, evidence
from kit.grading.checks.numbers import number_said
from kit.grading.checks.points import Points
from kit.journal import Event, fold

LESSON = "what-can-it-guess"
MOST = 400
"""A page writes no more runs than that; what stands behind them was written by hand."""
NEARLY = 2


def predicted_before_counting(points: float, field: str) -> Points:
    """Give points for a prediction that was locked before the first count. Whether it came true doesn't matter.

    Parameters
    ----------
    points
        The points for it.
    field
        The prediction's id.
    """
    events = evidence()
    locked = next((event for event in events if event.kind == "prediction" and event.field == field), None)
    if locked is None or not _says_something(locked):
        return Points(0, "No prediction was locked.")
    counted = next((run.seq for run in _runs(events, "crowd")), None)
    if counted is not None and counted < locked.seq:
        return Points(0, "The rows were counted before the prediction.")
    return Points(points, "The prediction was locked before the count.")


def people_looked_for(points: float, people: int = 3, facts: int = 3) -> Points:
    """Give points for each person looked for with enough facts; for fewer facts, part of them.

    Whether the person was found doesn't matter.

    Parameters
    ----------
    points
        The points for all of them.
    people, facts
        How many people, and how many facts for each.
    """
    characters = _data().characters
    most: dict[str, int] = {}
    for run in _runs(evidence(), "find"):
        who, clues = run.params.get("character"), run.params.get("clues")
        if not (isinstance(who, str) and who in characters and isinstance(clues, list)):
            continue
        known = [clue for clue in characters[who].clues if clue in clues]
        most[who] = max(most.get(who, 0), len(known))
    looked_for = sorted((min(count, facts) for count in most.values()), reverse=True)[:people]
    whole, part = looked_for.count(facts), sum(0 < count < facts for count in looked_for)
    because = f"{whole} of {people} people were looked for with {facts} facts"
    because += f", {part} with fewer." if part else "."
    return Points.share(points, sum(looked_for), people * facts, because)


def crowd_reached(points: float) -> Points:
    """Give points for a setting in which every crowd is large enough and every question can be answered.

    Half of them go to a setting that keeps all answers and leaves nobody alone, and a quarter to any setting of the
    student's own.

    Parameters
    ----------
    points
        The points for the goal.
    """
    outcomes = _own_outcomes(evidence())
    if any(outcome.reaches_goal for _, outcome in outcomes):
        return Points(points, "Every row is in a crowd of three or more, and both questions can be answered.")
    if any(outcome.smallest >= NEARLY and all(answer.counts for answer in outcome.answers) for _, outcome in outcomes):
        return Points(
            points / 2, "Nobody stands alone and both questions can be answered, but a crowd has only two rows."
        )
    if outcomes:
        return Points(points / 4, "The settings that were tried don't reach the goal yet.")
    return Points(0, "No setting was tried yet.")


def smallest_crowd_counted(points: float, field: str) -> Points:
    """Give points for the size of the smallest crowd in a setting that reaches the goal; before that, in any own one.

    Parameters
    ----------
    points
        The points for it.
    field
        Where the student wrote the number.
    """
    events = evidence()
    outcomes = _own_outcomes(events)
    said = number_said(fold(events).answers.get(field))
    if said is None:
        return Points(0, "There is no number in the answer yet.")
    if not outcomes:
        return Points(0, "There is no setting that the number could come from.")
    reached = [outcome for _, outcome in outcomes if outcome.reaches_goal]
    right = {outcome.smallest for outcome in reached or (outcome for _, outcome in outcomes)}
    return Points(points, "The number is right.") if said in right else Points(0, "The picture shows another number.")


def guesser_tried(points: float, characters: int = 2) -> Points:
    """Give half of the points for made-up characters, and half for a bet that came before a trial on everybody.

    Parameters
    ----------
    points
        The points for both.
    characters
        How many different sets of likes to look at.
    """
    events, survey = evidence(), _data().survey
    likes = [read_likes(survey, run.params.get("likes")) for run in _runs(events, "guess")]
    made_up = {tuple(sorted(one.items())) for one in likes if one}
    bets = _bets(events)
    trials = [(run.params.get("target"), run.seq) for run in _runs(events, "test")]
    tried = any(isinstance(target, str) and bets.get(target, seq) < seq for target, seq in trials)
    done = min(len(made_up), characters) / characters + tried
    text = f"{len(made_up)} made-up characters; {'a' if tried else 'no'} bet before a trial."
    return Points.share(points, done, 2, text)


def messages_made_safe(points: float, messages: int = 3) -> Points:
    """Give points for each message that gives nothing away and can still be answered; half if it is only safe.

    Parameters
    ----------
    points
        The points for all of them.
    messages
        How many there should be.
    """
    drafts = _data().drafts
    best = dict.fromkeys(drafts, 0.0)
    for run in _runs(evidence(), "redact"):
        who = run.params.get("draft")
        if isinstance(who, str) and who in drafts:
            best[who] = max(best[who], _worth(drafts[who], run.params.get("hidden")))
    whole = sum(part == 1 for part in best.values())
    text = f"{whole} of {messages} messages give nothing away and can be answered."
    return Points.share(points, sum(best.values()), messages, text)


def _worth(draft: Draft, value: object) -> float:
    hidden = read_hidden(draft, value)
    if hidden is None:
        return 0
    judgement = judge(draft, hidden)
    # To black out everything is safe, too, and it is no work.
    if not judgement.is_safe or len(judgement.missing) == judgement.needed:
        return 0
    return 1 if judgement.is_useful else 0.5


def _own_outcomes(events: tuple[Event, ...]) -> list[tuple[Setting, Outcome]]:
    """Return what came of each setting but the one that everybody begins with."""
    found = (read_setting(run.params.get("setting")) for run in _runs(events, "crowd"))
    own = [setting for setting in found if setting is not None and setting != read_setting(START)]
    folder = data_folder(LESSON)
    return [(setting, _publish(folder, tuple(setting.items()))) for setting in own]


def _bets(events: tuple[Event, ...]) -> dict[str, int]:
    bets: dict[str, int] = {}
    for event in events:
        value = event.value
        if event.kind == "prediction" and event.field == NAME and isinstance(value, dict):
            target, bet = value.get("prompt"), value.get("bet")
            if is_target(target) and type(bet) is int:
                bets.setdefault(target, event.seq)
    return bets


def _says_something(event: Event) -> bool:
    bet = event.value.get("bet") if isinstance(event.value, dict) else None
    return isinstance(bet, str) and bool(bet.strip())


def _runs(events: tuple[Event, ...], action: str) -> list[Run]:
    return read_runs(events, action)[:MOST]


def _data() -> Data:
    return _load(data_folder(LESSON))


@cache
def _load(folder: Path) -> Data:
    return load(folder)


@cache
def _publish(folder: Path, setting: tuple[tuple[str, str], ...]) -> Outcome:
    # There are fewer than a thousand settings, and a class tries the same few again and again.
    return publish(_load(folder).survey, dict(setting))
