"""Which figures count for a cell, and what several reports of it over time amount to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TypeVar

from attrs import evolve, frozen

from tocmodel.figures import Figure, Interval, Missing, hull, total
from tocmodel.measurement.breakdowns import breakdown_sum
from tocmodel.measurement.formulas import Ratio, ratio
from tocmodel.model import (
    Accumulation,
    Actual,
    ActualState,
    Coverage,
    Dimension,
    Indicator,
    IndicatorKind,
    Target,
    TheoryOfChange,
    Value,
)
from tocmodel.periods import Period
from tocmodel.slices import Slice

V = TypeVar("V", bound=Value)


@frozen
class Combined:
    """What several values of one cell amount to.

    Attributes:
        figure: the figure.
        inputs: ids of the values it rests on.
        assumed: what was assumed on the way.
        coverage: how many parts are reported of how many expected.
    """

    figure: Figure
    inputs: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    coverage: tuple[int, int] = (0, 0)


def in_force(values: Iterable[V]) -> tuple[V, ...]:
    """The values that count: approved, and not replaced by another that counts."""
    counting = [value for value in values if not isinstance(value, Actual) or value.state is ActualState.APPROVED]
    replaced = {value.supersedes for value in counting}
    return tuple(value for value in counting if value.id not in replaced)


def figure_of(value: Value, indicator: Indicator) -> Figure:
    """A value's figure in the indicator's unit, with its source; counts are whole and not negative.

    A percentage or ratio that states its numerator and denominator, but no figure of its own, is calculated from them.
    """
    figure = value.figure if value.figure.source or not value.source else evolve(value.figure, source=value.source)
    if figure.missing is Missing.MISSING and value.numerator is not None and value.denominator is not None:
        figure = evolve(figure, bounds=share_of(value.numerator, value.denominator, indicator).bounds, unit=indicator.unit, missing=None)
        figure = figure if figure.bounds is not None else Figure.gap(unit=indicator.unit)
    if indicator.unit is None:
        return figure
    converted = figure.into(indicator.unit)
    return converted if isinstance(value, Target) else converted.counted()


def share_of(numerator: Figure, denominator: Figure, indicator: Indicator) -> Ratio:
    """Numerator over denominator in the indicator's unit: times 100 for percent, 1000 for per mille."""
    factors = {"percent": 100, "per_mille": 1000}
    return ratio(numerator, denominator, factor=factors.get(indicator.unit or "", 1))


def latest(actuals: Sequence[Actual]) -> Actual:
    """The last actual, by date of measurement or period, then date of reporting, then sequence: a total order."""
    return max(actuals, key=order)


def order(actual: Actual) -> tuple[date, datetime, int, str]:
    """Where an actual stands in time; the id decides between reports that are alike in all else."""
    covered = actual.measured or actual.period
    return covered.end if covered else date.min, _moment(actual.reported), actual.sequence or 0, actual.id


def _moment(reported: date | datetime | None) -> datetime:
    if isinstance(reported, datetime):
        return reported
    return datetime.combine(reported or date.min, time.min, UTC)


def over_time(actuals: Sequence[Actual], indicator: Indicator) -> Combined:
    """What the actuals of one cell amount to over their whole time.

    Incremental figures add; cumulative ones take the latest of each reporter, then add over reporters; snapshots, shares,
    ratings and words take the latest. Where the accumulation is not stated and there are several, a count lies between
    the latest and the sum of all.
    """
    read = [actual for actual in actuals if figure_of(actual, indicator).missing is None]
    if not read:
        reasons = [actual.figure.missing for actual in actuals if actual.figure.missing is not Missing.MISSING]
        gap = Figure.gap(reasons[0] if reasons and reasons[0] else Missing.MISSING, unit=indicator.unit)
        return Combined(gap, tuple(actual.id for actual in actuals), coverage=(0, len(actuals)))
    coverage = (len(read), len(actuals))
    if len(read) == 1:
        return Combined(figure_of(read[0], indicator), (read[0].id,), coverage=coverage)
    inputs = tuple(actual.id for actual in sorted(read, key=order))
    how = Accumulation.SNAPSHOT if indicator.kind is not IndicatorKind.COUNT else indicator.accumulation
    if how is Accumulation.INCREMENTAL:
        clash = _touching(read)
        if clash:
            return Combined(Figure.gap(unit=indicator.unit), inputs, (clash,), coverage)
        return Combined(_sum(read, indicator), inputs, coverage=coverage)
    if how is Accumulation.CUMULATIVE:
        reporters = {actual.reporter for actual in read}
        last = [latest([actual for actual in read if actual.reporter == reporter]) for reporter in sorted(reporters, key=str)]
        return Combined(_sum(last, indicator), tuple(actual.id for actual in last), coverage=coverage)
    last_one = latest(read)
    figure = figure_of(last_one, indicator)
    if how is Accumulation.SNAPSHOT:
        return Combined(figure, (last_one.id,), coverage=coverage)
    added = _sum(read, indicator)
    assert figure.bounds is not None
    assert added.bounds is not None
    note = "it is not stated whether the reports are new results or running totals; the result lies between the latest and their sum"
    return Combined(Figure("", hull([figure.bounds, added.bounds]), indicator.unit, figure.source), inputs, (note,), coverage)


def _sum(actuals: Sequence[Actual], indicator: Indicator) -> Figure:
    figures = [figure_of(actual, indicator) for actual in actuals]
    if len(figures) == 1:
        return figures[0]
    return Figure("", total(figure.bounds for figure in figures if figure.bounds is not None), indicator.unit, figures[0].source)


def _touching(actuals: Sequence[Actual]) -> str:
    dated = [(actual.id, actual.reporter, actual.period) for actual in actuals if actual.period is not None]
    for index, (one, reporter, period) in enumerate(dated):
        for other, other_reporter, other_period in dated[index + 1 :]:
            if reporter == other_reporter and period.touches(other_period):
                return f"{one} and {other} cover the same days and are not added"
    return ""


def within(actuals: Iterable[Actual], period: Period) -> tuple[Actual, ...]:
    """The actuals whose period or date of measurement lies wholly inside a period."""
    dated = ((actual, actual.period or actual.measured) for actual in actuals)
    return tuple(actual for actual, covered in dated if covered is not None and period.holds(covered))


def cell(model: TheoryOfChange, indicator: Indicator, slice: Slice, period: Period | None = None) -> Combined:
    """What was reached in one cell; a total that nobody published is derived inside one exhaustive breakdown.

    Args:
        model: the model.
        indicator: the indicator.
        slice: the part; empty for the total.
        period: the period; None for the whole life of the programme.
    """
    own = in_force(model.actuals_of(indicator.id))
    if period is not None:
        own = within(own, period)
    direct = [actual for actual in own if actual.slice == slice]
    if direct or slice:
        return over_time(direct, indicator)
    return _derived(model, indicator, own) or over_time([], indicator)


def _derived(model: TheoryOfChange, indicator: Indicator, own: Sequence[Actual]) -> Combined | None:
    """The total of the breakdown that says most: exhaustive and complete before incomplete, partial and overlapping."""
    found: list[Combined] = []
    for breakdown in sorted(indicator.by, key=lambda item: list(Coverage).index(item.coverage)):
        parts = {actual.slice[breakdown.dimension] for actual in own if actual.slice.dimensions == (breakdown.dimension,)}
        if not parts:
            continue
        categories = _categories(model, breakdown.dimension) or sorted(parts)
        cells = {
            category: over_time([actual for actual in own if actual.slice == Slice({breakdown.dimension: category})], indicator)
            for category in categories
        }
        reported = [part for part in cells.values() if part.figure.bounds is not None]
        if not reported:
            continue
        figure = _whole(indicator, breakdown.coverage, cells, own)
        if figure is None:
            continue
        source = next((part.figure.source for part in reported), None)
        note = f"no total was published: it is derived from the breakdown by {breakdown.dimension}"
        inputs = tuple(id for part in reported for id in part.inputs)
        assumed = tuple(dict.fromkeys([note, *(text for part in reported for text in part.assumed)]))
        found.append(Combined(evolve(figure, unit=indicator.unit, source=source), inputs, assumed, (len(reported), len(cells))))
    complete = [result for result in found if result.coverage[0] == result.coverage[1]]
    return (complete or found or [None])[0]


def _whole(indicator: Indicator, coverage: Coverage, cells: Mapping[str, Combined], own: Sequence[Actual]) -> Figure | None:
    """What the parts of a breakdown make together: counts add; shares only through their numerators and denominators."""
    if indicator.kind is IndicatorKind.COUNT:
        return breakdown_sum({category: part.figure for category, part in cells.items()}, coverage)
    if indicator.kind not in {IndicatorKind.PERCENTAGE, IndicatorKind.RATIO} or coverage is not Coverage.EXHAUSTIVE:
        return None
    used = {id for part in cells.values() for id in part.inputs}
    parts = [(actual.numerator, actual.denominator) for actual in own if actual.id in used]
    pairs = [(above, below) for above, below in parts if above is not None and below is not None]
    if len(pairs) != len(cells):
        return None
    above, below = total(pair[0].bounds or Interval() for pair in pairs), total(pair[1].bounds or Interval() for pair in pairs)
    share = share_of(Figure("", above), Figure("", below), indicator)
    return None if share.bounds is None else Figure("", share.bounds, indicator.unit)


def _categories(model: TheoryOfChange, dimension: str) -> list[str]:
    declared = model.by_id.get(dimension)
    return [item.id for item in declared.categories if not item.members] if isinstance(declared, Dimension) else []
