"""Which figures count for a cell, and what several reports of it over time amount to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TypeVar

from attrs import evolve, frozen

from tocmodel.figures import Figure, Interval, Missing, hull, total
from tocmodel.measurement.accumulation import Gaps
from tocmodel.measurement.breakdowns import breakdown_sum
from tocmodel.measurement.formulas import Ratio, ratio
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.sampling import wilson
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


def over_time(actuals: Sequence[Actual], indicator: Indicator, *, earlier: Sequence[Actual] = (), policy: Policy = DEFAULT) -> Combined:
    """What the actuals of one cell amount to over their whole time.

    Incremental figures add; cumulative ones take the latest of each reporter, then add over reporters; snapshots, shares,
    ratings and words take the latest. A report that is missing among others makes a sum of counts a lower bound. Where the
    accumulation is not stated and there are several, a count lies between the latest and the sum of all.

    Args:
        actuals: the actuals of the cell.
        indicator: the indicator.
        earlier: for a period, the actuals of the cell before it, which running totals and states may be carried from.
        policy: the conventions.
    """
    read = [actual for actual in actuals if figure_of(actual, indicator).missing is None]
    how = Accumulation.SNAPSHOT if indicator.kind is not IndicatorKind.COUNT else indicator.accumulation
    before = [actual for actual in earlier if figure_of(actual, indicator).missing is None]
    carries = before and how in {Accumulation.CUMULATIVE, Accumulation.SNAPSHOT} and policy.gaps is Gaps.CARRY_FORWARD
    if not read and carries:
        carried = over_time(before, indicator, policy=policy)
        return evolve(carried, assumed=(*carried.assumed, "no report for this period: the last one before it is carried forward"))
    if not read:
        reasons = [actual.figure.missing for actual in actuals if actual.figure.missing is not Missing.MISSING]
        gap = Figure.gap(reasons[0] if reasons and reasons[0] else Missing.MISSING, unit=indicator.unit)
        return Combined(gap, tuple(actual.id for actual in actuals), coverage=(0, len(actuals)))
    if how is Accumulation.CUMULATIVE:
        return _by_reporter(read, before, indicator, policy)
    missing = len(actuals) - len(read)
    if how is Accumulation.INCREMENTAL and (len(read) > 1 or missing):
        return _added(read, missing, indicator)
    last = latest(read)
    if how is not Accumulation.UNKNOWN or len(read) == 1:
        figure, note = sampled(last, indicator, policy)
        return Combined(figure, (last.id,), note, (len(read), len(actuals)))
    figure, added = figure_of(last, indicator), _sum(read, indicator)
    parts = [part.bounds for part in (figure, added) if part.bounds is not None]
    note = "it is not stated whether the reports are new results or running totals; the result lies between the latest and their sum"
    between = Figure("", hull(parts), indicator.unit, figure.source)
    return Combined(between, tuple(actual.id for actual in sorted(read, key=order)), (note,), (len(read), len(actuals)))


def _added(read: Sequence[Actual], missing: int, indicator: Indicator) -> Combined:
    """New results added up; what is missing among them makes the sum a lower bound, for counts are never negative."""
    inputs = tuple(actual.id for actual in sorted(read, key=order))
    coverage = (len(read), len(read) + missing)
    clash = _touching(read)
    if clash:
        return Combined(Figure.gap(unit=indicator.unit), inputs, (clash,), coverage)
    figure = _sum(read, indicator)
    if not missing or figure.bounds is None:
        return Combined(figure, inputs, coverage=coverage)
    least = Interval(figure.bounds.low, None, low_open=figure.bounds.low_open)
    note = f"{missing} of {len(read) + missing} reports are missing: the sum of the others is a lower bound"
    return Combined(evolve(figure, printed="", bounds=least), inputs, (note,), coverage)


def _by_reporter(read: Sequence[Actual], before: Sequence[Actual], indicator: Indicator, policy: Policy) -> Combined:
    """Running totals: the latest of each reporter, then the sum. Who reported only earlier has at least that total still."""
    current = {reporter: latest(own) for reporter, own in _grouped(read).items()}
    older = {reporter: latest(own) for reporter, own in _grouped(before).items() if reporter not in current}
    last = [*current.values(), *older.values()]
    figure = _sum(last, indicator)
    coverage = (len(current), len(last))
    inputs = tuple(actual.id for actual in last)
    if not older or figure.bounds is None:
        return Combined(figure, inputs, coverage=coverage)
    names = ", ".join(sorted(str(reporter) for reporter in older))
    if policy.gaps is Gaps.CARRY_FORWARD:
        return Combined(figure, inputs, (f"carried forward, for lack of a report: {names}",), coverage)
    least = Interval(figure.bounds.low, None, low_open=figure.bounds.low_open)
    note = f"no report from {names}: with their earlier totals the sum is a lower bound"
    return Combined(evolve(figure, printed="", bounds=least), inputs, (note,), coverage)


def _grouped(actuals: Iterable[Actual]) -> dict[str | None, list[Actual]]:
    groups: dict[str | None, list[Actual]] = {}
    for actual in sorted(actuals, key=order):
        groups.setdefault(actual.reporter, []).append(actual)
    return groups


def sampled(actual: Actual, indicator: Indicator, policy: Policy = DEFAULT) -> tuple[Figure, tuple[str, ...]]:
    """A survey percentage with the interval that its sample leaves open; any other figure as it is."""
    figure = figure_of(actual, indicator)
    share = None if figure.value is None or indicator.unit != "percent" else figure.value / 100
    if actual.sample is None or actual.sample.n is None or share is None or not 0 <= share <= 1:
        return figure, ()
    effect = actual.sample.design_effect
    found = wilson(share, actual.sample.n, confidence=policy.confidence, design_effect=effect if effect is not None else 1)
    asked = f"a sample of {actual.sample.n}" + (f" with a design effect of {effect}" if effect is not None else "")
    note = f"{figure} percent was found in {asked}; the bounds are the {policy.confidence} confidence interval (Wilson)"
    printed = figure.printed or str(figure)
    return evolve(figure, printed=printed, bounds=found * Interval.exactly(100)), (note,)


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


def cell(model: TheoryOfChange, indicator: Indicator, slice: Slice, period: Period | None = None, *, policy: Policy = DEFAULT) -> Combined:
    """What was reached in one cell; a total that nobody published is derived inside one exhaustive breakdown.

    Args:
        model: the model.
        indicator: the indicator.
        slice: the part; empty for the total.
        period: the period; None for the whole life of the programme.
        policy: the conventions.
    """
    known = in_force(model.actuals_of(indicator.id))
    own = known if period is None else within(known, period)
    earlier = () if period is None else _before(known, period)
    direct = [actual for actual in own if actual.slice == slice]
    sooner = [actual for actual in earlier if actual.slice == slice]
    if direct or slice:
        return over_time(direct, indicator, earlier=sooner, policy=policy)
    return _derived(model, indicator, own, earlier, policy) or over_time([], indicator, earlier=sooner, policy=policy)


def _before(actuals: Iterable[Actual], period: Period) -> tuple[Actual, ...]:
    dated = ((actual, actual.period or actual.measured) for actual in actuals)
    return tuple(actual for actual, covered in dated if covered is not None and covered.end < period.start)


def _derived(
    model: TheoryOfChange, indicator: Indicator, own: Sequence[Actual], earlier: Sequence[Actual], policy: Policy
) -> Combined | None:
    """The total of the breakdown that says most: exhaustive and complete before incomplete, partial and overlapping."""
    found: list[Combined] = []
    for breakdown in sorted(indicator.by, key=lambda item: list(Coverage).index(item.coverage)):
        parts = {actual.slice[breakdown.dimension] for actual in own if actual.slice.dimensions == (breakdown.dimension,)}
        if not parts:
            continue
        categories = categories_of(model, breakdown.dimension) or sorted(parts)
        cells: dict[str, Combined] = {}
        for category in categories:
            part = Slice({breakdown.dimension: category})
            current = [actual for actual in own if actual.slice == part]
            sooner = [actual for actual in earlier if actual.slice == part]
            cells[category] = over_time(current, indicator, earlier=sooner, policy=policy)
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


def categories_of(model: TheoryOfChange, dimension: str) -> list[str]:
    """The categories that make up a dimension, without the composite ones; none where any will do."""
    declared = model.by_id.get(dimension)
    return [item.id for item in declared.categories if not item.members] if isinstance(declared, Dimension) else []
