"""Whether an indicator moves as planned: margins around the target, the gap to elapsed time, and trends of growth."""

from decimal import Decimal
from math import isfinite

from tocmodel.figures import Figure, Interval, Number, to_decimal
from tocmodel.measurement.formulas import Ratio, attainment
from tocmodel.model import Direction
from tocmodel.model.record import choice
from tocmodel.words import Word


class Pace(Word):
    """How an indicator moves against what was expected of it by now."""

    AHEAD = "ahead"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"


def margin_pace(actual: Figure, target: Figure, direction: Direction | str, *, margin: Number = "0.15") -> Pace | None:
    """Compare an attainment with a margin around 1; the edge itself is on track.

    Args:
        actual: the result.
        target: what was expected by now.
        direction: which way is better; for falling indicators ahead and behind change places.
        margin: how far from 1 is still on track.

    Returns:
        None where there is no attainment, or its bounds leave more than one answer.

    Example:
        >>> margin_pace(Figure.read(85), Figure.read(100), "increase")
        <Pace.ON_TRACK: 'on_track'>
    """
    share = attainment(actual, target).bounds
    if share is None:
        return None
    width = to_decimal(margin)
    above, below = share > Interval.exactly(1 + width), share < Interval.exactly(1 - width)
    if above or below:
        falls = choice(Direction)(direction) is Direction.DECREASE
        return Pace.AHEAD if above is not falls else Pace.BEHIND
    return Pace.ON_TRACK if share.within(Interval(1 - width, 1 + width)) else None


def elapsed_gap(actual: Figure, target: Figure, elapsed: Number) -> tuple[Ratio, Ratio]:
    """An attainment, and how far it lies from the share of time elapsed.

    Returns:
        The attainment, and attainment less elapsed share; both carry the same reason where there is no number.

    Example:
        >>> share, gap = elapsed_gap(Figure.read(20), Figure.read(100), "0.25")
        >>> print(share, gap.bounds)
        20 % -0.05
    """
    share = attainment(actual, target)
    if share.bounds is None:
        return share, share
    return share, Ratio(share.bounds - Interval.exactly(elapsed))


def growth(
    baseline: Number,
    actual: Number,
    years: Number,
    *,
    direction: Direction | str = Direction.INCREASE,
    target: Number | None = None,
    target_years: Number | None = None,
) -> float | None:
    """Compound annual growth, or its share of the growth that the target requires.

    g = (actual / baseline)^(1 / years) - 1, with the sign turned for falling indicators. With a target, g over the growth
    required from the baseline to the target.

    Args:
        baseline: the first value.
        actual: the last value.
        years: the years between them.
        direction: which way is better.
        target: the value to be reached, if one is set.
        target_years: the years from the baseline to the target.

    Returns:
        None if a value is not positive, no time has passed, or no growth is required; growth has no meaning then.

    Example:
        >>> round(growth(50, 60, 5), 5)
        0.03714

    Source: Open SDG, progress measure (compound annual growth rate). docs/reference/formulas.md, F14.
    """
    rate = _annual(to_decimal(baseline), to_decimal(actual), to_decimal(years))
    if rate is None:
        return None
    if target is None:
        return -rate if choice(Direction)(direction) is Direction.DECREASE else rate
    required = None if target_years is None else _annual(to_decimal(baseline), to_decimal(target), to_decimal(target_years))
    return None if not required else rate / required


def _annual(first: Decimal, last: Decimal, years: Decimal) -> float | None:
    if first <= 0 or last <= 0 or years <= 0:
        return None
    rate = float(last / first) ** (1 / float(years)) - 1
    return rate if isfinite(rate) else None
