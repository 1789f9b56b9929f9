"""The scam filter: one pile of messages for a machine that is told rules and for one that is taught by examples."""

from kit.experiments.scam_filter.crafting import FEWEST_WORDS, LONGEST_MESSAGE, WANTS, find_real_detail
from kit.experiments.scam_filter.messages import Message, Pile, load
from kit.experiments.scam_filter.rules import LONGEST_RULE, MOST_RULES, Rules
from kit.experiments.scam_filter.runs import (
    EXAMPLES_FOR_FOOLING,
    FEWEST_RULES,
    GOALS,
    Verdicts,
    describe,
    judge,
    locked_rules,
    machine_to_fool,
    read_rules,
    score_rules,
    score_taught,
)
from kit.experiments.scam_filter.scores import OUTCOMES, Scores, outcome
from kit.experiments.scam_filter.taught import SEED, SIZES, WRONG_SHARE, Push, Taught, WordWeight, teach
from kit.experiments.scam_filter.words import LINK, NUMBER, read_words

__all__ = [
    "EXAMPLES_FOR_FOOLING",
    "FEWEST_RULES",
    "FEWEST_WORDS",
    "GOALS",
    "LINK",
    "LONGEST_MESSAGE",
    "LONGEST_RULE",
    "MOST_RULES",
    "NUMBER",
    "OUTCOMES",
    "SEED",
    "SIZES",
    "WANTS",
    "WRONG_SHARE",
    "Message",
    "Pile",
    "Push",
    "Rules",
    "Scores",
    "Taught",
    "Verdicts",
    "WordWeight",
    "describe",
    "find_real_detail",
    "judge",
    "load",
    "locked_rules",
    "machine_to_fool",
    "outcome",
    "read_rules",
    "read_words",
    "score_rules",
    "score_taught",
    "teach",
]
