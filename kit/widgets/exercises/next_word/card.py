"""The next-word machine: bet on the next word, then see what a real language model would bet.

Runs, rolls and probabilities are made here, in Python, from what the model said. The page only says what the student
wants; it can't send a run, and it can't change a bet.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from kit.errors import LessonError, MessageRefused, NotSaved
from kit.experiments import card_id
from kit.experiments.next_word import TOP, find_bet, first_word, probabilities, roll
from kit.widgets.card import Action, Message
from kit.widgets.exercises.exercise import Exercise
from kit.widgets.exercises.next_word.pictures import TEMPERATURES, draw_completion, draw_run, draw_table

if TYPE_CHECKING:
    from kit.ai.client import Completion, Distribution, ModelInfo
    from kit.journal import Event
    from kit.lessons import Prompt
    from kit.widgets.desk import Desk

NAME = "next-word"
ROLLS = 20
COMPLETION_TOKENS = 12
MOST_RUNS = 400
VERDICTS = ("right", "wrong", "unsure")

PromptId = Field(max_length=64)


class OnPrompt(Message):
    """Something asked about one prompt."""

    prompt: str = PromptId


class Bet(OnPrompt):
    """A word, and how sure the student is of it, from 1 to 5."""

    bet: str = Field(min_length=1, max_length=40)
    sure: int = Field(ge=1, le=5)


class AtTemperature(OnPrompt):
    """A place where the slider rests. At 0 there is nothing to roll or to work out, so it is no run."""

    temperature: float = Field(ge=TEMPERATURES[0], le=TEMPERATURES[-1])


class Verdict(OnPrompt):
    """What the student found out about the machine's sentence."""

    verdict: Literal["right", "wrong", "unsure"]


class NextWord(Exercise):
    """Predict, try, explain, on a bank of prompts.

    Parameters
    ----------
    desk
        Where bets and runs are kept.
    prompts
        Ids from the lesson's bank.
    ask
        ``full``: bet, reveal, turn the temperature, roll the dice. ``fact``: let the machine finish, and judge it.
    minimum
        How many prompts make it done; two to reveal, or three to judge, if nothing is said.
    title
        What the card is called, where a lesson shows the machine more than once.
    """

    parts = ("next-word",)

    def __init__(
        self,
        desk: Desk,
        prompts: Iterable[str],
        ask: Literal["full", "fact"] = "full",
        minimum: int | None = None,
        title: str = "",
    ) -> None:
        self._prompts: dict[str, Prompt] = {prompt_id: desk.lesson.prompt(prompt_id) for prompt_id in prompts}
        if not self._prompts or ask not in ("full", "fact"):
            raise LessonError("The next-word machine needs prompts, and asks `full` or `fact`.")
        self._ask = ask
        self._minimum = min(len(self._prompts), minimum or (2 if ask == "full" else 3))
        self._distributions: dict[str, Distribution] = {}
        usual = "The next-word machine" if ask == "full" else "Right, wrong, or unsure?"
        super().__init__(desk, card_id(NAME, {"prompts": self._prompts}), title or usual)

    def actions(self) -> Mapping[str, Action[Any]]:
        """Bet, look, turn the temperature, roll, finish the sentence, judge, explain."""
        return {
            "bet": Action(Bet, self._bet),
            "reveal": Action(OnPrompt, self.desk.noting(NAME, self._reveal), slow=True),
            "look": Action(OnPrompt, self.desk.noting(NAME, self._look), slow=True),
            "temperature": Action(AtTemperature, self.desk.noting(NAME, self._temperature), slow=True),
            "roll": Action(AtTemperature, self.desk.noting(NAME, self._roll), slow=True),
            "complete": Action(OnPrompt, self.desk.noting(NAME, self._complete), slow=True),
            "verdict": Action(Verdict, self._verdict),
            **self.explain_action(),
        }

    def view(self) -> dict[str, Any]:
        """Return every prompt with what was bet, seen, rolled and judged, and the list of runs."""
        state = self.desk.state()
        bets = self._bets()
        runs = [event for event in state.runs if event.field == NAME and event.value["prompt"] in self._prompts]
        return {
            "ask": self._ask,
            "title": self.title,
            "minimum": self._minimum,
            "rolls": ROLLS,
            "temperatures": list(TEMPERATURES),
            "prompts": [self._view_prompt(prompt, bets, runs, state.answers) for prompt in self._prompts.values()],
            **self.explain_view(runs),
        }

    def is_done(self, view: Mapping[str, Any]) -> bool:
        """Enough prompts were bet on and looked at, or judged."""
        reached = "reveal" if self._ask == "full" else "verdict"
        return sum(prompt[reached] is not None for prompt in view["prompts"]) >= self._minimum

    # What the student does

    def _bet(self, message: Bet) -> Mapping[str, Any]:
        self._known(message.prompt)
        if not first_word(message.bet):
            raise NotSaved("There is no word in your bet yet.", mend="Write the word that you think comes next.")
        if len(message.bet.split()) > 1:
            raise NotSaved("That is more than one word, and the machine takes one at a time.", mend="Bet on one.")
        with self.desk.one_at_a_time():
            if message.prompt in self._bets():
                raise NotSaved("Your bet on this sentence is locked.", mend="Pick another sentence to bet again.")
            value = {"prompt": message.prompt, "bet": message.bet.strip(), "sure": message.sure}
            return {"time": self.desk.record("prediction", NAME, value).time}

    def _reveal(self, message: OnPrompt) -> Mapping[str, Any]:
        distribution = self._distribution(message.prompt)
        with self.desk.one_at_a_time():
            seen = any(run.value["prompt"] == message.prompt for run in self._runs("reveal"))
            if not seen:
                standing = find_bet(self._bets()[message.prompt].value["bet"], distribution.tokens)
                result = {**_picture(distribution, 1.0), **standing.to_result()}
                self._record(message.prompt, "reveal", {"temperature": 1}, distribution.model, result)
        return draw_table(distribution, find_bet(self._bets()[message.prompt].value["bet"], distribution.tokens))

    def _look(self, message: OnPrompt) -> Mapping[str, Any]:
        """Fetch the picture again, as after a reload, without counting it as a run."""
        self._seen(message.prompt)
        distribution = self._distribution(message.prompt)
        return draw_table(distribution, find_bet(self._bets()[message.prompt].value["bet"], distribution.tokens))

    def _temperature(self, message: AtTemperature) -> Mapping[str, Any]:
        self._seen(message.prompt)
        distribution = self._distribution(message.prompt)
        temperature = _rounded(message.temperature)
        params = {"temperature": temperature}
        run = self._record(
            message.prompt, "temperature", params, distribution.model, _picture(distribution, temperature)
        )
        return {"time": run.time, "id": run.id}

    def _roll(self, message: AtTemperature) -> Mapping[str, Any]:
        self._seen(message.prompt)
        distribution = self._distribution(message.prompt)
        temperature = _rounded(message.temperature)
        picture = _picture(distribution, temperature)
        weights = probabilities([item["logprob"] for item in picture["tokens"]], temperature, picture["log_z"])
        seed = secrets.randbelow(2**31)
        counts = roll(weights, ROLLS, seed)
        params = {"temperature": temperature, "rolls": ROLLS, "seed": seed}
        run = self._record(message.prompt, "roll", params, distribution.model, {**picture, "counts": counts})
        return {"time": run.time, "id": run.id, "counts": counts, "temperature": temperature}

    def _complete(self, message: OnPrompt) -> Mapping[str, Any]:
        self._known(message.prompt)
        if self._ask == "full":
            self._seen(message.prompt)
        completion: Completion = self.desk.model().complete(self._prompts[message.prompt].text, COMPLETION_TOKENS)
        result = {
            "text": completion.text,
            "tokens": [{"token": item.token, "logprob": item.logprob} for item in completion.tokens],
            "mean_probability": completion.mean_probability,
        }
        params = {"temperature": 0, "max_tokens": COMPLETION_TOKENS}
        return {"time": self._record(message.prompt, "complete", params, completion.model, result).time}

    def _verdict(self, message: Verdict) -> Mapping[str, Any]:
        self._known(message.prompt)
        if not any(run.value["prompt"] == message.prompt for run in self._runs("complete")):
            raise NotSaved("There is no sentence to judge yet.", mend="Let the machine finish it first.")
        return {"time": self.desk.record("choice", f"verdict-{message.prompt}", message.verdict).time}

    # What the above stand on

    def _known(self, prompt_id: str) -> None:
        if prompt_id not in self._prompts:
            raise MessageRefused("That sentence isn't in this lesson's bank.")

    def _seen(self, prompt_id: str) -> None:
        if not any(run.value["prompt"] == prompt_id for run in self._runs("reveal")):
            raise MessageRefused("First you bet, then you look inside the machine.", mend="Lock your bet.")

    def _bets(self) -> dict[str, Event]:
        bets: dict[str, Event] = {}
        for event in self.desk.state().predictions:
            if event.field == NAME and event.value["prompt"] in self._prompts:
                bets.setdefault(event.value["prompt"], event)
        return bets

    def _runs(self, action: str) -> list[Event]:
        return [run for run in self.desk.state().runs if run.field == NAME and run.value["action"] == action]

    def _distribution(self, prompt_id: str) -> Distribution:
        self._known(prompt_id)
        if prompt_id not in self._bets():
            raise MessageRefused("First you bet, then you look inside the machine.", mend="Lock your bet.")
        if prompt_id not in self._distributions:
            self._distributions[prompt_id] = self.desk.model().next_tokens(self._prompts[prompt_id].text)
        return self._distributions[prompt_id]

    def _record(
        self, prompt_id: str, action: str, params: dict[str, Any], model: ModelInfo, result: dict[str, Any]
    ) -> Event:
        self.desk.require_room(NAME, MOST_RUNS)
        about = {"name": model.name, "provider": model.provider}
        value = {"prompt": prompt_id, "action": action, "params": params, "model": about, "result": result}
        return self.desk.record("run", NAME, value)

    def _view_prompt(
        self, prompt: Prompt, bets: Mapping[str, Event], runs: list[Event], answers: Mapping[str, Any]
    ) -> dict[str, Any]:
        own = [run for run in runs if run.value["prompt"] == prompt.id]
        verdict = answers.get(f"verdict-{prompt.id}")
        bet = bets.get(prompt.id)
        completed = _last(own, "complete")
        return {
            "id": prompt.id,
            "text": prompt.text,
            "judge": self._ask == "fact" or prompt.truth is not None,
            # Where to check is told, the truth isn't: finding it is the student's research.
            "check": prompt.check,
            "bet": bet and {"text": bet.value["bet"], "sure": bet.value.get("sure"), "time": bet.time},
            "reveal": draw_run(_last(own, "reveal")),
            "roll": draw_run(_last(own, "roll")),
            "completion": completed and draw_completion(completed),
            "verdict": verdict if verdict in VERDICTS else None,
        }


def _picture(distribution: Distribution, temperature: float) -> dict[str, Any]:
    tokens = [{"token": item.token, "logprob": item.logprob} for item in distribution.top(TOP)]
    return {"tokens": tokens, "log_z": distribution.log_z(temperature)}


def _last(runs: list[Event], action: str) -> Event | None:
    return next((run for run in reversed(runs) if run.value["action"] == action), None)


def _rounded(temperature: float) -> float:
    return round(temperature, 1)
