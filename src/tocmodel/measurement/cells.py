"""What was reached in one cell: an indicator, a stretch of time and a part; and which results belong to no period."""

from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from tocmodel.figures import Figure
from tocmodel.figures.display import shown
from tocmodel.findings import Finding, Place, Severity
from tocmodel.measurement.accumulation import Gaps, placed
from tocmodel.measurement.actuals import Combined, Report, before, covered, figure_of, in_force, is_count, within
from tocmodel.measurement.derivations import derived
from tocmodel.measurement.parts import Parts
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.reports import over_time
from tocmodel.messages import Message, message
from tocmodel.model import Accumulation, Actual, Indicator, ReportBasis, TheoryOfChange
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
    awaited: Sequence[Period] = (),
    as_of: date | None = None,
    checked: bool = True,
) -> Combined:
    """What was reached in one cell; a figure that nobody published is derived inside one breakdown.

    A report on a state or a running total stands for the stretches of time that it reaches. Where the last that is awaited
    has none, the state is missing; a running total has reached at least what it had, unless the period itself is awaited.

    Args:
        model: the model.
        indicator: the indicator; a derived one is calculated from the cells of others.
        slice: the part; empty for the total.
        period: the stretch of time; None for the whole life of the programme.
        policy: the conventions.
        due: periods that are due and should be reported; one without any report makes a sum of new results incomplete.
        awaited: periods that are due and of which the last should be reported in this cell.
        as_of: the date of judgement; a later report without a figure is awaited too, where it speaks of days up to it.
        checked: whether to look for parts that contradict a published figure or each other; the figure is the same.
    """
    if indicator.derived is None:
        return _reported(model, indicator, slice, period, policy, due, awaited, as_of, checked=checked)

    # no derivation runs in a circle: the model refuses one (M09)
    def read(term: str) -> Combined:
        return cell(model, model.indicator(term), slice, period, policy=policy, due=due, awaited=awaited, as_of=as_of, checked=checked)

    found = derived(indicator, read, policy=policy)
    own = tuple(sorted(actual.id for actual in in_force(model.actuals_of(indicator.id))))
    if own:
        said = message("the indicator is calculated from others; what was reported for itself is left out: %(ids)s", ids=own)
        finding = Finding("A10", Severity.WARNING, Place(indicator.id), said, message("take out the derivation or the reports"))
        return evolve(found, findings=(*found.findings, finding))
    return found


def _reported(
    model: TheoryOfChange,
    indicator: Indicator,
    part: Slice,
    period: Period | None,
    policy: Policy,
    due: Sequence[Period],
    awaited: Sequence[Period],
    as_of: date | None,
    *,
    checked: bool,
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
    expected = (*awaited, *_announced(reports, as_of))
    lacking = _lacking(reports, expected)
    if lacking is None and is_count(indicator) and indicator.accumulation is Accumulation.CUMULATIVE:
        reports, silent = _by_reach(reports, expected)
        sooner = [*sooner, *silent]
    unreported = _unreported(reports, due) + _inside(lacking, awaited, reports)
    whole = period is None or period not in awaited
    found = over_time(reports, indicator, earlier=sooner, unreported=unreported, lacking=lacking, whole=whole, policy=policy)
    return evolve(found, findings=(*findings, *found.findings))


def _announced(reports: Sequence[Report], as_of: date | None) -> tuple[Period, ...]:
    """What reports without a figure speak of: somebody was to report it, and it has ended."""
    gaps = [report for report in reports if report.figure.missing is not None]
    return tuple(days for report in gaps for days in report.covers if as_of is not None and days.end <= as_of)


def _lacking(reports: Sequence[Report], awaited: Sequence[Period]) -> Period | None:
    """The last period that is awaited, where no report with a figure reaches it; a report without a date reaches any."""
    if not awaited:
        return None
    last = max(awaited, key=lambda period: (period.end, period.start))
    return None if any(_reaches(report, last, awaited) for report in reports if report.figure.missing is None) else last


def _reaches(report: Report, last: Period, awaited: Sequence[Period]) -> bool:
    """Whether a report speaks of days after every awaited period that ends before the last one does, and not only before it."""
    if not report.covers:
        return True
    before = max((period.end for period in awaited if period.end < last.end), default=date.min)
    first = min(period.start for period in awaited if period.end == last.end)
    ends = max(days.end for days in report.covers)
    by_a_day = first == last.end  # what is due by a day may be reported before it
    return ends > before and (by_a_day or ends >= first)


def _by_reach(reports: Sequence[Report], awaited: Sequence[Period]) -> tuple[list[Report], list[Report]]:
    """The reports without and of the reporters of whom none reaches the last period that is awaited."""
    if not awaited:
        return list(reports), []
    last = max(awaited, key=lambda period: (period.end, period.start))
    known = [report for report in reports if report.figure.missing is None]
    current = {report.reporter for report in known if _reaches(report, last, awaited)}
    silent = [report for report in known if report.reporter not in current]
    return [report for report in reports if report not in silent], silent


def _inside(lacking: Period | None, awaited: Sequence[Period], reports: Sequence[Report]) -> int:
    """One where a period has no report of its own, and only one that it holds has."""
    touched = lacking is not None and any(lacking.touches(days) for report in reports for days in report.covers)
    gap = any(days == lacking for report in reports if report.figure.missing is not None for days in report.covers)
    return int(touched and not gap and lacking in awaited)


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


def _so_far(indicator: Indicator, period: Period, actuals: Sequence[Actual]) -> Period:
    """The stretch that a period's figure covers: everything since the start, for new results that are reported to date."""
    adds = is_count(indicator) and indicator.accumulation is Accumulation.INCREMENTAL
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
    return days.start > whole.end and not (is_count(indicator) and indicator.accumulation is Accumulation.INCREMENTAL)


STRADDLES = message("straddles periods")
"""Why a result belongs to no period where it lies in several."""


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

    @property
    def printed(self) -> str:
        """The figure and its days."""
        if self.covered is None:
            return shown(self.figure)
        return message("%(figure)s, %(days)s", figure=shown(self.figure), days=self.covered)

    @property
    def said(self) -> Message:
        """The figure and its days, and why it belongs to no period."""
        if self.counted:
            return message("(%(figure)s): %(why)s", figure=self.printed, why=self.why)
        return message("(%(figure)s): %(why)s; not counted", figure=self.printed, why=self.why)

    def __str__(self) -> str:
        return f"{self.id} {self.said}"

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
        why |= {dated[position][0].id: message("inside no period") for position in place.outside}
        why |= {dated[position][0].id: STRADDLES for position in place.straddling}
        why |= {actual.id: message("has no date") for actual in actuals if covered(actual) is None and actual.figure.missing is None}
    if whole is not None:
        why |= {actual.id: message("outside the programme's period") for actual, days in dated if not whole.touches(days)}
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
