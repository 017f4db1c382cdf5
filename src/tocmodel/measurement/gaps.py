"""How far apart the groups behind a total lie: a question to ask, never a verdict on a group."""

from collections.abc import Iterable

from attrs import frozen

from tocmodel.figures import Interval
from tocmodel.figures.display import percent
from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.rows import AchievementRow, Scope
from tocmodel.periods import Period
from tocmodel.tables import Column, Table


@frozen
class EquityGap:
    """The widest distance between the categories of a breakdown.

    Attributes:
        indicator: the id of the indicator.
        title: its title.
        period: the period; None for the whole life of the programme.
        dimension: the dimension.
        lowest: the category with the lowest attainment.
        highest: the category with the highest attainment.
        low: the attainment of the lowest.
        high: the attainment of the highest.
        distance: highest less lowest, in shares of the plan.
        short: the categories that certainly reached fewer than planned.
        question: what to ask about it.
    """

    indicator: str
    title: str
    period: Period | None
    dimension: str
    lowest: str
    highest: str
    low: Interval
    high: Interval
    distance: Interval
    short: tuple[str, ...]
    question: str

    def record(self) -> dict[str, object]:
        """The gap as one flat record."""
        return {
            "indicator": self.indicator,
            "title": self.title,
            "period": str(self.period) if self.period else None,
            "dimension": self.dimension,
            "lowest": self.lowest,
            "lowest_low": self.low.low,
            "lowest_high": self.low.high,
            "highest": self.highest,
            "highest_low": self.high.low,
            "highest_high": self.high.high,
            "distance_low": self.distance.low,
            "distance_high": self.distance.high,
            "question": self.question,
        }


_COLUMNS: tuple[Column[EquityGap], ...] = (
    Column("indicator", lambda gap: gap.title),
    Column("by", lambda gap: gap.dimension),
    Column("lowest", lambda gap: f"{gap.lowest} {percent(gap.low)}"),
    Column("highest", lambda gap: f"{gap.highest} {percent(gap.high)}"),
    Column("question", lambda gap: gap.question),
)


def equity_gaps(table: AchievementTable) -> Table[EquityGap]:
    """The widest distance between the attainments of the categories of each breakdown.

    Args:
        table: an achievement; its totals stay out of it.

    Returns:
        A row for each indicator, period and dimension with at least two categories that have an attainment. Bounds count
        with their lower end, or the upper one where there is no lower.

    Source: docs/reference/formulas.md, F12.
    """
    groups: dict[tuple[str, Period | None, str], list[AchievementRow]] = {}
    for row in table:
        if row.scope is not Scope.TO_DATE and len(row.slice.dimensions) == 1 and row.attainment.bounds is not None:
            groups.setdefault((row.indicator, row.period, row.slice.dimensions[0]), []).append(row)
    gaps = tuple(_gap(dimension, rows) for (_, _, dimension), rows in groups.items() if len(rows) > 1)
    return Table(gaps, _COLUMNS, "Gaps between groups, as shares of what was planned for each", table.notes)


def _gap(dimension: str, rows: list[AchievementRow]) -> EquityGap:
    ranked = sorted(rows, key=lambda row: _order(_share(row)))
    first, last = ranked[0], ranked[-1]
    short = tuple(row.slice[dimension] for row in rows if row.actual.bounds and row.target.bounds and row.actual.bounds < row.target.bounds)
    return EquityGap(
        indicator=first.indicator,
        title=first.title,
        period=first.period,
        dimension=dimension,
        lowest=first.slice[dimension],
        highest=last.slice[dimension],
        low=_share(first),
        high=_share(last),
        distance=_share(last) - _share(first),
        short=short,
        question=_question(short),
    )


def _question(short: Iterable[str]) -> str:
    groups = " and ".join(short)
    return f"fewer {groups} than planned: plan, identification or access?" if groups else ""


def _share(row: AchievementRow) -> Interval:
    assert row.attainment.bounds is not None
    return row.attainment.bounds


def _order(share: Interval) -> float:
    end = share.low if share.low is not None else share.high
    return float("-inf") if end is None else float(end)
