"""What a good reviewer would ask of a model: small rules, each with a code that keeps its meaning."""

from tocmodel.checks.catalogue import RULES
from tocmodel.checks.checking import applied, check, combined
from tocmodel.checks.configuration import settings_near
from tocmodel.checks.questions import OpenQuestion, open_questions
from tocmodel.checks.results import Findings, joined
from tocmodel.checks.rule import Rule
from tocmodel.checks.scorecard import indicator_scorecard, link_scorecard

__all__ = [
    "RULES",
    "Findings",
    "OpenQuestion",
    "Rule",
    "applied",
    "check",
    "combined",
    "indicator_scorecard",
    "joined",
    "link_scorecard",
    "open_questions",
    "settings_near",
]
