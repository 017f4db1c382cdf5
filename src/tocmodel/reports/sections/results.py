"""Results: achievement as rows with bars, groups beside each other, what was not reported, and the way of an indicator over time."""

from collections.abc import Iterable
from itertools import groupby

from attrs import frozen

from tocmodel.figures import Interval, Missing
from tocmodel.measurement import AchievementRow, CascadeStep, Scope
from tocmodel.measurement.rows import headline
from tocmodel.model import Dimension, Direction
from tocmodel.reports import standing
from tocmodel.reports.charts import cascade_chart, trajectory_chart
from tocmodel.reports.charts.gaps import gap_question
from tocmodel.reports.naming import Names, named_cascade
from tocmodel.reports.sections.facts import Facts
from tocmodel.reports.standing import judged, reported, silent
from tocmodel.reports.word.parts import withheld
from tocmodel.tables import Table

FULL = 1.5
"""The attainment at which a bar reaches the end of its scale."""
ROWS = 1200
"""The most rows of achievement on the page."""
BROKEN_DOWN = 400
"""The most indicators whose groups stand beside each other, of each dimension."""
CHARTS = 6
"""The most indicators whose way is drawn."""


@frozen
class Bar:
    """A share of the plan as a bar.

    Attributes:
        start: where the part that is certain ends, in per cent of the scale.
        reach: where the part that is possible ends, in per cent of the scale.
        open_end: whether the bar goes on beyond what is known.
        goal: where the target stands, in per cent of the scale.
        begin: where the baseline stands, in per cent of the scale; None where it cannot be drawn.
        beyond: whether the bar is longer than the scale.
    """

    start: float
    reach: float
    open_end: bool
    goal: float
    begin: float | None = None
    beyond: bool = False


def bar(share: Interval | None, begin: Interval | None = None) -> Bar | None:
    """The bar of a share; None where there is no number, or no lower end to draw.

    Args:
        share: the share of the plan.
        begin: the baseline, as a share of the plan.

    Example:
        >>> bar(Interval.at_least("0.75"))
        Bar(start=50.0, reach=50.0, open_end=True, goal=66.7, begin=None, beyond=False)
    """
    if share is None or share.low is None:
        return None
    end = share.high if share.high is not None else share.low
    began = None if begin is None or begin.value is None else _along(float(begin.value))
    return Bar(_along(float(share.low)), _along(float(end)), share.high is None, _along(1.0), began, float(end) > FULL)


def bar_of(row: AchievementRow) -> Bar | None:
    """The bar of a row; an indicator that is to fall shows its progress, which begins at 0."""
    target, baseline = row.target.bounds, row.baseline.bounds
    falling = row.direction is Direction.DECREASE
    begin = None
    if not falling and target is not None and baseline is not None and target.value:
        begin = baseline / target
    return bar(headline(row).bounds, begin)


def _along(share: float) -> float:
    return round(100 * min(max(share, 0.0), FULL) / FULL, 1)


@frozen
class Achieved:
    """The achievement of the whole programme.

    Attributes:
        groups: for each indicator its total, then its parts, then the periods that are due taken together, unless they say the same.
        based: whether a row says anything of its baseline; where none does, the column says nothing.
        worded: results in words.
        compared: how many results have a note on what makes plan and result hard to compare.
        bounded: how many results are bounds.
        reports: how many indicators with a target that is due have a result, in a sentence.
        verdicts: how many of those that can be judged are met, in a sentence; empty where none can be.
        unbased: how many targets stand without a baseline.
        hidden: how many figures are withheld.
        shown: how many rows there are here.
        in_all: how many there would be without a limit.
    """

    groups: tuple[tuple[AchievementRow, ...], ...]
    based: bool
    worded: tuple[AchievementRow, ...]
    reports: str
    verdicts: str
    compared: int
    bounded: int
    unbased: int
    hidden: int
    shown: int
    in_all: int


def achieved(facts: Facts) -> Achieved:
    """What was reached against the plan, for the page."""
    rows = [row for row in facts.table.for_people if row.scope is Scope.LIFE or (row.scope is Scope.TO_DATE and not row.slice)]
    numbers = [row for row in rows if not row.actual.words]
    shown = numbers[:ROWS]
    totals = facts.totals
    return Achieved(
        groups=tuple(_grouped(shown)),
        based=based(shown),
        worded=tuple(row for row in rows if row.actual.words and row.scope is Scope.LIFE),
        reports=reported(facts.words, facts.table),
        verdicts=judged(facts.words, totals),
        compared=sum(bool(row.comparability) for row in totals),
        bounded=sum(row.actual.bounds is not None and row.actual.bounds.value is None for row in totals),
        unbased=sum(row.baseline.missing is Missing.MISSING and row.target.missing is None for row in totals),
        hidden=sum(row.actual.missing is Missing.SUPPRESSED for row in facts.table),
        shown=len(shown),
        in_all=len(numbers),
    )


def based(rows: Iterable[AchievementRow]) -> bool:
    """Whether a row says anything of its baseline, and be it why there is no number."""
    return any(row.baseline.missing is not Missing.MISSING for row in rows)


@frozen
class Unreported:
    """The cells, totals and groups, that are due and have a target and no result: of the whole programme, or else of single periods.

    Attributes:
        rows: those whose target can be read.
        unreadable: those whose target cannot, which are no results less, but no targets either.
        told: how many there are, in a sentence; empty where every target that is due has a result.
        beside: how many more cannot be read, in a sentence; empty where there is none.
        reports: how many indicators with a target that is due have a result, in a sentence.
        parted: whether a group is among them.
    """

    rows: tuple[AchievementRow, ...]
    unreadable: tuple[AchievementRow, ...]
    told: str
    beside: str
    reports: str
    parted: bool


def unreported(facts: Facts) -> Unreported:
    """What was planned and has no result."""
    rows, unclear = silent(facts.table)
    return Unreported(
        rows=rows,
        unreadable=unclear,
        told=standing.unreported(facts.words, rows),
        beside=standing.unreadable(facts.words, unclear),
        reports=reported(facts.words, facts.table),
        parted=any(row.slice for row in (*rows, *unclear)),
    )


@frozen
class ByGroup:
    """Plan and result of the groups of one dimension beside each other.

    Attributes:
        dimension: the title of the dimension.
        indicators: for each indicator the rows of its groups, and the question that their distance asks.
        in_all: how many indicators there would be without a limit.
    """

    dimension: str
    indicators: tuple[tuple[tuple[AchievementRow, ...], str], ...]
    in_all: int


def groups(facts: Facts) -> tuple[ByGroup, ...]:
    """Plan and result by each dimension, over the whole programme; only indicators of which a group has a target or a result."""
    names = Names.of(facts.model, facts.words)
    questions = {(gap.indicator, gap.dimension): gap_question(gap, names) for gap in facts.gaps}
    parts = [row for row in facts.table if row.scope is Scope.LIFE and len(row.slice.dimensions) == 1]
    found: dict[str, list[tuple[tuple[AchievementRow, ...], str]]] = {}
    for (indicator, dimension), rows in _by_part(parts):
        if any(row.target.missing is None or row.actual.missing is None for row in rows):
            found.setdefault(dimension, []).append((rows, questions.get((indicator, dimension), "")))
    return tuple(ByGroup(_titled(facts, dimension), tuple(own[:BROKEN_DOWN]), len(own)) for dimension, own in found.items())


def _by_part(parts: Iterable[AchievementRow]) -> list[tuple[tuple[str, str], tuple[AchievementRow, ...]]]:
    found: dict[tuple[str, str], list[AchievementRow]] = {}
    for row in parts:
        found.setdefault((row.indicator, row.slice.dimensions[0]), []).append(row)
    return [(key, tuple(rows)) for key, rows in found.items()]


def _titled(facts: Facts, dimension: str) -> str:
    record = facts.model.by_id.get(dimension)
    return facts.words.text(record.title) if isinstance(record, Dimension) else dimension


@frozen
class OverTime:
    """The way of an indicator.

    Attributes:
        picture: the chart, as SVG.
        rows: what was planned and reached in each period.
    """

    picture: str
    rows: tuple[AchievementRow, ...]


def over_time(facts: Facts) -> tuple[OverTime, ...]:
    """The indicators with numbers in two periods or more, drawn; the first few, and none of which a figure is withheld."""
    hidden = withheld(facts.table)
    drawn: list[OverTime] = []
    for rows in _grouped(row for row in facts.table if row.scope is Scope.PERIOD and not row.slice):
        if len(drawn) < CHARTS and rows[0].indicator not in hidden and sum(row.actual.bounds is not None for row in rows) > 1:
            drawn.append(OverTime(trajectory_chart(facts.model, rows[0].indicator, as_of=facts.as_of, language=facts.words), rows))
    return tuple(drawn)


@frozen
class Followed:
    """A cascade as picture and as table."""

    picture: str
    steps: Table[CascadeStep]


def cascades(facts: Facts) -> tuple[Followed, ...]:
    """The cascades of the model, drawn, their titles in the reader's language where the model has them in it."""
    followed: list[Followed] = []
    for item in facts.model.cascades:
        steps = named_cascade(facts.model, item.id, facts.words, as_of=facts.as_of)
        followed.append(Followed(cascade_chart(steps, language=facts.words), steps))
    return tuple(followed)


def _grouped(rows: Iterable[AchievementRow]) -> list[tuple[AchievementRow, ...]]:
    return [tuple(group) for _, group in groupby(rows, key=lambda row: row.indicator)]
