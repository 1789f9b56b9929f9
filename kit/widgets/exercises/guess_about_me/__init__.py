"""Guess about me: five things to do with data that has no name in it. The card's option `ask` says which."""

from kit.widgets.exercises.guess_about_me.card import GuessAboutMe

__all__ = ["EXERCISE"]

EXERCISE = GuessAboutMe
