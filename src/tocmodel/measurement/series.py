"""An indicator period by period: actuals, attainment, status and progress, to date and over the whole."""

from collections.abc import Sequence

from attrs import frozen

from tocmodel.figures import Figure, Missing, total
from tocmodel.measurement.accumulation import Gaps, accumulate
from tocmodel.measurement.formulas import Ratio, attainment, progress
from tocmodel.measurement.judging import Status, status
from tocmodel.model import Accumulation, Direction, ReportBasis
from tocmodel.model.record import choice


@frozen
class PeriodResults:
    """What was planned for a period, and the reports on it in time order."""

    target: Figure
    results: tuple[Figure, ...] = ()


@frozen
class Standing:
    """Where an indicator stands over several periods.

    Attributes:
        target: their target.
        actual: what was reached in them.
        attainment: actual / target.
        status: as if due.
    """

    target: Figure
    actual: Figure
    attainment: Ratio
    status: Status | None


@frozen
class Series:
    """An indicator period by period.

    Attributes:
        actuals: the figure of each period.
        attainment: of each period.
        status: of each period.
        progress: of each period.
        life: the standing over all periods.
        to_date: the standing over the completed periods; another number than the life's.
    """

    actuals: tuple[Figure, ...]
    attainment: tuple[Ratio, ...]
    status: tuple[Status | None, ...]
    progress: tuple[Ratio, ...]
    life: Standing
    to_date: Standing


def achievement_series(
    periods: Sequence[PeriodResults],
    *,
    accumulation: Accumulation | str,
    report: ReportBasis | str,
    direction: Direction | str,
    baseline: Figure | None = None,
    completed: int | None = None,
    gaps: Gaps | str = Gaps.MISSING,
) -> Series:
    """Follow an indicator over its periods.

    Args:
        periods: targets and reports, in time order.
        accumulation: incremental, cumulative or snapshot.
        report: whether figures and targets cover their period only or everything since the start.
        direction: which way is better.
        baseline: the state before; missing where left out.
        completed: how many periods have ended; all of them where left out.
        gaps: whether a period without a report keeps the last figure.

    Example:
        >>> plan = [PeriodResults(Figure.read(100), (Figure.read(50),)), PeriodResults(Figure.read(200))]
        >>> series = achievement_series(plan, accumulation="incremental", report="per_period", direction="increase", completed=1)
        >>> print(series.to_date.attainment, series.life.attainment, *series.status)
        50 % 16.7 % not_met not_due
    """
    before = baseline if baseline is not None else Figure.gap()
    ended = len(periods) if completed is None else completed
    states = choice(Accumulation)(accumulation) is Accumulation.SNAPSHOT  # the targets of states never add up
    basis = ReportBasis.TO_DATE if states else report
    figures = accumulate([period.results for period in periods], accumulation, report, gaps=gaps)

    def standing(considered: Sequence[PeriodResults]) -> Standing:
        goal = life_target([period.target for period in considered], basis)
        reached = accumulate([period.results for period in considered], accumulation, report).life
        return Standing(goal, reached, attainment(reached, goal), status(reached, goal, direction))

    pairs = list(zip(figures.actuals, periods, strict=True))
    return Series(
        actuals=figures.actuals,
        attainment=tuple(attainment(figure, period.target) for figure, period in pairs),
        status=tuple(status(figure, period.target, direction, due=position < ended) for position, (figure, period) in enumerate(pairs)),
        progress=tuple(progress(before, period.target, figure) for figure, period in pairs),
        life=standing(periods),
        to_date=standing(periods[:ended]),
    )


def life_target(targets: Sequence[Figure], report: ReportBasis | str) -> Figure:
    """The target of the whole that follows from the targets of its periods.

    Targets per period add up, and one that is missing leaves the whole without, one that cannot be read leaves it unreadable; of targets to date, and of those of states,
    the last one holds.

    Example:
        >>> print(life_target([Figure.read(80), Figure.read(80)], "per_period"))
        160

    Source: docs/reference/formulas.md, F6.
    """
    if not targets:
        return Figure.gap()
    if choice(ReportBasis)(report) is ReportBasis.TO_DATE:
        return targets[-1]
    if any(target.bounds is None for target in targets):
        unreadable = any(target.missing is Missing.NOT_READABLE for target in targets)
        return Figure.gap(Missing.NOT_READABLE if unreadable else Missing.MISSING)
    return Figure("", total(target.bounds for target in targets if target.bounds is not None), targets[0].unit)


def declared_differs(derived: Figure, declared: Figure) -> bool:
    """Whether a declared target of the whole certainly differs from the one that follows from its periods."""
    return derived.bounds is not None and declared.bounds is not None and derived.bounds.apart_from(declared.bounds)
