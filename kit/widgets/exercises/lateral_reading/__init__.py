"""The checking desk: guess, check in a small web, and sign a corrected answer."""

from kit.widgets.exercises.lateral_reading.card import LateralReading

__all__ = ["EXERCISE", "LateralReading"]

EXERCISE = LateralReading
