"""Which way is better where nobody said, and what in a cell's figures contradicts itself."""

import re
from collections.abc import Iterator, Sequence

from tocmodel.figures import Figure, Interval, words_after
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.messages import Message, Term, message
from tocmodel.model import Baseline, Change, Direction, Indicator, IndicatorKind, Target, Value
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
        return Direction.INCREASE, (message("the direction is not stated; the scale runs from worst to best, so increase is assumed"),)
    if baseline.bounds is not None and target.bounds is not None and baseline.bounds.apart_from(target.bounds):
        if baseline.bounds < target.bounds:
            note = message("the direction is not stated; the target lies above the baseline, so increase is assumed")
            return Direction.INCREASE, (note,)
        note = message("the direction is not stated; the target lies below the baseline, so decrease is assumed")
        return Direction.DECREASE, (note,)
    decided = target.bounds is None or indicator.kind is IndicatorKind.MILESTONE
    return Direction.UNKNOWN, () if decided else (message("the direction is not stated, so the target decides nothing"),)


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
        said = message("a count below zero: %(figure)s", figure=shown(actual))
        yield Finding("A14", Severity.WARNING, Place(indicator.id), said, message("is it a correction?"))


def against_direction(indicator: Indicator, baseline: Figure, target: Figure, place: Place) -> Iterator[Finding]:
    """A target that lies on the wrong side of the baseline for the stated direction."""
    if target.bounds is None or baseline.bounds is None:
        return
    if indicator.direction is Direction.INCREASE and target.bounds < baseline.bounds:
        said = message("the target of “%(title)s” is to increase but lies below the baseline", title=indicator.title)
    elif indicator.direction is Direction.DECREASE and target.bounds > baseline.bounds:
        said = message("the target of “%(title)s” is to decrease but lies above the baseline", title=indicator.title)
    else:
        return
    yield Finding("L42", Severity.ERROR, place, said, message("check direction, baseline and target"))


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
        values = tuple(dict.fromkeys([small for small, _ in pairs] + [large for _, large in pairs]))
        said = message("figures in percent on two scales: %(values)s", values=tuple(_named(value) for value in values))
        hint = message("write 85 %% for a share of 0.85; nothing was converted")
        yield Finding("A06", Severity.WARNING, Place(indicator.id), said, hint)


def _named(value: Value) -> Message:
    """A value by its kind and its figure as it was printed."""
    if value.kind == Baseline.kind:
        return message("baseline %(figure)s", figure=value.figure.printed)
    if value.kind == Target.kind:
        return message("target %(figure)s", figure=value.figure.printed)
    return message("actual %(figure)s", figure=value.figure.printed)


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
        said = message(
            "“%(figure)s” of “%(title)s” names the unit %(named)s, and is taken as %(number)s in the unit %(unit)s",
            figure=figure.printed,
            title=indicator.title,
            named=Term(named),
            number=shown(Figure("", figure.bounds)),
            unit=Term(indicator.unit),
        )
        hint = message("write the number in the indicator's unit, or state the unit that it is in")
        yield Finding("L87", Severity.WARNING, Place(value.id), said, hint)
    if indicator.kind is IndicatorKind.COUNT and counts(figure.unit or indicator.unit) and not _whole(figure.bounds):
        hint = message("write the whole number, or set kind: ratio if it is an average")
        yield Finding("L99", Severity.WARNING, Place(value.id), _not_whole(figure, indicator), hint)


def _not_whole(figure: Figure, indicator: Indicator) -> Message:
    said, unit = figure.printed or shown(figure), Term(figure.unit or indicator.unit)
    if _POINT_BEFORE_THREE.search(figure.printed):
        return message(
            "“%(figure)s” of “%(title)s” is not whole, and the unit %(unit)s is counted: is the point a thousands separator?",
            figure=said,
            title=indicator.title,
            unit=unit,
        )
    return message(
        "“%(figure)s” of “%(title)s” is not whole, and the unit %(unit)s is counted", figure=said, title=indicator.title, unit=unit
    )


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
