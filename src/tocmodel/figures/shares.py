"""What share of a whole a part is, when either is known only as bounds."""

from decimal import Decimal

from tocmodel.figures.interval import Interval


def linked_share(part: Interval, whole: Interval) -> Interval:
    """The share of recorded cases that is linked to something: the fewest of the most, to the most of the fewest.

    Args:
        part: the linked cases.
        whole: all recorded cases.

    Returns:
        The share; an end is None where nothing bounds it, and no share exceeds 1.

    Example:
        >>> print(linked_share(Interval.exactly(620), Interval.at_least(1551)).high)
        0.39974...
    """
    low = None if part.low is None or whole.high is None else (Interval.exactly(part.low) / Interval.exactly(whole.high)).low
    if part.high is None or whole.low is None or whole.low == 0:
        return Interval(low, None)
    high = (Interval.exactly(part.high) / Interval.exactly(whole.low)).high
    return Interval(low, None if high is None else min(Decimal(1), high))
