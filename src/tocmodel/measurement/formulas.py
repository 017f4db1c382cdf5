"""How far a result has come: attainment and progress, with bounds, or the reason why there is no number."""

from attrs import field, frozen

from tocmodel.errors import UnitMismatchError
from tocmodel.figures import Figure, Interval, Missing, Number, hull
from tocmodel.figures.display import percent
from tocmodel.words import Word


class Reason(Word):
    """Why a calculation has no number."""

    MISSING_ACTUAL = "missing_actual"
    MISSING_TARGET = "missing_target"
    MISSING_BASELINE = "missing_baseline"
    NOT_READABLE = "not_readable"
    NOT_NUMERIC = "not_numeric"
    ZERO_TARGET = "zero_target"
    BASELINE_EQUALS_TARGET = "baseline_equals_target"
    ZERO_DENOMINATOR = "zero_denominator"
    MISSING_DENOMINATOR = "missing_denominator"
    UNIT_MISMATCH = "unit_mismatch"
    NO_DATA = "no_data"
    MISSING_PERIOD = "missing_period"
    UNKNOWN_REPORT_BASIS = "unknown_report_basis"
    REFUSED = "refused"
    SUPPRESSED = "suppressed"


@frozen
class Ratio:
    """A share, 1 for 100 %, or why there is none.

    Attributes:
        bounds: the exact share or its bounds; None where there is none.
        reason: why there is none; None if there is one.
    """

    bounds: Interval | None = None
    reason: Reason | None = field(default=None)

    def __str__(self) -> str:
        if self.bounds is None:
            return "" if self.reason is None else self.reason.value.replace("_", " ")
        return percent(self.bounds)


def attainment(actual: Figure, target: Figure, *, clip: tuple[Number | None, Number | None] | None = None) -> Ratio:
    """How much of the target was reached: actual / target, whatever the direction.

    Ends of bounds stay bounds: at least 1551 of 1550 is at least 100 %. Values above 1 and below 0 are kept.

    Args:
        actual: the result.
        target: the target, in the same unit or one that converts.
        clip: the lowest and the highest share to give, None for no limit; applied to both ends.

    Returns:
        The share, or a reason: missing_actual, missing_target, not_readable, not_numeric, unit_mismatch, zero_target.

    Example:
        >>> print(attainment(Figure.read("over 4544", unit="person").counted(), Figure.read(5181, unit="person")))
        at least 87.7 %
        >>> attainment(Figure.gap(), Figure.read(450)).reason
        <Reason.MISSING_ACTUAL: 'missing_actual'>

    Source: docs/reference/formulas.md, F1.
    """
    reason = _gap(actual, target) or _units(actual, target)
    if reason:
        return Ratio(None, reason)
    done, goal = _bounds(actual), _bounds(_alike(target, actual))
    if 0 in goal:
        return Ratio(None, Reason.ZERO_TARGET)
    return Ratio(_clipped(done / goal, clip))


def progress(baseline: Figure, target: Figure, actual: Figure, *, clip: tuple[Number | None, Number | None] | None = None) -> Ratio:
    """How much of the way from baseline to target was made: (actual - baseline) / (target - baseline).

    It reads the same for an indicator that is to fall as for one that is to rise: 0 at the baseline, 1 at the target.

    Args:
        baseline: the state before.
        target: the target.
        actual: the result.
        clip: the lowest and the highest share to give, None for no limit; applied to both ends.

    Returns:
        The share, or a reason: missing_actual, missing_target, missing_baseline, not_readable, not_numeric, unit_mismatch,
        baseline_equals_target.

    Example:
        >>> print(progress(Figure.read(100), Figure.read(40), Figure.read(70)))
        50 %

    Source: docs/reference/formulas.md, F2.
    """
    reason = _gap(actual, target, baseline) or _units(actual, target) or _units(actual, baseline)
    if reason:
        return Ratio(None, reason)
    start, goal, done = _bounds(_alike(baseline, actual)), _bounds(_alike(target, actual)), _bounds(actual)
    way = goal - start
    if 0 in way:
        return Ratio(None, Reason.BASELINE_EQUALS_TARGET)
    # separately monotone in each of the three, so the corners of baseline and target hold the extremes
    shares = [(done - one) / (other - one) for one in _corners(start) for other in _corners(goal)]
    return Ratio(_clipped(hull(shares), clip))


def _corners(interval: Interval) -> list[Interval]:
    """The ends of an interval as numbers; an interval without both ends, or without one of them inside, as it is."""
    if interval.low is None or interval.high is None or interval.low_open or interval.high_open:
        return [interval]
    return [Interval.exactly(end) for end in dict.fromkeys((interval.low, interval.high))]


def ratio(numerator: Figure, denominator: Figure, *, factor: Number = 1, annualised_days: int | None = None, year_days: int = 365) -> Ratio:
    """A ratio with its factor: numerator / denominator x factor, and per year if annualised.

    Args:
        numerator: what stands above.
        denominator: what stands below.
        factor: what the ratio is multiplied by, 100 for a percentage, 1000 for a rate per thousand.
        annualised_days: the days that the numerator covers, to give a rate for a year.
        year_days: the days of a year.

    Returns:
        The ratio, or a reason: missing_actual, missing_denominator, not_numeric, zero_denominator.

    Example:
        >>> print(ratio(Figure.read(24), Figure.read(12)).bounds)
        2

    Source: docs/reference/formulas.md, F11.
    """
    if numerator.missing:
        return Ratio(None, Reason.MISSING_ACTUAL)
    if denominator.missing:
        return Ratio(None, Reason.MISSING_DENOMINATOR)
    if numerator.bounds is None or denominator.bounds is None:
        return Ratio(None, Reason.NOT_NUMERIC)
    if 0 in denominator.bounds:
        return Ratio(None, Reason.ZERO_DENOMINATOR)
    scaled = numerator.bounds * Interval.exactly(factor)
    if annualised_days is None:
        return Ratio(scaled / denominator.bounds)
    return Ratio(scaled * Interval.exactly(year_days) / (denominator.bounds * Interval.exactly(annualised_days)))


def _gap(actual: Figure, target: Figure, *others: Figure) -> Reason | None:
    """The first reason in the order of the field: actual, target, baseline, then what cannot be calculated with."""
    if actual.missing:
        return Reason.NOT_READABLE if actual.missing is Missing.NOT_READABLE else Reason.MISSING_ACTUAL
    if target.missing:
        return Reason.NOT_READABLE if target.missing is Missing.NOT_READABLE else Reason.MISSING_TARGET
    if any(other.missing for other in others):
        return Reason.MISSING_BASELINE
    if any(figure.bounds is None for figure in (actual, target, *others)):
        return Reason.NOT_NUMERIC
    return None


def _units(figure: Figure, other: Figure) -> Reason | None:
    if figure.unit is None or other.unit is None:
        return None
    try:
        other.into(figure.unit)
    except UnitMismatchError:
        return Reason.UNIT_MISMATCH
    return None


def _alike(figure: Figure, other: Figure) -> Figure:
    return figure if figure.unit is None or other.unit is None else figure.into(other.unit)


def _bounds(figure: Figure) -> Interval:
    assert figure.bounds is not None
    return figure.bounds


def _clipped(share: Interval, clip: tuple[Number | None, Number | None] | None) -> Interval:
    if clip is None:
        return share
    limits = Interval(*clip)
    return share.clipped(limits.low, limits.high)
