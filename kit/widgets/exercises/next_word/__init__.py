"""The next-word machine: bet on the next word, then see what a real language model would bet."""

from kit.widgets.exercises.next_word.card import NextWord

__all__ = ["EXERCISE", "NextWord"]

EXERCISE = NextWord
