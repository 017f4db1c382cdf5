"""What successive reports amount to, period by period and over the whole: new results, running totals, or states."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date

from attrs import frozen

from tocmodel.figures import Figure, Interval, total
from tocmodel.model import Accumulation, ReportBasis
from tocmodel.model.record import choice
from tocmodel.periods import Period
from tocmodel.words import Word


class Gaps(Word):
    """What a period without a report holds: nothing, or the last figure before it."""

    MISSING = "missing"
    CARRY_FORWARD = "carry_forward"


@frozen
class Accumulated:
    """A series period by period.

    Attributes:
        actuals: the figure of each period.
        life: the figure of the whole.
    """

    actuals: tuple[Figure, ...]
    life: Figure


def accumulate(
    results: Sequence[Sequence[Figure]],
    accumulation: Accumulation | str,
    report: ReportBasis | str,
    *,
    gaps: Gaps | str = Gaps.MISSING,
) -> Accumulated:
    """What reports amount to in each period and over the whole.

    New results add up, inside their period or, reported to date, since the start; of running totals and states the last one
    holds. A period without a report is missing, not zero.

    Args:
        results: the reports of each period, in time order.
        accumulation: incremental, cumulative or snapshot.
        report: whether a period's figure covers that period only or everything since the start.
        gaps: whether a period without a report keeps the last figure; it has no meaning for results per period, which are
            missing.

    Raises:
        ValueError: if the accumulation is not stated.

    Example:
        >>> series = accumulate([[Figure.read(8)], [Figure.read(25)], []], "incremental", "to_date")
        >>> [str(figure) for figure in series.actuals], str(series.life)
        (['8', '33', 'missing'], '33')
    """
    how, basis = choice(Accumulation)(accumulation), choice(ReportBasis)(report)
    if how is Accumulation.UNKNOWN:
        message = "the accumulation is not stated: say whether the reports are incremental, cumulative or snapshots"
        raise ValueError(message)
    known = [[figure for figure in period if figure.bounds is not None] for period in results]
    adds = how is Accumulation.INCREMENTAL
    actuals: list[Figure] = []
    so_far: list[Figure] = []
    for period in known:
        so_far += period
        if not period:
            carried = choice(Gaps)(gaps) is Gaps.CARRY_FORWARD and bool(actuals) and not (adds and basis is ReportBasis.PER_PERIOD)
            actuals.append(actuals[-1] if carried else Figure.gap())
        elif adds:
            actuals.append(_sum(period if basis is ReportBasis.PER_PERIOD else so_far))
        else:
            actuals.append(period[-1])
    life = Figure.gap() if not so_far else _sum(so_far) if adds else so_far[-1]
    return Accumulated(tuple(actuals), life)


def _sum(figures: Sequence[Figure]) -> Figure:
    if len(figures) == 1:
        return figures[0]
    return Figure("", total(figure.bounds for figure in figures if figure.bounds is not None), figures[0].unit)


@frozen
class Update:
    """A report of one reporter on one period.

    Attributes:
        period: the position of the period.
        reporter: who reports.
        figure: what.
    """

    period: int
    reporter: Hashable
    figure: Figure


def accumulate_by_reporter(
    periods: int, updates: Sequence[Update], *, cumulative: bool = True, gaps: Gaps | str = Gaps.CARRY_FORWARD
) -> tuple[Figure, ...]:
    """Running totals of several reporters: the latest of each, then the sum over reporters.

    Args:
        periods: how many periods there are.
        updates: the reports in the order of entry; the later entry on a period replaces the earlier.
        cumulative: whether a report is a running total; otherwise all reports of a period add up.
        gaps: whether a reporter without a report on a period keeps the last one.

    Example:
        >>> reports = [Update(0, "u1", Figure.read(2)), Update(0, "u2", Figure.read(2)), Update(1, "u2", Figure.read(4))]
        >>> [str(figure) for figure in accumulate_by_reporter(2, reports)]
        ['4', '6']
    """
    totals: list[Figure] = []
    for period in range(periods):
        if not cumulative:
            own = [update.figure for update in updates if update.period == period]
        else:
            carried = choice(Gaps)(gaps) is Gaps.CARRY_FORWARD
            last: dict[Hashable, Update] = {}
            for update in updates:
                reaches = update.period <= period if carried else update.period == period
                if reaches and (update.reporter not in last or update.period >= last[update.reporter].period):
                    last[update.reporter] = update
            own = [update.figure for update in last.values()]
        own = [figure for figure in own if figure.bounds is not None]
        totals.append(_sum(own) if own else Figure.gap())
    return tuple(totals)


@frozen
class Recut:
    """Results set into other periods.

    Attributes:
        actuals: the figure of each period.
        outside: positions of the results that touch no period.
        straddling: positions of the results that lie in no single period; they are not counted.
    """

    actuals: tuple[Figure, ...]
    outside: tuple[int, ...]
    straddling: tuple[int, ...]


def recut(
    results: Sequence[tuple[Period | date, Figure]],
    periods: Sequence[Period],
    accumulation: Accumulation | str,
    report: ReportBasis | str,
    *,
    gaps: Gaps | str = Gaps.MISSING,
) -> Recut:
    """Set results into other periods without inventing anything: a result belongs to the period that holds it whole.

    Args:
        results: each with the day or period it covers, in any order.
        periods: the new periods.
        accumulation: incremental, cumulative or snapshot.
        report: whether a period's figure covers that period only or everything since the start.
        gaps: whether a period without a result keeps the last figure.
    """
    place = placed([Period.read(when) for when, _ in results], periods)
    series = accumulate([[results[position][1] for position in held] for held in place.inside], accumulation, report, gaps=gaps)
    return Recut(series.actuals, place.outside, place.straddling)


@frozen
class Placement:
    """Which period holds what.

    Attributes:
        inside: for each period, the positions of what lies wholly inside, in time order.
        outside: positions of what touches no period.
        straddling: positions of what lies in no single period.
    """

    inside: tuple[tuple[int, ...], ...]
    outside: tuple[int, ...]
    straddling: tuple[int, ...]


def placed(covered: Sequence[Period], periods: Sequence[Period]) -> Placement:
    """Set stretches of days into periods; each belongs to the first that holds it whole.

    Example:
        >>> placed([Period.read("2024-02"), Period.read("2024-03-20/2024-04-10")], Period.read("2024").cut(3)).straddling
        (1,)
    """
    inside: list[list[int]] = [[] for _ in periods]
    outside: list[int] = []
    straddling: list[int] = []
    for position in sorted(range(len(covered)), key=lambda index: (covered[index].end, index)):
        home = next((index for index, period in enumerate(periods) if period.holds(covered[position])), None)
        if home is not None:
            inside[home].append(position)
        elif any(period.touches(covered[position]) for period in periods):
            straddling.append(position)
        else:
            outside.append(position)
    return Placement(tuple(map(tuple, inside)), tuple(sorted(outside)), tuple(sorted(straddling)))


def against_direction(values: Sequence[Figure], *, rising: bool) -> tuple[tuple[int, int], ...]:
    """The pairs of positions where the later value certainly moved the wrong way; missing values are passed over.

    Example:
        >>> against_direction([Figure.read(100), Figure.read(80)], rising=True)
        ((0, 1),)
    """
    wrong: Callable[[Interval, Interval], bool] = (lambda one, other: other < one) if rising else (lambda one, other: other > one)
    known = [(position, value.bounds) for position, value in enumerate(values) if value.bounds is not None]
    return tuple((one, other) for index, (one, before) in enumerate(known) for other, after in known[index + 1 :] if wrong(before, after))
