"""What reports on the same days say together: never their sum, but what each of them leaves possible."""

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from tocmodel.figures import Interval, hull, total
from tocmodel.periods import Period

_INFINITE = Decimal("Infinity")


@frozen
class Together:
    """What reports of new results amount to when some cover the same days.

    Attributes:
        bounds: the total over all days.
        clashes: the positions of the reports that share days, group by group.
        contradictory: whether some of them cannot all be right.
    """

    bounds: Interval
    clashes: tuple[tuple[int, ...], ...] = ()
    contradictory: bool = False


def together(reports: Sequence[tuple[Period, Interval]]) -> Together:
    """The total of counts reported for periods, some of which may be nested, overlap, or be the same.

    Reports that share no day add up. Where some do, the total is at least the largest sum of reports without a common day,
    and at most the smallest sum of reports that leave no day out. If the first exceeds the second, they contradict each
    other, and the total lies somewhere between.

    Args:
        reports: the periods and what was counted in each; counts are never negative.

    Example:
        >>> year, spring = Period.read("2020"), Period.read("2020-01-01/2020-03-31")
        >>> print(together([(year, Interval.exactly(50)), (spring, Interval.exactly(20))]).bounds)
        50
        >>> late = Period.read("2020-03-01/2020-06-30")
        >>> print(together([(spring, Interval.exactly(20)), (late, Interval.exactly(15))]).bounds)
        20 to 35

    Source: docs/reference/formulas.md, F7.
    """
    found: list[Interval] = []
    clashes: list[tuple[int, ...]] = []
    contradictory = False
    for group in _groups([period for period, _ in reports]):
        if len(group) == 1:
            found.append(reports[group[0]][1])
            continue
        clashes.append(tuple(group))
        own = [reports[position] for position in group]
        least, most = _largest_apart(own), _smallest_cover(own)
        if most.high is not None and least.low is not None and most.high < least.low:
            contradictory = True
            found.append(hull([Interval.exactly(most.high), Interval.exactly(least.low)]))
        else:
            found.append(Interval(least.low, most.high, low_open=least.low_open, high_open=most.high_open and most.high != least.low))
    return Together(total(found), tuple(clashes), contradictory)


def _groups(periods: Sequence[Period]) -> list[list[int]]:
    """Positions of periods that hang together by common days."""
    groups: list[list[int]] = []
    reach = None
    for position in sorted(range(len(periods)), key=lambda index: (periods[index], index)):
        if reach is not None and periods[position].start <= reach:
            groups[-1].append(position)
            reach = max(reach, periods[position].end)
        else:
            groups.append([position])
            reach = periods[position].end
    return groups


def _largest_apart(reports: Sequence[tuple[Period, Interval]]) -> Interval:
    """The largest sum of reports of which no two share a day."""
    ranked = sorted(reports, key=lambda report: report[0].end)
    best: list[tuple[Decimal, Interval]] = []
    for index, (period, count) in enumerate(ranked):
        fitting = [best[other] for other in range(index) if ranked[other][0].end < period.start]
        ahead = max(fitting, key=lambda item: item[0], default=(Decimal(0), Interval.exactly(0)))
        low = Interval(count.low if count.low is not None else 0, None, low_open=count.low_open)
        best.append((ahead[0] + (low.low or 0), ahead[1] + low))
    return max(best, key=lambda item: item[0])[1]


def _smallest_cover(reports: Sequence[tuple[Period, Interval]]) -> Interval:
    """The smallest sum of reports that leave no day of the whole out."""
    first, last = min(period.start for period, _ in reports), max(period.end for period, _ in reports)
    ranked = sorted(reports, key=lambda report: report[0].end)
    best: list[tuple[Decimal, Interval]] = []
    for index, (period, count) in enumerate(ranked):
        start = (Decimal(0), Interval.exactly(0))
        fitting = [best[other] for other in range(index) if (period.start - ranked[other][0].end).days <= 1]
        ahead = start if period.start == first else min(fitting, key=lambda item: item[0], default=(_INFINITE, Interval()))
        cost = _INFINITE if count.high is None else ahead[0] + count.high
        best.append((cost, ahead[1] + count))
    whole = [item for (period, _), item in zip(ranked, best, strict=True) if period.end == last]
    cost, cover = min(whole, key=lambda item: item[0])
    return Interval() if cost.is_infinite() else cover
