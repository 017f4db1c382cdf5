"""How far apart the groups behind a total lie: a question to ask, never a verdict on a group."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from tocmodel.figures import Interval
from tocmodel.figures.display import ENGLISH, Wording
from tocmodel.measurement.achievement import AchievementTable
from tocmodel.measurement.rows import AchievementRow, Scope, headline, share_in_words
from tocmodel.messages import message
from tocmodel.model import Dimension, Direction, TheoryOfChange
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
        lowest: the category with the lowest share: attainment, or progress where the indicator is to fall.
        highest: the category with the highest share.
        low: the share of the lowest.
        high: the share of the highest.
        distance: highest less lowest.
        short: the categories that certainly reached fewer than planned; none where the indicator is to fall, for there fewer is better.
        question: what to ask about it; empty where nothing is short.
        shown: the lowest and the highest as people see them.
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
    shown: tuple[str, str] = ("", "")

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
    Column("lowest", lambda gap: gap.shown[0]),
    Column("highest", lambda gap: gap.shown[1]),
    Column("question", lambda gap: gap.question),
)


def equity_gaps(table: AchievementTable, *, model: TheoryOfChange | None = None) -> Table[EquityGap]:
    """The widest distance between the shares of the categories of each breakdown: attainment, or progress where it is to fall.

    Args:
        table: an achievement; its totals stay out of it.
        model: the model, for the titles of categories where people read them; their ids stand there without.

    Returns:
        A row for each indicator, period and dimension with at least two categories that have a share. Bounds count with their
        lower end, or the upper one where there is no lower.

    Source: docs/reference/formulas.md, F12.
    """
    groups: dict[tuple[str, Period | None, str], list[AchievementRow]] = {}
    for row in table:
        if row.scope is not Scope.TO_DATE and len(row.slice.dimensions) == 1 and headline(row).bounds is not None:
            groups.setdefault((row.indicator, row.period, row.slice.dimensions[0]), []).append(row)
    gaps = tuple(_gap(dimension, rows, model) for (_, _, dimension), rows in groups.items() if len(rows) > 1)
    return Table(gaps, _COLUMNS, message("Gaps between groups, as shares of what was planned for each"), table.notes)


def fewer_than_planned(groups: str, wording: Wording = ENGLISH) -> str:
    """What is asked about groups that reached fewer than planned, wherever people read it; empty where there is no group."""
    if not groups:
        return ""
    return wording.gettext("Fewer than planned: %(groups)s. Is it the plan, the identification or the access?", groups=groups)


def _gap(dimension: str, rows: list[AchievementRow], model: TheoryOfChange | None) -> EquityGap:
    ranked = sorted(rows, key=lambda row: _order(_share(row)))
    first, last = ranked[0], ranked[-1]
    short = tuple(row.slice[dimension] for row in rows if _short(row))
    record = None if model is None else model.by_id.get(dimension)
    titles = {each.id: str(each.title) for each in record.categories if each.title} if isinstance(record, Dimension) else {}
    named = [titles.get(id, id) for id in short]
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
        question=fewer_than_planned(_listed(named)),
        shown=(_shown(first, dimension, titles), _shown(last, dimension, titles)),
    )


def _short(row: AchievementRow) -> bool:
    reached, planned = row.actual.bounds, row.target.bounds
    return row.direction is not Direction.DECREASE and reached is not None and planned is not None and reached < planned


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _shown(row: AchievementRow, dimension: str, titles: Mapping[str, str]) -> str:
    id = row.slice[dimension]
    return f"{titles.get(id, id)} {share_in_words(row)}"


def _share(row: AchievementRow) -> Interval:
    share = headline(row).bounds
    assert share is not None
    return share


def _order(share: Interval) -> float:
    end = share.low if share.low is not None else share.high
    return float("-inf") if end is None else float(end)
