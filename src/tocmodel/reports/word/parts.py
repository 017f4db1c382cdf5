"""What stands in the tables of a Word report: the logframe, the achievement, and the sheet of each indicator."""

from collections.abc import Iterable, Iterator

from tocmodel.figures import Figure, Missing
from tocmodel.figures.display import apart
from tocmodel.measurement import AchievementRow, AchievementTable, Scope, Status
from tocmodel.measurement.rows import share_in_words, verdict_in_words
from tocmodel.measurement.tracking import LEVELS, TrackingRow, level_of, tracked
from tocmodel.model import Accumulation, Direction, Indicator, Node, ReportBasis, TheoryOfChange
from tocmodel.reports.language import Language
from tocmodel.reports.naming import named, named_part
from tocmodel.reports.standing import part_of_target, reported, silent, unreadable, unreported
from tocmodel.reports.word.grid import Cell

LOGFRAME_SHARES = (20, 19, 9, 11, 15, 13, 16)
ACHIEVEMENT_SHARES = (26, 11, 12, 13, 15, 16, 23)
"""The last is that of the comment, which stands only where there is one."""
SHEET_SHARES = (28, 72)


def logframe_head(language: Language) -> tuple[str, ...]:
    """The heads of the columns of the logframe."""
    said = language.gettext
    return (
        said("Results chain"),
        said("Indicator"),
        said("Baseline"),
        said("Target"),
        said("Current value"),
        said("Sources of data"),
        said("Assumptions and risks"),
    )


def achievement_head(language: Language, *, commented: bool) -> tuple[str, ...]:
    """The heads of the columns of the achievement; of comments only where there are any."""
    said = language.gettext
    heads = (said("Indicator"), said("Baseline"), said("Target"), said("Achieved"), said("Of the plan"), said("Status"))
    return (*heads, said("Comment")) if commented else heads


def logframe(model: TheoryOfChange, table: AchievementTable, language: Language) -> list[list[Cell]]:
    """The logframe from the goal down to the inputs: a row for each indicator, one for each result without."""
    totals: dict[str, list[TrackingRow]] = {}
    for row in tracked(model, table):
        if not row.slice:
            totals.setdefault(row.node, []).append(row)
    rows: list[list[Cell]] = []
    for node in sorted(model.nodes, key=lambda node: LEVELS.index(level_of(node))):
        rows += _results(model, node, totals.get(node.id, []), language)
    return rows


def _results(model: TheoryOfChange, node: Node, measured: list[TrackingRow], language: Language) -> Iterator[list[Cell]]:
    name = (language.gettext("%(name)s: %(value)s", name=_level(node, language), value="").rstrip(), language.text(node.title))
    conditions = tuple(_conditions(model, node, language)) or ("",)
    if not measured:
        yield [Cell(name), Cell(language.gettext("no indicator")), Cell(), Cell(), Cell(), Cell(), Cell(conditions)]
    for place, row in enumerate(measured):
        again = place > 0
        baseline_period = f"\n({language.period(row.baseline_period)})" if row.baseline_period else ""
        yield [
            Cell(name, goes_on=again),
            Cell((named(model, row.indicator, language), *_breakdown(model, row.indicator, language))),
            Cell(_figure(row.life.baseline, language) + baseline_period, number=True),
            Cell("\n".join([_figure(row.life.target, language), *_milestones(row, language)]), number=True),
            Cell(_figure(row.life.actual, language), number=not row.life.actual.words),
            Cell(row.data_source),
            Cell(conditions, goes_on=again),
        ]


def _level(node: Node, language: Language) -> str:
    level = level_of(node)
    if level == "goal":
        return language.gettext("Overall objective")
    return language.gettext("Specific objective") if level == "objective" else language.label(level).capitalize()


def _breakdown(model: TheoryOfChange, id: str, language: Language) -> list[str]:
    names = [named(model, each.dimension, language) for each in model.indicator(id).by]
    return [language.gettext("by %(dimensions)s", dimensions=", ".join(names))] if names else []


def _milestones(row: TrackingRow, language: Language) -> list[str]:
    """The targets of periods, where there are several or one that is not the whole's."""
    own = [(period, over.target) for period, over in row.periods if over is not None and over.target.missing is None]
    said = language.gettext
    told = [said("%(name)s: %(value)s", name=language.period(period), value=language.figure(figure)) for period, figure in own]
    return told if len(told) > 1 else []


def _conditions(model: TheoryOfChange, node: Node, language: Language) -> list[str]:
    """What has to hold, and what threatens, on the way from a result to the next."""
    links = [link for link in model.links if link.from_ == node.id]
    needed = dict.fromkeys(id for link in links for id in link.assumptions)
    risks = dict.fromkeys(id for link in links for id in link.risks)
    return [
        *(named(model, id, language) for id in needed),
        *(language.gettext("Risk: %(title)s", title=named(model, id, language)) for id in risks),
    ]


def achieved(model: TheoryOfChange, table: AchievementTable, language: Language) -> list[list[Cell]]:
    """The achievement of the whole programme: totals with their units, and their parts standing in below; comments where there are any."""
    commented = any(row.comparability for row in table if row.scope is Scope.LIFE)
    whole = {row.indicator: row.comparability for row in table if row.scope is Scope.LIFE and not row.slice}
    return [
        [
            Cell(
                named_part(model, row.slice, language)
                if row.slice
                else (named(model, row.indicator, language), *_counted_in(row, language)),
                strong=not row.slice,
                indent=bool(row.slice),
            ),
            Cell(_figure(row.baseline, language), number=True),
            Cell(_figure(row.target, language), number=True),
            Cell(language.gettext("in words") if row.actual.words else _figure(row.actual, language), number=True),
            Cell(share_in_words(row, language) or "–", number=True),
            Cell(verdict_in_words(row, language)),
            *(
                [Cell("" if row.slice and row.comparability == whole.get(row.indicator) else language.text(row.comparability))]
                if commented
                else []
            ),
        ]
        for row in table
        if row.scope is Scope.LIFE
    ]


def _counted_in(row: AchievementRow, language: Language) -> tuple[str, ...]:
    """What the figures of a row count, for the line below its title; nothing where no unit is stated."""
    return (", ".join(filter(None, (language.label(row.unit), row.population))),) if row.unit else ()


def narrative(model: TheoryOfChange, table: AchievementTable, language: Language) -> list[str]:
    """The achievement in a few sentences; every number in them stands in the table."""
    totals = [row for row in table if row.scope is Scope.LIFE and not row.slice]

    def compared(rows: Iterable[AchievementRow]) -> str:
        return apart([in_brackets(row) for row in rows], language)

    def in_brackets(row: AchievementRow) -> str:
        values = {
            "title": named(model, row.indicator, language),
            "actual": language.figure(row.actual),
            "target": language.figure(row.target),
        }
        if part_of_target(row):
            return language.gettext("%(title)s (%(actual)s of %(target)s)", **values)
        return language.gettext("%(title)s (%(actual)s, target %(target)s)", **values)

    sentences = [reported(language, table)]
    if titles := compared(row for row in totals if row.status is Status.MET):
        sentences.append(language.gettext("Met: %(named)s.", named=titles))
    if titles := compared(row for row in totals if row.status is Status.NOT_MET and row.due):
        sentences.append(language.gettext("Not met: %(named)s.", named=titles))
    if titles := compared(row for row in totals if row.status is Status.NOT_MET and not row.due):
        sentences.append(language.gettext("Not due yet, and not met so far: %(named)s.", named=titles))
    if titles := compared(row for row in totals if row.status is Status.UNDETERMINED):
        sentences.append(language.gettext("Undetermined, for the bounds allow both: %(named)s.", named=titles))
    if titles := compared(row for row in totals if row.status is None and row.attainment.bounds):
        sentences.append(language.gettext("Context, of which no verdict is given: %(named)s.", named=titles))
    without, unclear = silent(table)
    if without:
        told = apart([_planned(model, row, language) for row in without], language)
        sentences += [unreported(language, without), language.gettext("Without a result: %(named)s.", named=told)]
    if unclear:
        sentences.append(unreadable(language, unclear))
    return sentences


def _planned(model: TheoryOfChange, row: AchievementRow, language: Language) -> str:
    """A target without a result: whose, of which period, and what was planned."""
    whose = [named(model, row.indicator, language), *([named_part(model, row.slice, language)] if row.slice else [])]
    when = [language.period(row.period)] if row.period else []
    return f"{', '.join([*whose, *when])} ({language.figure(row.target)})"


def withheld(table: AchievementTable) -> frozenset[str]:
    """The ids of the indicators of which the table withholds a figure."""
    return frozenset(row.indicator for row in table if Missing.SUPPRESSED in {row.actual.missing, row.baseline.missing})


def sheet(
    model: TheoryOfChange, indicator: Indicator, row: TrackingRow, language: Language, *, silent: bool = False
) -> list[tuple[str, str]]:
    """The reference sheet of an indicator: what is filled in of what USAID, IATI and the EU ask for.

    Args:
        model: the model.
        indicator: the indicator.
        row: its total.
        language: the language of its words.
        silent: whether notes are left out, for they may quote what the table withholds.
    """
    said, text, label = language.gettext, language.text, language.label
    life = row.life
    breakdowns = (f"{named(model, each.dimension, language)} ({label(each.coverage.value)})" for each in indicator.by)
    told = [
        (said("Result measured"), f"{named(model, row.node, language)} ({label(row.level)})"),
        (said("Definition"), text(indicator.definition or indicator.description)),
        (said("Kind and unit"), ", ".join(label(word) for word in (indicator.kind.value, indicator.unit) if word)),
        (said("Who is counted"), indicator.population),
        (said("Numerator"), text(indicator.numerator)),
        (said("Denominator"), text(indicator.denominator)),
        (said("Calculation"), text(indicator.calculation)),
        (said("Direction"), _direction(indicator.direction, language)),
        (said("Accumulation"), "" if indicator.accumulation is Accumulation.UNKNOWN else label(indicator.accumulation.value)),
        (said("Reported"), "" if indicator.report is ReportBasis.UNKNOWN else label(indicator.report.value)),
        (said("Broken down by"), ", ".join(breakdowns)),
        (said("Data source"), row.data_source),
        (said("Method of collection"), text(indicator.collection_method)),
        (said("Frequency"), indicator.frequency),
        (said("Responsible"), row.responsible),
        (
            said("Baseline"),
            _figure(life.baseline, language) + (f" ({language.period(row.baseline_period)})" if row.baseline_period else ""),
        ),
        (said("Target"), apart([_figure(life.target, language), *_milestones(row, language)], language)),
        (said("Result so far"), "\n".join(dict.fromkeys([language.figure(life.actual), verdict_in_words(life, language)]))),
        (said("Known limitations"), "" if silent else text(indicator.limitations)),
        (said("Codes"), ", ".join(f"{code.vocabulary} {code.code}" for code in indicator.codes)),
        (said("Notes"), "" if silent else text(indicator.note)),
    ]
    return [(name, filled) for name, filled in told if filled and filled != "–"]


def totals_by_indicator(model: TheoryOfChange, table: AchievementTable) -> dict[str, TrackingRow]:
    """The row of each indicator's total."""
    rows: Iterable[TrackingRow] = tracked(model, table)
    return {row.indicator: row for row in rows if not row.slice}


def _direction(direction: Direction, language: Language) -> str:
    if direction is Direction.UNKNOWN:
        return ""
    if direction is Direction.CONTEXT:
        return language.gettext("context: neither good nor bad when it rises")
    return language.label(direction.value)


def _figure(figure: Figure, language: Language) -> str:
    return "–" if figure.missing is Missing.MISSING else language.figure(figure)
