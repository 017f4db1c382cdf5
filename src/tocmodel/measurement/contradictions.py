"""Which way is better where nobody said, and what in a cell's figures contradicts itself."""

from collections.abc import Iterator

from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.model import Direction, Indicator, IndicatorKind

_FRACTION, _POINTS = 1, 10
"""A percentage up to the first beside one from the second on is probably a fraction that was taken for a percentage."""


def direction_of(indicator: Indicator, baseline: Figure, target: Figure) -> tuple[Direction, tuple[str, ...]]:
    """Which way is better: stated, or inferred from baseline and target, which is an assumption."""
    if indicator.direction is not Direction.UNKNOWN:
        return indicator.direction, ()
    if indicator.kind is IndicatorKind.RATING and indicator.scale:
        return Direction.INCREASE, ("the direction is not stated; the scale runs from worst to best, so increase is assumed",)
    if baseline.bounds is not None and target.bounds is not None and baseline.bounds.apart_from(target.bounds):
        rising = baseline.bounds < target.bounds
        way = Direction.INCREASE if rising else Direction.DECREASE
        return way, (f"the direction is not stated; the target lies {'above' if rising else 'below'} the baseline, so {way} is assumed",)
    decided = target.bounds is None or indicator.kind is IndicatorKind.MILESTONE
    return Direction.UNKNOWN, () if decided else ("the direction is not stated, so the target decides nothing",)


def contradictions(indicator: Indicator, baseline: Figure, target: Figure, actual: Figure, place: Place) -> Iterator[Finding]:
    """What in the figures of one cell contradicts itself.

    Args:
        indicator: the indicator.
        baseline: the state before.
        target: the target.
        actual: the result.
        place: where the target or the indicator stands.

    Returns:
        Findings: a target on the wrong side of the baseline, figures on different scales of percent, a count below zero.
    """
    yield from against_direction(indicator, baseline, target, place)
    yield from _two_scales(indicator, baseline, target, actual)
    counts = indicator.kind is IndicatorKind.COUNT and indicator.derived is None
    if counts and actual.bounds is not None and actual.bounds < Interval.exactly(0):
        yield Finding("A14", Severity.WARNING, Place(indicator.id), f"a count below zero: {shown(actual)}", "is it a correction?")


def against_direction(indicator: Indicator, baseline: Figure, target: Figure, place: Place) -> Iterator[Finding]:
    """A target that lies on the wrong side of the baseline for the stated direction."""
    if target.bounds is None or baseline.bounds is None:
        return
    falls, rises = target.bounds < baseline.bounds, target.bounds > baseline.bounds
    if (indicator.direction is Direction.INCREASE and falls) or (indicator.direction is Direction.DECREASE and rises):
        message = f"the target of “{indicator.title}” is to {indicator.direction} but lies {'below' if falls else 'above'} the baseline"
        yield Finding("L42", Severity.ERROR, place, message, "check direction, baseline and target")


def _two_scales(indicator: Indicator, baseline: Figure, target: Figure, actual: Figure) -> Iterator[Finding]:
    if indicator.unit != "percent":
        return
    known = {"baseline": baseline, "target": target, "actual": actual}
    values = {name: abs(figure.value) for name, figure in known.items() if figure.value is not None and "%" not in figure.printed}
    large = [name for name, figure in known.items() if figure.value is not None and abs(figure.value) >= _POINTS]
    small = [name for name, value in values.items() if 0 < value <= _FRACTION]
    if small and large:
        said = ", ".join(f"{name} {shown(known[name])}" for name in (*small, *large))
        message = f"figures in percent on two scales: {said}"
        hint = "write 85 % for a share of 0.85; nothing was converted"
        yield Finding("A06", Severity.WARNING, Place(indicator.id), message, hint)
