"""Three screens made of rules, not of models: distress, personal data, and what a model may say to a class."""

from kit.ai.screens.crisis import CrisisScreen
from kit.ai.screens.output import OutputScreen, OutputStream
from kit.ai.screens.personal import Masked, mask

__all__ = ["CrisisScreen", "Masked", "OutputScreen", "OutputStream", "mask"]
