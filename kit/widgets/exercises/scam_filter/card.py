"""The scam filter: tell a machine rules, teach another one by examples, then try to fool them both.

Everything is worked out here, in Python, from the lesson's own messages. The page sends rules, a number of examples or
a made-up message; it can't send a result. Rules that were tested on the new messages stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from kit.errors import LessonError, MessageRefused, NotSaved
from kit.experiments import card_id
from kit.experiments.scam_filter import (
    FEWEST_RULES,
    FEWEST_WORDS,
    LONGEST_MESSAGE,
    LONGEST_RULE,
    MOST_RULES,
    SEED,
    SIZES,
    Pile,
    Rules,
    Taught,
    find_real_detail,
    judge,
    load,
    locked_rules,
    machine_to_fool,
    read_rules,
    read_words,
    score_rules,
    score_taught,
    teach,
)
from kit.widgets.card import Action
from kit.widgets.exercises.exercise import Exercise
from kit.widgets.exercises.scam_filter.messages import Crafted, Draft, Lesson, Told, Which, Word
from kit.widgets.exercises.scam_filter.pictures import (
    draw_board,
    draw_machine,
    draw_pile,
    draw_rules,
    draw_verdicts,
    draw_word,
)

if TYPE_CHECKING:
    from kit.experiments.scam_filter import Message as Example
    from kit.journal import Event, State
    from kit.widgets.desk import Desk

NAME = "scam-filter"
MOST_RUNS = 400
TITLES = {"rules": "Tell it: your rules", "learn": "Teach it: examples", "fool": "Fool them both"}
ACTIONS = {"rules": ("try", "test"), "learn": ("learn",), "fool": ("fool",)}
SIZES_WANTED = 3

Ask = Literal["rules", "learn", "fool"]


class ScamFilter(Exercise):
    """Two machines and one pile of messages.

    Parameters
    ----------
    desk
        Where rules, runs and messages are kept.
    ask
        ``rules``: write rules, try them on the pile, lock them, test them on new messages. ``learn``: teach a machine
        by examples. ``fool``: make up messages that fool the two.
    after
        The id of a prediction that must be locked before the machine is taught; none if empty.
    words
        Words whose weight the taught machine always shows, such as those of the prediction.
    explain
        Whether it ends in an explanation. One for each lesson is enough, if a claim comes after it.
    """

    parts = ("scam-filter",)

    def __init__(
        self, desk: Desk, ask: Ask = "rules", after: str = "", words: Sequence[str] = (), explain: bool = True
    ) -> None:
        if ask not in TITLES:
            raise LessonError("The scam filter asks `rules`, `learn` or `fool`.")
        self._ask: Ask = ask
        self._after = after
        self._words = tuple(words)
        self._explains = explain
        self._pile: Pile = load(desk.data_folder)
        super().__init__(desk, card_id(NAME, {"ask": ask}), TITLES[ask])
        # Rules that are locked in one card, and a prediction, open what another card shows.
        self._seen = self._opened()
        desk.listen(self._follow)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Say what this card does, by what it asks."""
        own: dict[str, Action[Any]]
        match self._ask:
            case "rules":
                own = {
                    "draft": Action(Told, self._keep_rules),
                    "try": Action(Told, self._try),
                    "lock": Action(Told, self._lock),
                    "browse": Action(Which, self._browse),
                }
            case "learn":
                own = {"teach": Action(Lesson, self._teach), "weigh": Action(Word, self._weigh)}
            case "fool":
                own = {"draft": Action(Draft, self._keep_text), "ask": Action(Crafted, self._judge)}
        return {**own, **(self.explain_action() if self._explains else {})}

    def view(self) -> dict[str, Any]:
        """Return what was told, taught or tried so far, and the list of runs."""
        runs = self._runs(*ACTIONS[self._ask])
        own = {"rules": self._view_rules, "learn": self._view_lessons, "fool": self._view_fooling}[self._ask](runs)
        explained = self.explain_view(runs) if self._explains else {}
        return {"ask": self._ask, "title": self.title, **own, **explained}

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Rules were tested; the machine had three numbers of examples; all four ways to fool were found."""
        match self._ask:
            case "rules":
                return view["locked"] is not None
            case "learn":
                return len({run["examples"] for run in view["lessons"] if not run["wrong"]}) >= SIZES_WANTED
            case _:
                return all(view["goals"].values())

    # Tell it

    def _view_rules(self, runs: list[Event]) -> dict[str, Any]:
        tries = [rules for run in runs if run.value["action"] == "try" and (rules := _rules_of(run)) is not None]
        locked = locked_rules(runs)
        *boxes, unless = self._draft.split("\n")
        return {
            "limits": {"most": MOST_RULES, "fewest": FEWEST_RULES, "longest": LONGEST_RULE},
            "sizes": {"known": len(self._pile.known), "new": len(self._pile.new)},
            "draft": {"rules": boxes[:MOST_RULES], "unless": unless},
            "tried": draw_rules(tries[-1], self._pile.known) if tries else None,
            "locked": locked and draw_rules(locked, self._pile.new),
        }

    def _keep_rules(self, message: Told) -> Mapping[str, Any]:
        self._refuse_if_locked()
        lines = [_one_line(rule) for rule in [*message.rules, message.unless]]
        return {"time": self.desk.record("answer", self.field, "\n".join(lines)).time}

    def _try(self, message: Told) -> Mapping[str, Any]:
        self._refuse_if_locked()
        rules = Rules.told(message.rules, message.unless)
        if not rules.phrases:
            raise NotSaved("There is no rule yet.", mend="Write a word or a phrase that means scam.")
        result = score_rules(self._pile.known, rules).to_result()
        run = self._record("try", rules.to_params(), result)
        return {"time": run.time, "id": run.id, "messages": draw_pile(self._pile.known, rules)}

    def _lock(self, message: Told) -> Mapping[str, Any]:
        rules = Rules.told(message.rules, message.unless)
        with self.desk.one_at_a_time():
            self._refuse_if_locked()
            if len(rules.phrases) < FEWEST_RULES:
                raise NotSaved(f"A test needs {FEWEST_RULES} rules or more.", mend="Write another rule and try it.")
            if rules not in [_rules_of(run) for run in self._runs("try")]:
                raise NotSaved("These rules were not tried on the pile yet.", mend="Try them first, then lock them.")
            run = self._record("test", rules.to_params(), score_rules(self._pile.new, rules).to_result())
        return {"time": run.time, "id": run.id, "messages": draw_pile(self._pile.new, rules)}

    def _browse(self, message: Which) -> Mapping[str, Any]:
        """Show a pile. The new messages stay hidden until the rules can't be fitted to them any more."""
        locked = self._locked
        if message.pile == "new":
            if locked is None:
                raise MessageRefused("Nobody sees the new messages before the test.", mend="Lock your rules first.")
            return {"messages": draw_pile(self._pile.new, locked)}
        tries = [_rules_of(run) for run in self._runs("try")]
        rules = locked or (tries[-1] if tries else None)
        return {"messages": draw_pile(self._pile.known, rules or Rules(()))}

    def _refuse_if_locked(self) -> None:
        if self._locked is not None:
            raise NotSaved("Your rules are locked, because you have seen the test.", mend="Reload the page to go on.")

    # Teach it

    def _view_lessons(self, runs: list[Event]) -> dict[str, Any]:
        locked = self._locked
        new = self._pile.new
        return {
            "waiting": self._is_waiting(self.desk.state()),
            "bet": self._bet,
            "sizes": list(SIZES),
            "total": len(new),
            "silent": sum(not message.is_scam for message in new),
            "told": locked and score_rules(new, locked).to_result(),
            "lessons": [{**run.value["result"], **_size_of(run)} for run in runs],
        }

    @property
    def _bet(self) -> str:
        """The prediction that came before the machine; empty if there is none."""
        bets = [event.value for event in self.desk.state().predictions if self._after and event.field == self._after]
        said = bets[0].get("bet") if bets and isinstance(bets[0], dict) else ""
        return said if isinstance(said, str) else ""

    def _is_waiting(self, state: State) -> bool:
        return bool(self._after) and not any(event.field == self._after for event in state.predictions)

    def _teach(self, message: Lesson) -> Mapping[str, Any]:
        self._refuse_too_early(message)
        machine, scores = score_taught(self._pile, message.examples, message.wrong)
        params = {"examples": message.examples, "wrong_labels": message.wrong, "seed": SEED}
        with self.desk.one_at_a_time():
            # The same lesson gives the same machine: it is written down once.
            if params not in [run.value["params"] for run in self._runs("learn")]:
                self._record("learn", params, scores.to_result())
        wrong = [one for one in self._pile.new if machine.flags(one.words) != one.is_scam]
        return {
            **scores.to_result(),
            **draw_machine(machine),
            "examples": message.examples,
            "wrong": message.wrong,
            "watched": [draw_word(machine, word) for word in self._words],
            "errors": None if self._locked is None else [_view_error(one) for one in wrong],
        }

    def _weigh(self, message: Word) -> Mapping[str, Any]:
        """Look one word up. It shows nothing that a lesson hasn't shown, so it is no run."""
        self._refuse_too_early(message)
        words = read_words(message.word)
        if len(words) != 1:
            raise NotSaved("The machine looks at one word at a time.", mend="Write one word.")
        return draw_word(teach(self._pile.known, message.examples, message.wrong), words[0])

    def _refuse_too_early(self, message: Lesson) -> None:
        if self._is_waiting(self.desk.state()):
            raise MessageRefused("First you predict, then you teach.", mend="Lock your prediction further up.")
        if message.examples not in SIZES:
            raise MessageRefused("That number of examples isn't on the slider.")

    # Fool them

    def _view_fooling(self, runs: list[Event]) -> dict[str, Any]:
        locked = self._locked
        return {
            "limits": {"longest": LONGEST_MESSAGE, "fewest": FEWEST_WORDS},
            "draft": self._draft,
            "told": locked and locked.to_params(),
            **draw_board(runs, locked, self._machine),
        }

    def _keep_text(self, message: Draft) -> Mapping[str, Any]:
        return {"time": self.desk.record("answer", self.field, message.text).time}

    def _judge(self, message: Crafted) -> Mapping[str, Any]:
        rules = self._locked
        if rules is None:
            raise MessageRefused("You have no rules to fool yet.", mend="Lock and test your rules first.")
        text = " ".join(message.text.split())
        _refuse_bad_message(text, message)
        verdicts = judge(self._machine, rules, text)
        params = {"text": text, "says": message.says, "wants": message.wants if message.says == "scam" else ""}
        with self.desk.one_at_a_time():
            # Asked again, the machines say the same: it is written down once.
            asked = [run for run in self._runs("fool") if run.value["params"] == params]
            run = asked[0] if asked else self._record("fool", params, verdicts.to_result())
        return {"time": run.time, "id": run.id, **params, **draw_verdicts(verdicts, message.says == "scam")}

    @cached_property
    def _machine(self) -> Taught:
        return machine_to_fool(self._pile)

    # What the above stand on

    @property
    def _draft(self) -> str:
        draft = self.desk.state().answers.get(self.field)
        return draft if isinstance(draft, str) else ""

    @property
    def _locked(self) -> Rules | None:
        return locked_rules(self.desk.state().runs)

    def _opened(self) -> tuple[bool, bool]:
        state = self.desk.state()
        return locked_rules(state.runs) is None, self._is_waiting(state)

    def _follow(self) -> None:
        if self._ask != "rules" and self._opened() != self._seen:
            self._seen = self._opened()
            self.refresh()

    def _runs(self, *actions: str) -> list[Event]:
        runs = (run for run in self.desk.state().runs if run.field == NAME and _is_whole(run.value))
        return [run for run in runs if run.value["action"] in actions]

    def _record(self, action: str, params: dict[str, Any], result: dict[str, Any]) -> Event:
        self.desk.require_room(NAME, MOST_RUNS)
        return self.desk.record("run", NAME, {"action": action, "params": params, "result": result})


def _refuse_bad_message(text: str, message: Crafted) -> None:
    if len(read_words(text)) < FEWEST_WORDS:
        raise NotSaved(f"A message needs {FEWEST_WORDS} words or more.", mend="Write what somebody would really get.")
    if message.says == "scam" and not message.wants:
        raise NotSaved("You did not say what your scam is after.", mend="Pick what it wants from the reader.")
    real = find_real_detail(text)
    if real is not None:
        raise MessageRefused(
            f"“{real}” could belong to somebody real.",
            mend="Let addresses end in .example, and phone numbers begin with 555-01.",
        )


def _is_whole(value: Any) -> bool:
    # No page writes another shape; a file that somebody wrote into must not keep the card from opening.
    return isinstance(value, dict) and all(isinstance(value.get(part), dict) for part in ("params", "result"))


def _rules_of(run: Event) -> Rules | None:
    return read_rules(run.value["params"])


def _size_of(run: Event) -> dict[str, Any]:
    params = run.value["params"]
    return {"examples": params["examples"], "wrong": params["wrong_labels"]}


def _view_error(message: Example) -> dict[str, Any]:
    return {"text": message.text, "scam": message.is_scam}


def _one_line(text: str) -> str:
    return " ".join(text.split())
