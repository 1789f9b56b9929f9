"""What a run is called where a student or a teacher meets it again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One run in words.

    Attributes
    ----------
    text
        What came out, such as ``Top ten: first “Paris”, 77%``.
    about
        What it was about, such as ``“The capital of France is”``. May be empty.
        Runs about the same thing stand together.
    """

    text: str
    about: str = ""

    def __str__(self) -> str:
        return f"{self.about}: {self.text}" if self.about else self.text
