"""What a good reviewer would ask of a model: small rules, each with a code that keeps its meaning."""

from tocmodel.checks.checking import check

__all__ = ["check"]
