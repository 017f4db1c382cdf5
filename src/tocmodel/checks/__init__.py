"""What a good reviewer would ask of a model: small rules, each with a code that keeps its meaning."""

from tocmodel.checks.checking import check, combined
from tocmodel.checks.results import Findings

__all__ = ["Findings", "check", "combined"]
