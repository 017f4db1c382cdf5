"""What stands in the tables of a Word report: the logframe, the achievement, and the sheet of each indicator."""

from collections.abc import Iterable, Iterator

from tocmodel.figures import Figure, Missing
from tocmodel.figures.display import shown
from tocmodel.measurement import AchievementRow, AchievementTable, Scope
from tocmodel.measurement.rollup import headline
from tocmodel.measurement.tracking import LEVELS, TrackingRow, in_short, level_of, tracked
from tocmodel.model import Accumulation, Direction, Indicator, Node, ReportBasis, TheoryOfChange
from tocmodel.model.record import Titled
from tocmodel.reports.word.grid import Cell

_LEVEL_NAMES = {"goal": "Overall objective", "objective": "Specific objective"}

LOGFRAME = ("Results chain", "Indicator", "Baseline", "Target", "Current value", "Sources of data", "Assumptions and risks")
LOGFRAME_SHARES = (20, 19, 9, 11, 15, 13, 16)
ACHIEVEMENT = ("Indicator", "Baseline", "Target", "Achieved", "Share", "Status", "Comment")
ACHIEVEMENT_SHARES = (26, 12, 12, 13, 12, 17, 24)
SHEET_SHARES = (28, 72)


def logframe(model: TheoryOfChange, table: AchievementTable) -> list[list[Cell]]:
    """The logframe from the goal down to the inputs: a row for each indicator, one for each result without."""
    totals: dict[str, list[TrackingRow]] = {}
    for row in tracked(model, table):
        if not row.slice:
            totals.setdefault(row.node, []).append(row)
    rows: list[list[Cell]] = []
    for node in sorted(model.nodes, key=lambda node: LEVELS.index(level_of(node))):
        rows += _results(model, node, totals.get(node.id, []))
    return rows


def _results(model: TheoryOfChange, node: Node, measured: list[TrackingRow]) -> Iterator[list[Cell]]:
    level = level_of(node)
    name = f"{_LEVEL_NAMES.get(level, level.capitalize())}:\n{node.title}"
    conditions = "\n".join(_conditions(model, node))
    if not measured:
        yield [Cell(name), Cell("no indicator"), Cell(), Cell(), Cell(), Cell(), Cell(conditions)]
    for place, row in enumerate(measured):
        again = place > 0
        yield [
            Cell(name, goes_on=again),
            Cell(row.life.title + _breakdown(model, row.indicator)),
            Cell(_figure(row.life.baseline) + (f"\n({in_short(row.baseline_period)})" if row.baseline_period else ""), number=True),
            Cell("\n".join([_figure(row.life.target), *_milestones(row)]), number=True),
            Cell(_figure(row.life.actual), number=not row.life.actual.words),
            Cell(row.data_source),
            Cell(conditions, goes_on=again),
        ]


def _breakdown(model: TheoryOfChange, id: str) -> str:
    names = [_name(model, part.dimension) for part in model.indicator(id).by]
    return f"\nby {', '.join(names)}" if names else ""


def _milestones(row: TrackingRow) -> list[str]:
    """The targets of periods, where there are several or one that is not the whole's."""
    own = [(period, over.target) for period, over in row.periods if over is not None and over.target.missing is None]
    return [f"{in_short(period)}: {shown(figure)}" for period, figure in own] if len(own) > 1 else []


def _conditions(model: TheoryOfChange, node: Node) -> list[str]:
    """What has to hold, and what threatens, on the way from a result to the next."""
    links = [link for link in model.links if link.from_ == node.id]
    needed = dict.fromkeys(id for link in links for id in link.assumptions)
    risks = dict.fromkeys(id for link in links for id in link.risks)
    return [*(_name(model, id) for id in needed), *(f"Risk: {_name(model, id)}" for id in risks)]


def achieved(table: AchievementTable) -> list[list[Cell]]:
    """The achievement of the whole programme: totals, and their parts standing in below."""
    whole = {row.indicator: row.comparability for row in table if row.scope is Scope.LIFE and not row.slice}
    return [
        [
            Cell(_part(row) if row.slice else row.title, strong=not row.slice, indent=bool(row.slice)),
            Cell(_figure(row.baseline), number=True),
            Cell(_figure(row.target), number=True),
            Cell("in words" if row.actual.words else _figure(row.actual), number=True),
            Cell(_share(row), number=True),
            Cell(row.verdict),
            Cell("" if row.slice and row.comparability == whole.get(row.indicator) else row.comparability),
        ]
        for row in table
        if row.scope is Scope.LIFE
    ]


def narrative(table: AchievementTable) -> list[str]:
    """The achievement in a few sentences; every number in them stands in the table."""
    totals = [row for row in table if row.scope is Scope.LIFE and not row.slice]
    reported, expected = table.coverage
    said = [f"{reported} of {expected} totals with a target that is due have a result as of {table.as_of}."]
    for status, words in (("met", "Met"), ("not met", "Not met"), ("undetermined", "Undetermined, for the bounds allow both")):
        named = [f"{row.title} ({shown(row.actual)} of {shown(row.target)})" for row in totals if row.verdict == status]
        if named:
            said.append(f"{words}: {'; '.join(named)}.")
    context = [
        f"{row.title} ({shown(row.actual)} of {shown(row.target)})" for row in totals if row.status is None and row.attainment.bounds
    ]
    if context:
        said.append(f"Context, of which no verdict is given: {'; '.join(context)}.")
    silent = [
        f"{row.title} ({shown(row.target)})" for row in totals if row.target.missing is None and row.actual.missing is Missing.MISSING
    ]
    if silent:
        said.append(f"Planned, and no result reported, which is missing and not zero: {'; '.join(silent)}.")
    return said


def withheld(table: AchievementTable) -> frozenset[str]:
    """The ids of the indicators of which the table withholds a figure."""
    return frozenset(row.indicator for row in table if Missing.SUPPRESSED in {row.actual.missing, row.baseline.missing})


def sheet(model: TheoryOfChange, indicator: Indicator, row: TrackingRow, *, silent: bool = False) -> list[tuple[str, str]]:
    """The reference sheet of an indicator: what is filled in of what USAID, IATI and the EU ask for.

    Args:
        model: the model.
        indicator: the indicator.
        row: its total.
        silent: whether notes are left out, for they may quote what the table withholds.
    """
    told = [
        ("Result measured", f"{row.node_title} ({row.level})"),
        ("Definition", str(indicator.definition or indicator.description)),
        ("Kind and unit", ", ".join(filter(None, (indicator.kind.value, indicator.unit)))),
        ("Who is counted", indicator.population),
        ("Numerator", str(indicator.numerator)),
        ("Denominator", str(indicator.denominator)),
        ("Calculation", str(indicator.calculation)),
        ("Direction", "" if indicator.direction is Direction.UNKNOWN else _direction(indicator.direction)),
        ("Accumulation", "" if indicator.accumulation is Accumulation.UNKNOWN else indicator.accumulation.value),
        ("Reported", "" if indicator.report is ReportBasis.UNKNOWN else indicator.report.value.replace("_", " ")),
        ("Broken down by", ", ".join(f"{_name(model, part.dimension)} ({part.coverage.value})" for part in indicator.by)),
        ("Data source", row.data_source),
        ("Method of collection", str(indicator.collection_method)),
        ("Frequency", indicator.frequency),
        ("Responsible", row.responsible),
        ("Baseline", _figure(row.life.baseline) + (f" ({in_short(row.baseline_period)})" if row.baseline_period else "")),
        ("Target", "; ".join([_figure(row.life.target), *_milestones(row)])),
        ("Result so far", "\n".join(dict.fromkeys([shown(row.life.actual), row.life.verdict]))),
        ("Known limitations", "" if silent else str(indicator.limitations)),
        ("Codes", ", ".join(f"{code.vocabulary} {code.code}" for code in indicator.codes)),
        ("Notes", "" if silent else str(indicator.note)),
    ]
    return [(name, text) for name, text in told if text and text != "–"]


def totals_by_indicator(model: TheoryOfChange, table: AchievementTable) -> dict[str, TrackingRow]:
    """The row of each indicator's total."""
    rows: Iterable[TrackingRow] = tracked(model, table)
    return {row.indicator: row for row in rows if not row.slice}


def _direction(direction: Direction) -> str:
    return "context: neither good nor bad when it rises" if direction is Direction.CONTEXT else direction.value


def _name(model: TheoryOfChange, id: str) -> str:
    record = model.by_id.get(id)
    return str(record.title) if isinstance(record, Titled) and record.title else id


def _part(row: AchievementRow) -> str:
    return ", ".join(category for _, category in row.slice)


def _figure(figure: Figure) -> str:
    return "–" if figure.missing is Missing.MISSING else shown(figure)


def _share(row: AchievementRow) -> str:
    share = headline(row)
    return "–" if share.bounds is None else row.said(share)
