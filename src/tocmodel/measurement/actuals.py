"""Which values count, and what each of them says: in the indicator's unit, from numerator and denominator, or from a sample."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TypeVar

from attrs import evolve, frozen

from tocmodel.figures import Figure, Interval, Missing
from tocmodel.figures.display import shown
from tocmodel.findings import Finding
from tocmodel.measurement.formulas import Ratio, Reason, ratio
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.sampling import wilson
from tocmodel.messages import Message, message
from tocmodel.model import Accumulation, Actual, ActualState, Change, Dimension, Indicator, IndicatorKind, Target, TheoryOfChange, Value
from tocmodel.periods import Period

V = TypeVar("V", bound=Value)
Order = tuple[date, datetime, int, str]


@frozen
class Report:
    """What one actual says of a cell, or what several that belong together say of it.

    Attributes:
        figure: the figure in the indicator's unit.
        inputs: ids of the actuals behind it.
        reporter: who reported it.
        order: where it stands in time.
        covers: the days that it speaks of; empty where nobody said.
        period: its period, where one is stated: two reports on the same days are never added.
        assumed: what was assumed on the way.
        reason: why there is no figure, where more can be said than that it is missing.
        numerator: of a percentage or ratio.
        exposure: its denominator, times the share of a year that it covers for a rate per year.
        parts: how many parts are reported, of how many expected.
    """

    figure: Figure
    inputs: tuple[str, ...]
    reporter: str | None
    order: Order
    covers: tuple[Period, ...] = ()
    period: Period | None = None
    assumed: tuple[str, ...] = ()
    reason: Reason | None = None
    numerator: Figure | None = None
    exposure: Figure | None = None
    parts: tuple[int, int] = (1, 1)


@frozen
class Combined:
    """What the values of one cell amount to.

    Attributes:
        figure: the figure.
        inputs: ids of the values it rests on.
        assumed: what was assumed on the way.
        coverage: how many parts are reported of how many expected.
        method: what it is made of, in words.
        reason: why there is no figure, where more can be said than that it is missing.
        findings: what somebody should look at.
    """

    figure: Figure
    inputs: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    coverage: tuple[int, int] = (0, 0)
    method: str = ""
    reason: Reason | None = None
    findings: tuple[Finding, ...] = ()


_PER_HUNDRED = frozenset({"percent", "per_mille"})


def is_share(indicator: Indicator) -> bool:
    """Whether figures are percentages or ratios, by their kind or by their unit; these never add up."""
    in_percent = indicator.kind is IndicatorKind.COUNT and indicator.unit in _PER_HUNDRED
    return in_percent or indicator.kind in {IndicatorKind.PERCENTAGE, IndicatorKind.RATIO}


def is_count(indicator: Indicator) -> bool:
    """Whether figures count something, so that they may add up."""
    return indicator.kind is IndicatorKind.COUNT and not is_share(indicator)


def targets_add(indicator: Indicator) -> bool:
    """Whether the targets of periods may add up: those of counts, but not of states."""
    return is_count(indicator) and indicator.accumulation is not Accumulation.SNAPSHOT


def in_force(values: Iterable[V]) -> tuple[V, ...]:
    """The values that count: approved, and not replaced by another that counts."""
    counting = [value for value in values if not isinstance(value, Actual) or value.state is ActualState.APPROVED]
    replaced = {value.supersedes for value in counting}
    return tuple(value for value in counting if value.id not in replaced)


def figure_of(value: Value, indicator: Indicator, *, policy: Policy = DEFAULT) -> Figure:
    """A value's figure in the indicator's unit, with its source; counts are whole and not negative.

    A percentage or ratio that states its numerator and denominator, but no figure of its own, is calculated from them.
    """
    return _read(value, indicator, policy)[0]


def _read(value: Value, indicator: Indicator, policy: Policy) -> tuple[Figure, Reason | None]:
    figure = value.figure if value.figure.source or not value.source else evolve(value.figure, source=value.source)
    if figure.missing is Missing.MISSING and value.numerator is not None:
        share = share_of(value.numerator, value.denominator or Figure.gap(), indicator, period=value.period, policy=policy)
        if share.bounds is None:
            return Figure.gap(unit=indicator.unit), share.reason
        figure = Figure("", share.bounds, indicator.unit, figure.source)
    if indicator.unit is None or (isinstance(value, Target) and value.change is Change.PERCENT):
        return figure, None
    if isinstance(value, Target) and value.in_points_of(indicator.unit):
        return evolve(figure, unit=indicator.unit), None
    converted = figure.into(indicator.unit)
    return converted if isinstance(value, Target) else converted.counted(), None


def share_of(
    numerator: Figure, denominator: Figure, indicator: Indicator, *, period: Period | None = None, policy: Policy = DEFAULT
) -> Ratio:
    """Numerator over denominator, times the indicator's factor, and for a year if it is a rate per year.

    Args:
        numerator: what stands above.
        denominator: what stands below.
        indicator: its factor is 100 for percent, 1000 for per mille and 1 otherwise, unless it states another.
        period: what the numerator covers; a rate per year cannot do without.
        policy: the conventions; the days of a year among them.
    """
    if indicator.annualised and period is None:
        return Ratio(None, Reason.MISSING_PERIOD)
    days = period.days if indicator.annualised and period is not None else None
    return ratio(numerator, denominator, factor=factor_of(indicator), annualised_days=days, year_days=policy.year_days)


def factor_of(indicator: Indicator) -> int | str:
    """What numerator / denominator is multiplied by."""
    if indicator.factor is not None:
        return str(indicator.factor)
    return {"percent": 100, "per_mille": 1000}.get(indicator.unit or "", 1)


def order(actual: Actual) -> Order:
    """Where an actual stands in time: by date of measurement or period, then date of reporting, then sequence, then id."""
    covered = actual.measured or actual.period
    return covered.end if covered else date.min, _moment(actual.reported), actual.sequence or 0, actual.id


def _moment(reported: date | datetime | None) -> datetime:
    if isinstance(reported, datetime):
        return reported
    return datetime.combine(reported or date.min, time.min, UTC)


def covered(actual: Actual) -> Period | None:
    """The days that an actual speaks of: its period, or the date of measurement; None where nobody said."""
    return actual.period or actual.measured


def reported(actual: Actual, indicator: Indicator, *, policy: Policy = DEFAULT) -> Report:
    """What one actual says."""
    figure, reason = _read(actual, indicator, policy)
    figure, note = _sampled(actual, figure, indicator, policy)
    days = covered(actual)
    return Report(
        figure=figure,
        inputs=(actual.id,),
        reporter=actual.reporter,
        order=order(actual),
        covers=(days,) if days else (),
        period=actual.period,
        assumed=note,
        reason=reason,
        numerator=actual.numerator,
        exposure=_exposure(actual, indicator, policy),
        parts=(int(figure.missing is None), 1),
    )


def _exposure(actual: Actual, indicator: Indicator, policy: Policy) -> Figure | None:
    below = actual.denominator
    if below is None or below.bounds is None or not indicator.annualised:
        return below
    if actual.period is None:
        return None
    years = Interval.exactly(actual.period.days) / Interval.exactly(policy.year_days)
    return evolve(below, printed="", bounds=below.bounds * years)


def _sampled(actual: Actual, figure: Figure, indicator: Indicator, policy: Policy) -> tuple[Figure, tuple[str, ...]]:
    """A survey percentage with the interval that its sample leaves open; any other figure as it is."""
    share = None if figure.value is None or indicator.unit != "percent" else figure.value / 100
    if actual.sample is None or actual.sample.n is None or share is None or not 0 <= share <= 1:
        return figure, ()
    effect = actual.sample.design_effect
    found = wilson(share, actual.sample.n, confidence=policy.confidence, design_effect=effect if effect is not None else 1)
    note = _asked(figure, actual.sample.n, effect, policy)
    printed = figure.printed or str(figure)
    return evolve(figure, printed=printed, bounds=found * Interval.exactly(100)), (note,)


def _asked(figure: Figure, n: int, effect: Decimal | None, policy: Policy) -> Message:
    if effect is None:
        return message(
            "%(percentage)s percent was found in a sample of %(n)s; the bounds are the %(confidence)s confidence interval (Wilson)",
            percentage=shown(figure),
            n=n,
            confidence=policy.confidence,
        )
    return message(
        "%(percentage)s percent was found in a sample of %(n)s with a design effect of %(effect)s; "
        "the bounds are the %(confidence)s confidence interval (Wilson)",
        percentage=shown(figure),
        n=n,
        effect=effect,
        confidence=policy.confidence,
    )


def within(actuals: Iterable[Actual], period: Period) -> tuple[Actual, ...]:
    """The actuals whose period or date of measurement lies wholly inside a period."""
    return tuple(actual for actual in actuals if (days := covered(actual)) is not None and period.holds(days))


def before(actuals: Iterable[Actual], period: Period) -> tuple[Actual, ...]:
    """The actuals whose period or date of measurement lies wholly before a period."""
    return tuple(actual for actual in actuals if (days := covered(actual)) is not None and days.end < period.start)


def categories_of(model: TheoryOfChange, dimension: str) -> list[str]:
    """The categories that make up a dimension, without the composite ones; none where any will do."""
    declared = model.by_id.get(dimension)
    return [item.id for item in declared.categories if not item.members] if isinstance(declared, Dimension) else []


def members_of(model: TheoryOfChange, dimension: str, category: str) -> tuple[str, ...]:
    """The categories that a composite category consists of; none for any other."""
    declared = model.by_id.get(dimension)
    found = [item.members for item in declared.categories if item.id == category] if isinstance(declared, Dimension) else []
    return found[0] if found else ()
