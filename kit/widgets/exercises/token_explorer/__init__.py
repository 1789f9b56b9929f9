"""The token explorer: bet how a machine cuts a text, and see what it really makes of it."""

from kit.widgets.exercises.token_explorer.card import TokenExplorer

__all__ = ["EXERCISE", "TokenExplorer"]

EXERCISE = TokenExplorer
