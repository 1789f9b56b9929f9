"""Points with the reason for them."""

from __future__ import annotations

from typing import Self


class Points(float):
    """A number of points that remembers why. nbgrader reads it as the float that it is.

    Parameters
    ----------
    value
        The points.
    because
        One plain sentence for the student and the teacher.
    """

    because: str

    def __new__(cls, value: float, because: str = "") -> Self:
        """Return the points as a float with its reason."""
        made = super().__new__(cls, value)
        made.because = because
        return made

    @classmethod
    def share(cls, points: float, done: float, wanted: float, because: str) -> Self:
        """Return the part of the points that goes with the part that was done; never more than all of them."""
        part = min(1.0, done / wanted) if wanted > 0 else 1.0
        return cls(round(points * part, 2), because)
