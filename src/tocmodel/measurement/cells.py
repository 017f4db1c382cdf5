"""What was reached in one cell: an indicator, a stretch of time and a part; and which results belong to no period."""

from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from tocmodel.figures import Figure
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.accumulation import Gaps, placed
from tocmodel.measurement.actuals import Combined, Report, before, covered, figure_of, in_force, within
from tocmodel.measurement.derivations import derived
from tocmodel.measurement.parts import Parts
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.reports import over_time
from tocmodel.model import Accumulation, Actual, Indicator, IndicatorKind, ReportBasis, TheoryOfChange
from tocmodel.periods import Period
from tocmodel.slices import Slice


def cell(
    model: TheoryOfChange,
    indicator: Indicator,
    slice: Slice,
    period: Period | None = None,
    *,
    policy: Policy = DEFAULT,
    due: Sequence[Period] = (),
    checked: bool = True,
) -> Combined:
    """What was reached in one cell; a figure that nobody published is derived inside one breakdown.

    Args:
        model: the model.
        indicator: the indicator; a derived one is calculated from the cells of others.
        slice: the part; empty for the total.
        period: the stretch of time; None for the whole life of the programme.
        policy: the conventions.
        due: periods that are due and should be reported; one without any report makes a sum of new results incomplete.
        checked: whether to look for parts that contradict a published figure or each other; the figure is the same.
    """
    if indicator.derived is None:
        return _reported(model, indicator, slice, period, policy, due, checked=checked)
    # no derivation runs in a circle: the model refuses one (M09)
    found = derived(
        indicator, lambda term: cell(model, model.indicator(term), slice, period, policy=policy, due=due, checked=checked), policy=policy
    )
    own = [actual.id for actual in in_force(model.actuals_of(indicator.id))]
    if own:
        message = f"the indicator is calculated from others; what was reported for itself is left out: {', '.join(sorted(own))}"
        finding = Finding("A10", Severity.WARNING, Place(indicator.id), message, "take out the derivation or the reports")
        return evolve(found, findings=(*found.findings, finding))
    return found


def _reported(
    model: TheoryOfChange, indicator: Indicator, part: Slice, period: Period | None, policy: Policy, due: Sequence[Period], *, checked: bool
) -> Combined:
    every = in_force(model.actuals_of(indicator.id))
    counted = tuple(actual for actual in every if counts_for_life(model, indicator, actual))
    stretch = period if period is None else _so_far(indicator, period, counted)
    own = counted if stretch is None else within(counted, stretch)
    if period is not None and stretch != period and policy.gaps is Gaps.MISSING and not within(counted, period):
        own = ()
    parts = Parts(model, indicator, every, policy)
    own, stale = _current(indicator, own, part)
    reports, findings = parts.reports(own, part, checked=checked)
    earlier = stale if period is None else (*before(counted, period), *stale)
    sooner = parts.reports(earlier, part, checked=False)[0] if earlier and indicator.accumulation is not Accumulation.INCREMENTAL else []
    found = over_time(reports, indicator, earlier=sooner, unreported=_unreported(reports, due), policy=policy)
    return evolve(found, assumed=(*found.assumed, *_stale(reports, due)), findings=(*findings, *found.findings))


def _current(indicator: Indicator, actuals: Sequence[Actual], part: Slice) -> tuple[tuple[Actual, ...], tuple[Actual, ...]]:
    """The reports of states that a reporter's last breakdown still holds, and those of a category that it lacks."""
    if not part or indicator.accumulation is not Accumulation.SNAPSHOT:
        return tuple(actuals), ()
    newest: dict[str | None, date] = {}
    for actual in actuals:
        days = covered(actual)
        if days is not None and actual.slice.dimensions == part.dimensions:
            newest[actual.reporter] = max(newest.get(actual.reporter, days.end), days.end)

    def is_stale(actual: Actual) -> bool:
        days = covered(actual)
        return (
            actual.slice == part and actual.figure.missing is None and days is not None and days.end < newest.get(actual.reporter, days.end)
        )

    latest = [actual for actual in actuals if actual.slice == part and not is_stale(actual) and actual.figure.missing is None]
    stale = tuple(actual for actual in actuals if is_stale(actual)) if not latest and indicator.combine is None else ()
    return tuple(actual for actual in actuals if actual not in stale), stale


def _stale(reports: Sequence[Report], due: Sequence[Period]) -> tuple[str, ...]:
    """A note that the last report is older than the last period that is due."""
    ends = [days.end for report in reports if report.figure.missing is None for days in report.covers]
    if not due or not ends or len(ends) < len(reports) or max(ends) >= max(due).start:
        return ()
    return (f"the last report speaks of days up to {max(ends)}; none has come for {max(due)}, which is due",)


def _so_far(indicator: Indicator, period: Period, actuals: Sequence[Actual]) -> Period:
    """The stretch that a period's figure covers: everything since the start, for new results that are reported to date."""
    adds = indicator.kind is IndicatorKind.COUNT and indicator.accumulation is Accumulation.INCREMENTAL
    if not adds or indicator.report is not ReportBasis.TO_DATE:
        return period
    return Period(min([period.start, *(days.start for actual in actuals if (days := covered(actual)))]), period.end)


def _unreported(reports: Sequence[Report], due: Sequence[Period]) -> int:
    """How many periods that are due no report touches; none can be told where a report has no date."""
    if any(not report.covers for report in reports):
        return 0
    return sum(not any(period.touches(days) for report in reports for days in report.covers) for period in due)


def counts_for_life(model: TheoryOfChange, indicator: Indicator, actual: Actual) -> bool:
    """Whether an actual counts towards the life of the programme.

    What lies wholly outside the programme's period does not, but for running totals and states that were measured after its
    end.
    """
    whole, days = model.programme.period, covered(actual)
    if whole is None or days is None or whole.touches(days):
        return True
    return days.start > whole.end and not (indicator.kind is IndicatorKind.COUNT and indicator.accumulation is Accumulation.INCREMENTAL)


@frozen
class Orphan:
    """A result that belongs to no period.

    Attributes:
        indicator: the id of the indicator.
        id: the id of the actual.
        figure: what it says.
        covered: the days that it speaks of; None where nobody said.
        why: why it belongs to none.
        counted: whether it counts towards the life of the programme all the same.
    """

    indicator: str
    id: str
    figure: Figure
    covered: Period | None
    why: str
    counted: bool

    def __str__(self) -> str:
        return f"{self.id} {self.said}"

    @property
    def said(self) -> str:
        """What it says, of which days, and why it belongs to no period."""
        days = f", {self.covered}" if self.covered else ""
        return f"({shown(self.figure)}{days}): {self.why}{'' if self.counted else '; not counted'}"

    def record(self) -> dict[str, object]:
        """The orphan as one flat record."""
        return {
            "indicator": self.indicator,
            "id": self.id,
            "figure": str(self.figure),
            "covered": str(self.covered) if self.covered else None,
            "why": self.why,
            "counted": self.counted,
        }


def orphans(model: TheoryOfChange, indicator: Indicator, periods: Sequence[Period]) -> tuple[Orphan, ...]:
    """The results of an indicator that lie in none of its periods, or outside the programme.

    Args:
        model: the model.
        indicator: the indicator.
        periods: its periods; without any, only what lies outside the programme is listed.
    """
    actuals = in_force(model.actuals_of(indicator.id))
    dated = [(actual, days) for actual in actuals if (days := covered(actual)) is not None]
    place = placed([days for _, days in dated], periods)
    whole = model.programme.period
    why: dict[str, str] = {}
    if periods:
        why |= {dated[position][0].id: "inside no period" for position in place.outside}
        why |= {dated[position][0].id: "straddles periods" for position in place.straddling}
        why |= {actual.id: "has no date" for actual in actuals if covered(actual) is None and actual.figure.missing is None}
    if whole is not None:
        why |= {actual.id: "outside the programme's period" for actual, days in dated if not whole.touches(days)}
    return tuple(
        Orphan(
            indicator.id,
            actual.id,
            figure_of(actual, indicator),
            covered(actual),
            why[actual.id],
            counts_for_life(model, indicator, actual),
        )
        for actual in sorted(actuals, key=lambda item: item.id)
        if actual.id in why
    )
