"""The lesson checker: every rule that a lesson's files must keep, each finding with its mend.

One door, :func:`check_lesson`. The rules stand in one module for each thing they look at.
"""

from kit.lessons.check.checker import check_lesson
from kit.lessons.check.finding import Finding

__all__ = ["Finding", "check_lesson"]
