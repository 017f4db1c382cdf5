"""Which way is better where nobody said, and what in a cell's figures contradicts itself."""

import re
from collections.abc import Iterator, Sequence

from tocmodel.figures import Figure, Interval, plain, words_after
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.model import Change, Direction, Indicator, IndicatorKind, Target, Value
from tocmodel.units import counts, units_named

_ALIKE = 5
"""A fraction times 100 that lies within this factor of another figure looks like the same share on another scale."""
_HOLDS = {"item": "any", "day_of_training": "day"}
"""What a unit's figures may be called besides: anything that is counted is an item."""
_POINT_BEFORE_THREE = re.compile(r"(?<![\d.])[1-9]\d{0,2}\.\d{3}(?!\d)")


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
        Findings: a target on the wrong side of the baseline, a count below zero.
    """
    yield from against_direction(indicator, baseline, target, place)
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


def fractions(values: Sequence[Value], indicator: Indicator) -> Iterator[tuple[Value, Value]]:
    """Figures of an indicator in percent that are probably shares of one, each with one on the scale to 100 beside it.

    Only bare numbers are suspected: with its sign or its unit, a figure says itself what it is.
    """
    if indicator.unit != "percent":
        return
    known = [(value, abs(value.figure.value)) for value in values if value.figure.value is not None]
    whole = [(value, number) for value, number in known if number > 1 and value.figure.unit in {None, "percent"}]
    for value, number in known:
        if 0 < number <= 1 and value.figure.unit is None:
            beside = next((other for other, large in whole if 100 * number <= _ALIKE * large and large <= _ALIKE * 100 * number), None)
            if beside is not None:
                yield value, beside


def two_scales(values: Sequence[Value], indicator: Indicator) -> Iterator[Finding]:
    """Percentages of one cell on two scales; nothing is converted."""
    pairs = tuple(fractions(values, indicator))
    if pairs:
        said = ", ".join(
            f"{value.kind} {value.figure.printed}" for value in dict.fromkeys([small for small, _ in pairs] + [large for _, large in pairs])
        )
        hint = "write 85 % for a share of 0.85; nothing was converted"
        yield Finding("A06", Severity.WARNING, Place(indicator.id), f"figures in percent on two scales: {said}", hint)


def misread(value: Value, indicator: Indicator) -> Iterator[Finding]:
    """What the print of a value shows to be meant otherwise than it counts.

    Args:
        value: a baseline, a target or an actual.
        indicator: its indicator.

    Returns:
        Findings: words that name another unit than the number was taken in, and counts that are not whole.
    """
    figure = value.figure
    if figure.bounds is None or (isinstance(value, Target) and value.change is Change.PERCENT):
        return
    named = other_unit(figure, indicator)
    if named:
        taken = f"is taken as {plain(figure.value) if figure.value is not None else figure.bounds} in the unit {indicator.unit}"
        message = f"“{figure.printed}” of “{indicator.title}” names the unit {named}, and {taken}"
        yield Finding(
            "L87", Severity.WARNING, Place(value.id), message, "write the number in the indicator's unit, or state the unit that it is in"
        )
    if indicator.kind is IndicatorKind.COUNT and counts(figure.unit or indicator.unit) and not _whole(figure.bounds):
        asked = ": is the point a thousands separator?" if _POINT_BEFORE_THREE.search(figure.printed) else ""
        unit = figure.unit or indicator.unit
        message = f"“{figure.printed or figure.bounds}” of “{indicator.title}” is not whole, and the unit {unit} is counted{asked}"
        yield Finding("L99", Severity.WARNING, Place(value.id), message, "write the whole number, or set kind: ratio if it is an average")


def other_unit(figure: Figure, indicator: Indicator) -> str | None:
    """The unit that a figure names in words, where its number was taken in the indicator's, which is another.

    Words that belong to the population are no unit, nor is what a figure says beside the unit that it states.

    Example:
        >>> readers = Indicator(id="i", title="Readers", of="o", unit="person")
        >>> other_unit(Figure.read("85 households"), readers), other_unit(Figure.read("85 girls"), readers)
        ('household', None)
    """
    if indicator.unit is None or figure.unit is not None or figure.bounds is None:
        return None
    named = units_named(words_after(figure.printed))
    held = _HOLDS.get(indicator.unit)
    if not named or indicator.unit in named or held in named or (held == "any" and all(map(counts, named))):
        return None
    population = str(indicator.population).lower()
    return next((unit for unit in named if unit not in units_named(population) and unit not in population.split()), None)


def _whole(bounds: Interval) -> bool:
    return all(end is None or end == end.to_integral_value() for end in (bounds.low, bounds.high))
