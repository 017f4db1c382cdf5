"""The indicator performance tracking table, cut into parts that fit a page: a few periods beside each other, then the whole."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from attrs import frozen

from tocmodel.figures import Figure
from tocmodel.measurement import AchievementRow
from tocmodel.measurement.tracking import TrackingRow, tracked, variance
from tocmodel.periods import Period
from tocmodel.reports.sections.facts import Facts
from tocmodel.reports.sections.results import based

PERIODS = 3
"""How many periods stand beside each other on a page."""
ROWS = 1000
"""The most rows of a tracking table on the page."""


@frozen
class Part:
    """Some periods of the tracking table.

    Attributes:
        places: the places of these periods in each row.
        periods: the periods.
        last: whether the whole life of the programme stands beside them.
    """

    places: tuple[int, ...]
    periods: tuple[Period, ...]
    last: bool


@frozen
class Tracked:
    """The tracking table for the page.

    Attributes:
        rows: its rows.
        parts: its periods, in parts.
        based: whether a row says anything of its baseline.
        in_all: how many rows there would be without a limit.
    """

    rows: tuple[TrackingRow, ...]
    parts: tuple[Part, ...]
    based: bool
    in_all: int


def tracking(facts: Facts) -> Tracked | None:
    """The tracking table; None where there is no indicator."""
    table = tracked(facts.model, facts.table)
    if not table.rows:
        return None
    rows = table.rows[:ROWS]
    return Tracked(rows, tuple(_parts(table.periods)), based(row.life for row in rows), len(table.rows))


def _parts(periods: tuple[Period, ...]) -> Iterator[Part]:
    """The periods in parts, the last of which has room for the whole; a single part where there are none."""
    for start in range(0, max(len(periods), 1), PERIODS):
        places = range(start, min(start + PERIODS, len(periods)))
        yield Part(tuple(places), tuple(periods[place] for place in places), start + PERIODS >= len(periods))


def by_node(rows: Iterable[TrackingRow]) -> list[tuple[str, list[TrackingRow]]]:
    """The rows of each node that is measured, in order."""
    return [(node, list(own)) for node, own in groupby(rows, key=lambda row: row.node)]


def difference(row: AchievementRow) -> Figure | None:
    """Result less target, as a figure for people; None where one of them has no number, or the row gets no verdict."""
    gap = variance(row) if row.status is not None else None
    return None if gap is None else Figure("", gap)
