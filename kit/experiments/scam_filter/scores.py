"""How a filter did on messages whose labels are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kit.experiments.scam_filter.messages import Message


@dataclass(frozen=True, slots=True)
class Scores:
    """The four ways in which a filter can be right or wrong, counted.

    Attributes
    ----------
    caught
        Scams that it flagged.
    missed
        Scams that it let through.
    false_alarms
        Harmless messages that it flagged.
    left_alone
        Harmless messages that it let through.
    """

    caught: int
    missed: int
    false_alarms: int
    left_alone: int

    @property
    def total(self) -> int:
        """All messages."""
        return self.caught + self.missed + self.false_alarms + self.left_alone

    @property
    def right(self) -> int:
        """Messages that it was right about."""
        return self.caught + self.left_alone

    @property
    def flagged(self) -> int:
        """Messages that it called a scam."""
        return self.caught + self.false_alarms

    @property
    def precision(self) -> float | None:
        """Of those it flagged, the share that were scams; ``None`` if it flagged nothing."""
        return self.caught / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        """Of all scams, the share that it flagged; ``None`` if there were no scams."""
        scams = self.caught + self.missed
        return self.caught / scams if scams else None

    def to_result(self) -> dict[str, int]:
        """Return what the journal keeps."""
        return asdict(self)

    @classmethod
    def from_result(cls, result: Mapping[str, Any]) -> Scores:
        """Return the scores that a journal holds."""
        return cls(*(int(result[name]) for name in cls.__slots__))

    @classmethod
    def of(cls, messages: Iterable[Message], flags: Callable[[Message], bool]) -> Scores:
        """Let a filter look at each message and count."""
        counts = dict.fromkeys(OUTCOMES, 0)
        for message in messages:
            counts[outcome(message, flags(message))] += 1
        return cls(**counts)


OUTCOMES = ("caught", "missed", "false_alarms", "left_alone")


def outcome(message: Message, flagged: bool) -> str:
    """Return in which of the four ways a filter was right or wrong about one message."""
    if message.is_scam:
        return "caught" if flagged else "missed"
    return "false_alarms" if flagged else "left_alone"
