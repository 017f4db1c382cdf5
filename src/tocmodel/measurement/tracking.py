"""The indicator performance tracking table: every indicator by result level, with target, actual and share for each period."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, field, frozen

from tocmodel.figures import Figure, Interval, Missing
from tocmodel.figures.display import shown
from tocmodel.measurement.achievement import AchievementTable, achievement
from tocmodel.measurement.achieving import Achieving
from tocmodel.measurement.policy import DEFAULT, Policy
from tocmodel.measurement.rows import AchievementRow, Scope, share_in_words
from tocmodel.measurement.schedule import Frequency
from tocmodel.messages import message
from tocmodel.model import Baseline, Indicator, Level, Node, Objective, Source, TheoryOfChange
from tocmodel.periods import Period
from tocmodel.slices import Slice
from tocmodel.tables import Column, Table

LEVELS = ("goal", "objective", "outcome", "other result", "output", "activity", "input")
"""The levels of result, from the goal down."""


@frozen
class TrackingRow:
    """One indicator, or one part of a breakdown, over its periods.

    Attributes:
        level: goal, objective, outcome, other result, output, activity or input.
        node: the id of the node that it measures.
        node_title: its title.
        life: the whole life of the programme.
        to_date: the periods that are due; None where none is.
        periods: each period of the table, with what was achieved in it; None where it has neither target nor actual.
        baseline_period: when the baseline was measured; None where not stated.
        data_source: how it is verified, or the titles of the sources of its figures.
        frequency: how often it is collected.
        responsible: who reports it.
        narrative: what makes figures hard to compare, and the authors' notes.
    """

    level: str
    node: str
    node_title: str
    life: AchievementRow
    to_date: AchievementRow | None
    periods: tuple[tuple[Period, AchievementRow | None], ...]
    baseline_period: Period | None = None
    data_source: str = ""
    frequency: str = ""
    responsible: str = ""
    narrative: str = field(default="", repr=False)

    @property
    def indicator(self) -> str:
        """The id of the indicator."""
        return self.life.indicator

    @property
    def slice(self) -> Slice:
        """The part of a breakdown; empty for the total."""
        return self.life.slice

    def _about(self) -> dict[str, object]:
        return {
            "level": self.level,
            "node": self.node,
            "node_title": self.node_title,
            "indicator": self.indicator,
            "title": self.life.title,
            "slice": str(self.slice),
            "unit": self.life.unit,
            "population": self.life.population,
            "direction": self.life.direction.value,
            **_ends("baseline", self.life.baseline.bounds),
            "baseline_start": self.baseline_period.start if self.baseline_period else None,
            "baseline_end": self.baseline_period.end if self.baseline_period else None,
        }

    def _context(self) -> dict[str, object]:
        return {
            "narrative": self.narrative,
            "data_source": self.data_source,
            "frequency": self.frequency,
            "responsible": self.responsible,
        }

    def record(self) -> dict[str, object]:
        """The row as one wide record: a group of columns for each period, for the periods that are due, and for the whole."""
        groups: list[tuple[str, AchievementRow | None]] = [(str(period), row) for period, row in self.periods]
        groups += [("to_date", self.to_date), ("life", self.life)]
        wide = {f"{name}_{key}": value for name, row in groups for key, value in _figures(row).items()}
        return self._about() | wide | self._context()

    def long_records(self) -> Iterator[dict[str, object]]:
        """One record for each period, for the periods that are due, and for the whole; gaps of the table are left out."""
        rows = [row for _, row in self.periods if row is not None]
        for row in (*rows, *([self.to_date] if self.to_date else []), self.life):
            when = {
                "scope": row.scope.value,
                "period_start": row.period.start if row.period else None,
                "period_end": row.period.end if row.period else None,
            }
            yield self._about() | when | _figures(row) | self._context()


def variance(row: AchievementRow) -> Interval | None:
    """Actual less target, in the indicator's unit; None where one of them has no number.

    Source: docs/reference/formulas.md, F24.
    """
    if row.actual.bounds is None or row.target.bounds is None:
        return None
    return row.actual.bounds - row.target.bounds


def _figures(row: AchievementRow | None) -> dict[str, object]:
    share, way, gap = (row.attainment.bounds, row.progress.bounds, variance(row)) if row else (None, None, None)
    return {
        **_ends("target", row.target.bounds if row else None),
        **_ends("actual", row.actual.bounds if row else None),
        **_ends("attainment", share),
        **_ends("progress", way),
        **_ends("variance", gap),
        "pace": str(row.pace) if row and row.pace else None,
        "status": row.status.value if row and row.status else None,
        "reason": row.reason.value if row and row.reason else None,
    }


def _ends(name: str, bounds: Interval | None) -> dict[str, object]:
    low, high = (None, None) if bounds is None else (bounds.low, bounds.high)
    return {f"{name}_low": low, f"{name}_high": high}


@frozen(repr=False)
class TrackingTable(Table[TrackingRow]):
    """An indicator performance tracking table (IPTT): wide for people, long for programs.

    Attributes:
        achievement: the achievement that it shows.
        periods: its periods, in time order.
    """

    achievement: AchievementTable = field(kw_only=True)
    periods: tuple[Period, ...] = field(default=(), kw_only=True)

    @property
    def as_of(self) -> date:
        """The date of judgement."""
        return self.achievement.as_of

    def records(self) -> list[dict[str, object]]:
        """The long form: a record for each row and stretch of time, with exact values. CSV and frames are long too."""
        return [record for row in self.rows for record in row.long_records()]

    def wide_records(self) -> list[dict[str, object]]:
        """The wide form: a record for each row, with a group of columns for each period."""
        return [row.record() for row in self.rows]

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands below the table: the narratives, how much is reported, and the notes."""
        told = [(row.life.title, row.slice, row.narrative) for row in self.rows if row.narrative]
        narratives = [f"{title}{f' ({part})' if part else ''}: {text}" for title, part, text in told]
        return (*narratives, *self.achievement.footer, *self.notes)


def tracking_table(
    model: TheoryOfChange,
    *,
    as_of: date | str | None = None,
    policy: Policy = DEFAULT,
    periods: Iterable[Period | str] | Frequency | str | None = None,
) -> TrackingTable:
    """Compute the indicator performance tracking table: rows by result level, parts below their total.

    Columns are the unit and whom it counts; the baseline; target, actual and share for each period; the same over the life of
    the programme, with the variance (actual less target), pace and status; data source, frequency and who is responsible. The
    share is attainment, and progress, marked as “of the way”, where an indicator is to fall.

    Args:
        model: the model.
        as_of: the date of judgement; the programme's own where left out.
        policy: the conventions.
        periods: the periods to set results into: their own, or a frequency such as ``annual``; every period with a target,
            and those that results without a target speak of, where left out.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        PeriodNeededError: if a frequency is asked for and the programme has no period.

    Example:
        >>> draft = TheoryOfChange.build("readers", period="2024", as_of="2024-07-15")
        >>> club = draft.output("club", "Reading clubs meet")
        >>> met = draft.indicator("met", "Meetings held", of=club, unit="session", direction="increase",
        ...     accumulation="incremental", report="per_period")
        >>> _ = draft.target(met, 10, period="2024-01/2024-06"), draft.target(met, 10, period="2024-07/2024-12")
        >>> _ = draft.actual(met, 9, period="2024-01/2024-06")
        >>> table = tracking_table(draft.done())
        >>> [(record["scope"], record["target_low"], record["variance_low"]) for record in table.records()]
        [('period', Decimal('10'), Decimal('-1')), ('period', Decimal('10'), None), ('to_date', Decimal('10'), Decimal('-1')),
        ('life', Decimal('20'), Decimal('-11'))]

    Source: docs/reference/formulas.md, F24.
    """
    if periods is None:
        return tracked(model, _with_untargeted(model, achievement(model, as_of=as_of, policy=policy)))
    if isinstance(periods, str):
        return tracked(model, achievement(model, as_of=as_of, policy=policy, periods=periods))
    chosen = tuple(Period.read(period) for period in periods)
    return tracked(model, achievement(model, as_of=as_of, policy=policy, periods=chosen), periods=chosen)


def tracked(model: TheoryOfChange, table: AchievementTable, *, periods: Sequence[Period] | None = None) -> TrackingTable:
    """The tracking table of an achievement that is already computed, such as one made fit for publication.

    Args:
        model: the model.
        table: its achievement.
        periods: the periods to show; those of its rows where left out.
    """
    own = {row.period for row in table if row.scope is Scope.PERIOD and row.period is not None}
    chosen = tuple(sorted(own)) if periods is None else tuple(periods)
    rows: list[TrackingRow] = []
    for node in sorted(model.nodes, key=lambda node: LEVELS.index(level_of(node))):
        for indicator in model.indicators:
            if indicator.of == node.id:
                rows += _rows(model, node, indicator, [row for row in table if row.indicator == indicator.id], chosen)
    caption = message(
        "Indicator performance of %(programme)s, as of %(day)s", programme=model.programme.title or model.programme.id, day=table.as_of
    )
    return TrackingTable(tuple(rows), _columns(chosen), caption, achievement=table, periods=chosen, fields=_FIELDS)


def _with_untargeted(model: TheoryOfChange, table: AchievementTable) -> AchievementTable:
    """The achievement, with results that lie in no period with a target in periods of their own."""
    stretches = dict.fromkeys((orphan.indicator, orphan.covered) for orphan in table.orphans if orphan.covered is not None)
    rows = [
        row
        for id, period in stretches
        for row in Achieving(model, model.indicator(id), table.as_of, table.policy, (period,)).rows()
        if row.scope is Scope.PERIOD and row.actual.missing is None
    ]
    shown_in = {(row.indicator, row.period) for row in rows}
    lost = tuple(orphan for orphan in table.orphans if (orphan.indicator, orphan.covered) not in shown_in)
    return evolve(table, rows=(*table.rows, *rows), orphans=lost)


def level_of(node: Node) -> str:
    """The level of result of a node, in the words of a results framework."""
    if isinstance(node, Objective):
        return "goal" if node.level is Level.OVERALL else "objective"
    return node.kind


def _rows(
    model: TheoryOfChange, node: Node, indicator: Indicator, rows: Sequence[AchievementRow], periods: Sequence[Period]
) -> Iterator[TrackingRow]:
    by_cell = {(row.scope, row.period, row.slice): row for row in rows}
    for life in (row for row in rows if row.scope is Scope.LIFE):
        over = [(period, by_cell.get((Scope.PERIOD, period, life.slice))) for period in periods]
        start = next((model.by_id.get(input.id) for input in life.inputs if input.role == "baseline"), None)
        yield TrackingRow(
            level=level_of(node),
            node=node.id,
            node_title=str(node.title),
            life=life,
            to_date=next((row for row in rows if row.scope is Scope.TO_DATE and row.slice == life.slice), None),
            periods=tuple(over),
            baseline_period=start.period if isinstance(start, Baseline) else None,
            data_source=_data_source(model, indicator, rows),
            frequency=indicator.frequency,
            responsible=str(getattr(model.by_id.get(indicator.responsible or ""), "title", "")),
            narrative=_narrative(model, indicator, life, [row for _, row in over if row is not None]),
        )


def _data_source(model: TheoryOfChange, indicator: Indicator, rows: Sequence[AchievementRow]) -> str:
    if indicator.means_of_verification:
        return str(indicator.means_of_verification)
    cited = [row.actual.source.source for row in rows if row.actual.source is not None]
    sources = [model.by_id.get(id) for id in dict.fromkeys(cited)]
    return "; ".join(str(source.title) for source in sources if isinstance(source, Source))


def _narrative(model: TheoryOfChange, indicator: Indicator, life: AchievementRow, over: Sequence[AchievementRow]) -> str:
    """What the author of the figures said of them; the indicator's own note stands at its total."""
    behind = dict.fromkeys(input.id for row in (life, *over) for input in row.inputs)
    values = [value for id in behind if (value := model.by_id.get(id)) is not None]
    told = [*(row.comparability for row in (life, *over)), *(str(value.note) for value in values)]
    if not life.slice:
        told += [str(indicator.limitations), str(indicator.note)]
    return "; ".join(dict.fromkeys(text.strip() for text in told if text.strip()))


def _columns(periods: Sequence[Period]) -> tuple[Column[TrackingRow], ...]:
    columns: list[Column[TrackingRow]] = [
        Column("level", lambda row: row.level),
        Column("result", lambda row: row.node_title),
        Column("indicator", lambda row: row.life.title),
        Column("unit", lambda row: row.life.unit or ""),
        Column("population", lambda row: row.life.population),
        Column("part", lambda row: ", ".join(category for _, category in row.slice) or "total"),
        Column("baseline", _baseline, number=True),
    ]
    for place, period in enumerate(periods):
        columns += _over_a_period(place, in_short(period))
    return (
        *columns,
        Column("life target", lambda row: _shown(row.life, "target"), number=True),
        Column("life actual", lambda row: _shown(row.life, "actual"), number=True),
        Column("life %", lambda row: _share(row.life), number=True),
        Column("variance", lambda row: _gap(row.life), number=True),
        Column("pace", lambda row: (row.life.pace or "–").replace("_", " ")),
        Column("status", lambda row: row.life.verdict),
        Column("data source", lambda row: row.data_source),
        Column("frequency", lambda row: row.frequency),
        Column("responsible", lambda row: row.responsible),
    )


def _over_a_period(place: int, name: str) -> tuple[Column[TrackingRow], ...]:
    def at(row: TrackingRow) -> AchievementRow | None:
        return row.periods[place][1]

    return (
        Column(f"{name} target", lambda row: _shown(at(row), "target"), number=True),
        Column(f"{name} actual", lambda row: _shown(at(row), "actual"), number=True),
        Column(f"{name} %", lambda row: _share(at(row)), number=True),
    )


def _baseline(row: TrackingRow) -> str:
    when = f" ({in_short(row.baseline_period)})" if row.baseline_period else ""
    return _figure(row.life.baseline) + when


def _shown(row: AchievementRow | None, role: str) -> str:
    return "–" if row is None else _figure(row.target if role == "target" else row.actual)


def _figure(figure: Figure) -> str:
    if figure.words and len(figure.printed) > _SHORT:
        return "in words"
    return "–" if figure.missing is Missing.MISSING else shown(figure)


_SHORT = 20
"""Words of this length, such as a level of a scale, still fit into a column."""


def _share(row: AchievementRow | None) -> str:
    return "–" if row is None else share_in_words(row) or "–"


def _gap(row: AchievementRow) -> str:
    gap = variance(row)
    return "–" if gap is None else str(gap)


def in_short(period: Period) -> str:
    """A period as the head of a column: a year, a month, months, or its days.

    Example:
        >>> in_short(Period.read("2024")), in_short(Period.read("2024-01/2024-03")), in_short(Period.read("2023-10-05/2024-01-04"))
        ('2024', '2024-01–2024-03', '2023-10-05/2024-01-04')
    """
    first, last = f"{period.start:%Y-%m}", f"{period.end:%Y-%m}"
    for text in (f"{period.start:%Y}", first, f"{first}/{last}"):
        if Period.read(text) == period:
            return text.replace("/", "–")
    return str(period)


_FIELDS = (
    "level", "node", "node_title", "indicator", "title", "slice", "unit", "population", "direction", "baseline_low", "baseline_high",
    "baseline_start", "baseline_end", "scope", "period_start", "period_end", *_figures(None), "narrative", "data_source", "frequency",
    "responsible",
)  # fmt: skip
