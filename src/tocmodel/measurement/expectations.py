"""What was expected of an indicator by now: on the straight way from baseline to target, or from one dated target to the next."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from tocmodel.figures import Figure, Interval, Missing
from tocmodel.measurement.actuals import is_count
from tocmodel.measurement.judging import Status, status
from tocmodel.measurement.pace import Pace
from tocmodel.measurement.policy import Policy
from tocmodel.measurement.ratings import band
from tocmodel.messages import message
from tocmodel.model import Accumulation, Direction, Indicator, IndicatorKind
from tocmodel.periods import Period

_NUMBERS = frozenset({IndicatorKind.COUNT, IndicatorKind.PERCENTAGE, IndicatorKind.RATIO})


@frozen
class Expectation:
    """What was expected by the date of judgement, and how far the way is made.

    Attributes:
        figure: what was expected; a gap where nothing can be.
        pace: the band that the way made over the way expected falls into; None where there is none, or several.
        assumed: what was assumed on the way.
    """

    figure: Figure
    pace: Pace | str | None = None
    assumed: tuple[str, ...] = ()


@frozen
class Leg:
    """A part of the way.

    Attributes:
        start: the figure at its beginning.
        end: the figure at its end.
        passed: the share of its days that have passed.
    """

    start: Interval
    end: Interval
    passed: Fraction

    def expected(self) -> Interval:
        """The figure that the straight line has reached."""
        if self.passed == 1:
            return self.end
        share = Interval.exactly(self.passed.numerator) / Interval.exactly(self.passed.denominator)
        return self.start + (self.end - self.start) * share

    def share(self, done: Interval, origin: Interval) -> Interval | None:
        """The way made from the origin, over the way expected; one division, so that a band's edge stays an edge."""
        above = Interval.exactly(self.passed.numerator)
        below = Interval.exactly(self.passed.denominator)
        way = (self.start - origin) * below + (self.end - self.start) * above
        return None if 0 in way else (done - origin) * below / way


def leg(span: Period, origin: Interval, milestones: Sequence[tuple[Period, Interval]], goal: Interval, as_of: date) -> Leg:
    """The part of the way that the date of judgement lies on.

    Args:
        span: the whole stretch of time.
        origin: the figure at its beginning.
        milestones: the figures to be reached by the ends of periods inside it.
        goal: the figure to be reached by its end.
        as_of: the date of judgement.
    """
    if as_of >= span.end:
        return Leg(goal, goal, Fraction(1))
    start, level = span.start, origin
    for period, figure in sorted(milestones, key=lambda item: item[0].end):
        if period.end <= as_of:
            start, level = period.end, figure
        elif start < period.end < span.end:
            return Leg(level, figure, _passed(start, period.end, span.start, as_of))
    return Leg(level, goal, _passed(start, span.end, span.start, as_of))


def _passed(start: date, end: date, first: date, as_of: date) -> Fraction:
    """The share of the days after `start` up to `end` that have passed; the first day of all counts as one of them."""
    days = (end - start).days + (1 if start == first else 0)
    passed = (as_of - start).days + (1 if start == first else 0)
    return Fraction(min(max(passed, 0), days), days)


def expectation(
    indicator: Indicator,
    direction: Direction,
    *,
    span: Period | None,
    as_of: date,
    baseline: Figure,
    target: Figure,
    actual: Figure,
    policy: Policy,
    milestones: Sequence[tuple[Period, Interval]] = (),
) -> Expectation:
    """What was expected of a cell by a date, and the pace.

    The way starts at the baseline; new results and running totals without one start at 0, which is an assumption. A maintain
    target is expected all the time: within it is on track, outside behind. Context indicators, ratings, milestones and words
    have no pace, nor has a cell without a start, a target or dates.

    Args:
        indicator: the indicator.
        direction: which way is better.
        span: the stretch of time that leads to the target.
        as_of: the date of judgement.
        baseline: the state before.
        target: the target at the end of the stretch.
        actual: what was reached.
        policy: the conventions.
        milestones: what was to be reached by the ends of earlier periods.

    Source: docs/reference/formulas.md, F9.
    """
    if direction is Direction.CONTEXT or indicator.kind not in _NUMBERS:
        return Expectation(Figure.gap(Missing.NOT_APPLICABLE, unit=indicator.unit))
    nothing = Expectation(Figure.gap(unit=indicator.unit))
    if target.bounds is None or span is None or direction is Direction.UNKNOWN:
        return nothing
    if direction is Direction.MAINTAIN:
        found = status(actual, target, direction, tolerance=indicator.tolerance or 0)
        pace = {Status.MET: Pace.ON_TRACK, Status.NOT_MET: Pace.BEHIND}.get(found) if found else None
        return Expectation(target, pace)
    assumed: tuple[str, ...] = ()
    origin = baseline.bounds
    if origin is None and baseline.missing is not Missing.SUPPRESSED and starts_at_zero(indicator, direction):
        origin, assumed = Interval.exactly(0), (message("the way to the target starts at 0, for no baseline is stated"),)
    if origin is None or as_of < span.start:
        return nothing
    if (direction is Direction.INCREASE and target.bounds < origin) or (direction is Direction.DECREASE and target.bounds > origin):
        return nothing
    way = leg(span, origin, milestones, target.bounds, as_of)
    expected = Figure("", way.expected(), indicator.unit)
    share = None if actual.bounds is None else way.share(actual.bounds, origin)
    name = None if share is None else band(Figure("", share), policy.pace_bands)
    return Expectation(expected, _PACES.get(name, name) if name else None, assumed)


_PACES: dict[str, Pace] = {pace.value: pace for pace in Pace}
"""What the bands are called unless a policy has names of its own."""


_FROM_ZERO = frozenset({Accumulation.INCREMENTAL, Accumulation.CUMULATIVE})


def starts_at_zero(indicator: Indicator, direction: Direction) -> bool:
    """Whether the way to a target starts at 0 where no baseline is stated: counts of new results and running totals that are to rise."""
    return is_count(indicator) and indicator.accumulation in _FROM_ZERO and direction is Direction.INCREASE
