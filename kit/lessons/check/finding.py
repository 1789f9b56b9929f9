"""What the checker found: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes
    ----------
    file
        The file, as seen from the course root.
    cell
        The id of the cell; empty when it is about the whole file.
    code
        A stable name for this kind of finding.
    message, mend
        What is wrong, and what to do about it: a sentence each.
    level
        An ``error`` fails the check; a ``warning`` is for the author to weigh.
    """

    file: str
    cell: str
    code: str
    message: str
    mend: str
    level: Literal["error", "warning"] = "error"
