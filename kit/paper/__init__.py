"""Lessons on paper: all that a lesson says and asks, as web pages and tagged PDF, for classes without a screen."""

from kit.paper.printing import Printed, print_lesson

__all__ = ["Printed", "print_lesson"]
