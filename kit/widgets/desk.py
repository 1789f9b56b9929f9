"""The desk a student works at: one lesson's journal, shared by every card on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kit.errors import AIError, HelpOffered, LessonError, MessageRefused, NotSaved, ProviderUnavailable
from kit.journal import Event, Journal, Kind, State, fold

if TYPE_CHECKING:
    from kit.ai.client import Completion, Distribution
    from kit.ai.splits import Split
    from kit.lessons import Lesson
    from kit.settings import Session

FIELD_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_ID = 64
M = TypeVar("M")

_OUTCOMES: dict[type[AIError], str] = {
    HelpOffered: "help",
    MessageRefused: "refused",
    ProviderUnavailable: "unavailable",
}


class Model(Protocol):
    """What exercises ask of a language model; ``kit.ai.client`` keeps the promise."""

    def next_tokens(self, prompt_text: str, /) -> Distribution:
        """Return what may come next, the most likely first."""

    def complete(self, prompt_text: str, max_tokens: int, /) -> Completion:
        """Return how the model goes on, always taking the most likely token."""

    def split_all(self, texts: Sequence[str], /) -> tuple[Split, ...]:
        """Return the pieces into which the model cuts each text."""


class OpenItem(Protocol):
    """What the submit card must know of another card."""

    field: str
    title: str
    done: bool


class Desk:
    """One student's open lesson.

    Parameters
    ----------
    session
        Who sits here, and where the journal is.
    lesson
        What is being taught.
    connect
        Opens the way to the model when it's first needed.
    """

    def __init__(
        self, session: Session, lesson: Lesson, *, connect: Callable[[Session, str], Model] | None = None
    ) -> None:
        self.session = session
        self.lesson = lesson
        self._connect = connect or _connect
        self._model: Model | None = None
        self.cards: dict[str, OpenItem] = {}
        self._journal = Journal(session.work)
        # Model calls run beside the kernel's own thread, so that answers go on being saved while a model thinks.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kit-model")
        self._lock = RLock()
        self._listeners: list[Callable[[], None]] = []

    @property
    def data_folder(self) -> Path:
        """The folder of this lesson's own data."""
        from kit.lessons import load_catalogue

        return load_catalogue(self.session.content).data_folder(self.lesson.slug)

    def events(self) -> tuple[Event, ...]:
        """Return all that happened so far, this page's or another's."""
        with self._lock:
            return self._journal.read().events

    def state(self) -> State:
        """Return what the student's page looks like now."""
        return fold(self.events())

    def record(self, kind: Kind, about: str, value: Any) -> Event:
        """Write an event, tell the other cards, and return it once the disk has it.

        Raises
        ------
        NotSaved
            If it is not on the disk.
        """
        with self._lock:
            event = self._journal.append(kind, about, value)
        self.announce()
        return event

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Hold off other threads of this page between looking at the journal and writing to it."""
        with self._lock:
            yield

    def require_room(self, exercise: str, most: int) -> None:
        """Refuse one more run of an exercise that has so many that its log is full. Other exercises' runs don't count.

        Raises
        ------
        NotSaved
            If it is full.
        """
        if sum(run.field == exercise for run in self.state().runs) >= most:
            raise NotSaved(f"That is {most} runs, and the log is full.", mend="Use the runs you have.")

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever something was written or a card was finished."""
        self._listeners.append(listener)

    def announce(self) -> None:
        """Tell every card that there is something new."""
        for listener in self._listeners:
            listener()

    def model(self) -> Model:
        """Return the model of this lesson. Call it in the background only: the first call may take seconds.

        Raises
        ------
        AIError
            If there is no way to it.
        """
        if self._model is None:
            self._model = self._connect(self.session, self.lesson.slug)
        return self._model

    def noting(self, about: str, act: Callable[[M], Mapping[str, Any]]) -> Callable[[M], Mapping[str, Any]]:
        """Return the same act, which notes in the journal what the gateway did instead of answering."""

        def noted(message: M) -> Mapping[str, Any]:
            try:
                return act(message)
            except AIError as error:
                for kind, outcome in _OUTCOMES.items():
                    if isinstance(error, kind):
                        self.record("ai", about, {"outcome": outcome})
                raise

        return noted

    def in_background(self, job: Callable[[], None]) -> None:
        """Run a job that may take long, after those that wait already."""
        self._worker.submit(job)

    def wait(self) -> None:
        """Return when all jobs given so far are done."""
        self._worker.submit(lambda: None).result()

    def close(self) -> None:
        """End the worker after its last job."""
        self._worker.shutdown()

    def add(self, card: OpenItem) -> None:
        """Put a card on the desk. Opening the same cell again replaces the card.

        Raises
        ------
        LessonError
            If the card's id can't be one.
        """
        if len(card.field) > LONGEST_ID or not FIELD_ID.fullmatch(card.field):
            raise LessonError(f"The id {card.field[:LONGEST_ID]!r} must be small letters, digits and single hyphens.")
        self.cards[card.field] = card


def _connect(session: Session, lesson: str) -> Model:
    from kit.ai.client import connect

    return connect(session, lesson)
