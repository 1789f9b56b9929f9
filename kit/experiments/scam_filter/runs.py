"""What students run on the two machines, and what a recorded run is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kit.experiments.label import Label
from kit.experiments.scam_filter.messages import Message, Pile
from kit.experiments.scam_filter.rules import LONGEST_RULE, MOST_RULES, Phrase, Rules
from kit.experiments.scam_filter.scores import Scores
from kit.experiments.scam_filter.taught import Push, Taught, teach
from kit.experiments.scam_filter.words import read_words

if TYPE_CHECKING:
    from kit.journal import Event
    from kit.lessons import Lesson

NAME = "scam-filter"
EXAMPLES_FOR_FOOLING = 140
FEWEST_RULES = 3
GOALS = ("scam-past-rules", "scam-past-taught", "fine-flagged-by-rules", "fine-flagged-by-taught")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What both machines say about one message.

    Attributes
    ----------
    hits
        The rules that it meets.
    excused
        Whether the exception lets it through.
    told, taught
        Whether the rules, and the taught machine, call it a scam.
    start, pushes
        What the taught machine's sum begins with, and what each word adds.
    log_odds
        The sum.
    """

    hits: tuple[Phrase, ...]
    excused: bool
    told: bool
    taught: bool
    start: float
    pushes: tuple[Push, ...]
    log_odds: float

    def to_result(self) -> dict[str, Any]:
        """Return what the journal keeps."""
        told, taught = ("scam" if flagged else "fine" for flagged in (self.told, self.taught))
        return {"told": told, "taught": taught, "log_odds": round(self.log_odds, 4)}

    def goals(self, is_scam: bool) -> frozenset[str]:
        """Return what a message does that its writer says is a scam, or is harmless."""
        fooled = (self.told, self.taught) if not is_scam else (not self.told, not self.taught)
        names = GOALS[:2] if is_scam else GOALS[2:]
        return frozenset(name for name, yes in zip(names, fooled, strict=True) if yes)


def score_rules(messages: Iterable[Message], rules: Rules) -> Scores:
    """Return how rules do on messages."""
    return Scores.of(messages, lambda message: rules.flags(message.words))


def score_taught(pile: Pile, examples: int, wrong: bool = False) -> tuple[Taught, Scores]:
    """Teach a machine and return it with how it does on the new messages."""
    machine = teach(pile.known, examples, wrong)
    return machine, Scores.of(pile.new, lambda message: machine.flags(message.words))


def machine_to_fool(pile: Pile) -> Taught:
    """Return the taught machine that students try to fool: it had every example, with the right labels."""
    return teach(pile.known, EXAMPLES_FOR_FOOLING)


def judge(machine: Taught, rules: Rules, text: str) -> Verdicts:
    """Let both machines look at a message that somebody made up."""
    words = read_words(text)
    return Verdicts(
        hits=rules.hits(words),
        excused=rules.is_excused(words),
        told=rules.flags(words),
        taught=machine.flags(words),
        start=machine.start,
        pushes=machine.pushes(words),
        log_odds=machine.log_odds(words),
    )


def read_rules(params: Any) -> Rules | None:
    """Return the rules in a run's parameters; ``None`` if no page could have written them."""
    if not isinstance(params, dict):
        return None
    rules, unless = params.get("rules"), params.get("unless")
    if not isinstance(rules, list) or len(rules) > MOST_RULES or not isinstance(unless, str):
        return None
    if not all(isinstance(rule, str) and len(rule) <= 2 * LONGEST_RULE for rule in [*rules, unless]):
        return None
    return Rules.told(rules, unless)


def locked_rules(events: Iterable[Event]) -> Rules | None:
    """Return the rules that a student tested on new messages: the first ones, because then the test was seen."""
    for event in events:
        value = event.value
        if event.kind == "run" and event.field == NAME and isinstance(value, dict) and value.get("action") == "test":
            rules = read_rules(value.get("params"))
            if rules is not None and rules.phrases:
                return rules
    return None


def describe(event: Event, lesson: Lesson) -> Label:  # noqa: ARG001 - every exercise is asked in this way
    """Return what a run showed, in a line that a student recognizes."""
    value = event.value
    params, result = value["params"], value["result"]
    match value["action"]:
        case "try":
            return Label(f"On the pile: {_say(Scores.from_result(result))}", "My rules")
        case "test":
            return Label(f"On new messages: {_say(Scores.from_result(result))}", "My rules")
        case "learn":
            what = f"{params['examples']} examples{', 3 of 10 labels wrong' if params['wrong_labels'] else ''}"
            return Label(f"{what}: {_say(Scores.from_result(result))}", "The taught machine")
        case "fool":
            told, taught = result["told"], result["taught"]
            said = f"“{_short(params['text'])}” ({params['says']}): rules say {told}, taught machine says {taught}"
            return Label(said, "Messages that I made")
        case _:
            raise ValueError(value["action"])


def _say(scores: Scores) -> str:
    alarms = f"{scores.false_alarms} false {'alarm' if scores.false_alarms == 1 else 'alarms'}"
    return f"{scores.caught} of {scores.caught + scores.missed} scams caught, {alarms}"


def _short(text: str, most: int = 72) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"
