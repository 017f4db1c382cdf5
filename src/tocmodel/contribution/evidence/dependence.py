"""What can be said of several steps together when nobody knows how they depend on each other."""

from collections.abc import Sequence
from math import prod

from attrs import frozen

from tocmodel.figures import Number, to_decimal


@frozen
class DependenceBounds:
    """The probability that several steps hold together.

    Attributes:
        independent: if they are independent.
        low: the lowest that any dependence allows.
        high: the highest. A chain "as strong as its weakest link" is this end, not the answer.
    """

    independent: float
    low: float
    high: float


def dependence_bounds(strengths: Sequence[Number], *, every: bool = True) -> DependenceBounds:
    """The probability that every step holds, or that one of them is enough, when their dependence is unknown.

    Every step: between max(0, sum - (n - 1)) and the smallest. One is enough: between the largest and min(1, sum).

    Args:
        strengths: the probability of each step, 0 to 1.
        every: whether every step must hold; otherwise one is enough.

    Raises:
        ValueError: if a strength is no probability, or there are none.

    Example:
        >>> bounds = dependence_bounds(["0.7", "0.8", "0.9"])
        >>> round(bounds.independent, 3), round(bounds.low, 3), bounds.high
        (0.504, 0.4, 0.7)

    Source: Fréchet (1935), inequalities for the joint probability of events.
    """
    exact = [to_decimal(strength) for strength in strengths]
    if not exact or not all(0 <= strength <= 1 for strength in exact):
        message = f"not probabilities: {list(strengths)!r}"
        raise ValueError(message)
    if every:
        return DependenceBounds(float(prod(exact)), float(max(0, sum(exact) - (len(exact) - 1))), float(min(exact)))
    none = prod(1 - strength for strength in exact)
    return DependenceBounds(float(1 - none), float(max(exact)), float(min(1, sum(exact))))
