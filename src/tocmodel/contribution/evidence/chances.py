"""Probabilities as judged: points, ranges, or missing; and sums of their logarithms that neither under- nor overflow."""

import math
from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen

from tocmodel.errors import FieldError
from tocmodel.figures.display import Rounding, rounded
from tocmodel.model import Judgement

Chance: TypeAlias = float | tuple[float, float] | Judgement | None
"""A probability: a number, a range (low, high), a judgement with a range, or None where nobody judged it, which is 0 to 1."""


@frozen
class ChanceRange:
    """A probability between two ends, which agree where it is a point."""

    low: float
    high: float

    @classmethod
    def read(cls, value: "Chance | ChanceRange") -> "ChanceRange":
        """Read a probability; a judgement without a range may be anything from 0 to 1.

        Raises:
            FieldError: if it is no probability.
        """
        if isinstance(value, ChanceRange):
            return value
        if value is None or (isinstance(value, Judgement) and value.low is None):
            return cls(0.0, 1.0)
        if isinstance(value, Judgement):
            assert value.low is not None
            assert value.high is not None
            return cls(float(value.low), float(value.high))
        low, high = map(float, value) if isinstance(value, tuple) else (float(value), float(value))
        if not 0 <= low <= high <= 1:
            message = f"not a probability: {value!r}"
            raise FieldError(message, "write a number from 0 to 1, or a pair (low, high) of such")
        return cls(low, high)

    @property
    def point(self) -> float | None:
        """The probability where its ends agree; None otherwise."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        if self.low == self.high:
            return shown(self.low)
        return f"{shown(self.low, Rounding.FLOOR)} to {shown(self.high, Rounding.CEILING)}"


def shown(number: float, rounding: Rounding = Rounding.HALF_EVEN) -> str:
    """A probability for people: never 0 or 1 unless it is.

    Args:
        number: the probability.
        rounding: down for the low end of a range, up for its high end, so that neither claims too much.
    """
    if number in {0.0, 1.0}:
        return f"{number:.0f}"
    edge = 0.001
    if number < edge:
        return "less than 0.001"
    if number > 1 - edge:
        return "more than 0.999"
    # what only the last places of a float add is not worth a step outwards
    return rounded(str(round(number, 12)), 3, rounding).rstrip("0")


def log_product(factors: Sequence[float]) -> float:
    """The logarithm of a product; exact in the order of its factors, and it neither under- nor overflows."""
    return -math.inf if 0 in factors else math.fsum(map(math.log, factors))


def share_of_logs(log_one: float, log_other: float) -> float | None:
    """The first of two numbers, given by their logarithms, as a share of both; None if both are nothing."""
    if log_one == log_other == -math.inf:
        return None
    if log_one == -math.inf or log_other == -math.inf:
        return float(log_one > log_other)
    gap = log_other - log_one
    return 1 / (1 + math.exp(gap)) if gap <= 0 else math.exp(-gap) / (1 + math.exp(-gap))
