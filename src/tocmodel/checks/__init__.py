"""What a good reviewer would ask of a model: small rules, each with a code that keeps its meaning."""

from tocmodel.checks.catalogue import RULES
from tocmodel.checks.checking import check, combined
from tocmodel.checks.questions import OpenQuestion, open_questions
from tocmodel.checks.results import Findings
from tocmodel.checks.rule import Rule
from tocmodel.checks.scorecard import indicator_scorecard, link_scorecard

__all__ = ["RULES", "Findings", "OpenQuestion", "Rule", "check", "combined", "indicator_scorecard", "link_scorecard", "open_questions"]
