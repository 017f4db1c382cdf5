"""Logframes of the EU and of FCDO, and the tracking table, as sheets; `tocmodel.formats.layouts` reads their figures again.

A cell holds a figure as printed, or several, a line each: ``girls: 20 (2024)``. A date in brackets is what the figure covers, or when it
was measured; ``(reported 2024-06-30)`` is only when it was reported.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve

from tocmodel.figures import Figure, Missing
from tocmodel.figures.figure import figure_from_plain
from tocmodel.formats.layouts.numbers import REPORTED, DecimalSign, part_in_words, printed_in
from tocmodel.formats.workbook.pages import Page, Pages, number_in
from tocmodel.measurement.actuals import covered, figure_of, in_force, order
from tocmodel.measurement.rows import AchievementRow
from tocmodel.measurement.tracking import TrackingRow, TrackingTable, in_short, level_of
from tocmodel.model import (
    Accumulation,
    Actual,
    Assumption,
    Direction,
    Indicator,
    IndicatorKind,
    Node,
    ReportBasis,
    Risk,
    Target,
    TheoryOfChange,
    Value,
    rank,
)
from tocmodel.periods import Period

_LEVELS = {"goal": "Impact", "objective": "Specific objective"}
_IN_WORDS = {IndicatorKind.TEXT, IndicatorKind.RATING, IndicatorKind.MILESTONE}
_SIGNS = {"percent": "%", "per_mille": "‰"}

V = TypeVar("V", bound=Value)


def title_of(record: object, id: str) -> str:
    """The title of a record, or its id where it has none."""
    return str(getattr(record, "title", "")) or id


def level_in_words(node: Node) -> str:
    """The level of a node as logframes call it."""
    return _LEVELS.get(level_of(node), level_of(node).capitalize())


# Figures in cells


def figure_text(figure: Figure, unit: str | None) -> str:
    """A figure as printed, with the sign or code of its unit where the number would be taken for something else without it.

    Args:
        figure: the figure.
        unit: the unit of its indicator.

    Example:
        >>> figure_text(Figure.read("85"), "percent"), figure_text(Figure.read("over 70"), "person"), figure_text(Figure.read("5 %"), "person")
        ('85 %', 'over 70', '5 %')
    """
    text, own = " ".join(figure.printed.split()) or str(figure), figure.unit or unit
    if own is not None and Figure.read(text).unit not in {None, own}:
        text = str(figure)  # what was printed is in another unit
    if figure.bounds is None or own is None or own == (Figure.read(text).unit or ("" if own in _SIGNS else unit)):
        return text
    signed = f"{text} {_SIGNS.get(own, own)}"
    return text if Figure.read(signed).bounds is None else signed  # as of "12 girls", which are in percent by their column alone


def _value_text(value: Value, indicator: Indicator, *, dated: bool = True) -> str:
    """A value as a line of a cell: its part, its figure and its date."""
    figure = value.figure
    if figure.missing is Missing.MISSING and value.numerator is not None:
        figure = figure_of(value, indicator)
    part, when = part_in_words(value.slice), _when(value) if dated else ""
    return f"{part + ': ' if part else ''}{figure_text(figure, indicator.unit)}{f' ({when})' if when else ''}"


def _stretch(value: Value) -> Period | None:
    """What a value covers, or when it was measured."""
    return covered(value) if isinstance(value, Actual) else value.period


def _when(value: Value) -> str:
    stretch = _stretch(value)
    if stretch is not None:
        return in_short(stretch)
    reported = value.reported if isinstance(value, Actual) else None
    return "" if reported is None else f"{REPORTED} {str(reported)[:10]}"


def values_text(values: Iterable[Value], indicator: Indicator, *, dated: bool = True) -> str:
    """Values as a cell, a line each: ``50 (2024)``, ``girls: 20 (2024)``."""
    return "\n".join(_value_text(value, indicator, dated=dated) for value in values)


def standing(values: Sequence[V]) -> list[V]:
    """The values that no other replaces."""
    replaced = {value.supersedes for value in values}
    return [value for value in values if value.id not in replaced]


def _latest(actuals: Sequence[Actual]) -> list[Actual]:
    """The latest actual of every part and reporter."""
    latest: dict[object, Actual] = {}
    for actual in sorted(in_force(actuals), key=order):
        latest[actual.slice, actual.reporter] = actual
    return sorted(latest.values(), key=lambda actual: bool(actual.slice))


# Logframes


def write_eu(model: TheoryOfChange, page: Page) -> None:
    """Write the logframe matrix of the EU."""
    head = ("Results", "Results chain", "Indicators", "Unit of measure", "Baselines (values and years)", "Targets (values and years)")
    page.row([*head, "Current value (year)", "Sources of data", "Assumptions"], "head")
    for node in _from_the_goal_down(model):
        own = [indicator for indicator in model.indicators if indicator.of == node.id]
        first = [level_in_words(node), title_of(node, node.id)]
        assumed = "\n".join(_assumptions(model, node))
        for position, indicator in enumerate(own or [None]):
            about = [] if indicator is None else _measured(model, indicator)
            page.row([*(first if position == 0 else ["", ""]), *(about or [""] * 6), assumed if position == 0 else ""])


def _from_the_goal_down(model: TheoryOfChange) -> list[Node]:
    return sorted(model.nodes, key=rank, reverse=True)


def _measured(model: TheoryOfChange, indicator: Indicator) -> list[str]:
    return [
        title_of(indicator, indicator.id),
        _unit(indicator),
        values_text(standing(model.baselines_of(indicator.id)), indicator),
        values_text(standing(model.targets_of(indicator.id)), indicator),
        values_text(_latest(model.actuals_of(indicator.id)), indicator),
        str(indicator.means_of_verification),
    ]


def _unit(indicator: Indicator) -> str:
    """What an indicator is counted in, or that its results are words."""
    return indicator.unit or (indicator.kind.value if indicator.kind in _IN_WORDS else "")


def _assumptions(model: TheoryOfChange, node: Node) -> Iterator[str]:
    """What must hold for the node to lead on."""
    ids = dict.fromkeys(id for link in model.links if link.from_ == node.id for id in link.assumptions)
    yield from (title_of(model[id], id) for id in ids if isinstance(model[id], Assumption))


def write_fcdo(model: TheoryOfChange, page: Page) -> None:
    """Write the logframe of FCDO: a block for each indicator."""
    page.row(["PROJECT TITLE", str(model.programme.title)], "title")
    numbers = Counter[str]()
    for node in _from_the_goal_down(model):
        level = level_in_words(node).upper()
        numbers[level] += 1
        name = level if level == "IMPACT" else f"{level} {numbers[level]}"
        own = [indicator for indicator in model.indicators if indicator.of == node.id]
        assumed = "\n".join(_assumptions(model, node))
        for position, indicator in enumerate(own, start=1):
            heads = (name, f"{level.capitalize()} indicator {numbers[level]}.{position}")
            _block(model, page, heads, title_of(node, node.id), indicator, assumed if position == 1 else "")
        if not own:
            page.row([name, f"{level.capitalize()} indicator", "", "Baseline", "Assumptions"], "head")
            page.row([title_of(node, node.id), "", "Planned", "", assumed])
        if node.weight is not None:
            page.row(["IMPACT WEIGHTING (%)", str(node.weight)])
        for risk in (risk for risk in model.risks if node.id in risk.about):
            page.row(["RISK RATING", _risk(risk)])


def _risk(risk: Risk) -> str:
    rated = ", ".join(text for text in (risk.likelihood, risk.consequence) if text)
    return f"{title_of(risk, risk.id)} ({rated})" if rated else title_of(risk, risk.id)


def _block(model: TheoryOfChange, page: Page, heads: tuple[str, str], title: str, indicator: Indicator, assumed: str) -> None:
    targets, actuals = standing(model.targets_of(indicator.id)), in_force(model.actuals_of(indicator.id))
    stretches = sorted({stretch for value in (*targets, *actuals) if (stretch := _stretch(value)) is not None})
    names = [f"Milestone {position} ({in_short(period)})" for position, period in enumerate(stretches[:-1], start=1)]
    names += [f"Target ({in_short(stretches[-1])})"] if stretches else []
    page.row([*heads, "", "Baseline", *names, "Target", "Assumptions"], "head")

    def over(values: Sequence[Value]) -> list[str]:
        texts = {stretch: text for stretch, _, text in _by_stretch(values, indicator)}
        return [texts.get(stretch, "") for stretch in (*stretches, None)]

    baselines = values_text(standing(model.baselines_of(indicator.id)), indicator)
    page.row([title, title_of(indicator, indicator.id), "Planned", baselines, *over(targets), assumed])
    page.row(["", "", "Achieved", "", *over(actuals)])
    for name, text in (("Unit", _unit(indicator)), ("Source", str(indicator.means_of_verification))):
        if text:
            page.row(["", "", name, text])


def _by_stretch(values: Sequence[Value], indicator: Indicator) -> Iterator[tuple[Period | None, list[Value], str]]:
    """The values of each stretch of time with the text of their cell, which has dates only where it needs them."""
    for stretch in dict.fromkeys(map(_stretch, values)):
        within = [value for value in values if _stretch(value) == stretch]
        alike = len({value.slice for value in within}) < len(within)
        yield stretch, within, values_text(within, indicator, dated=stretch is None or alike)


# The tracking table

_AFTER = ("variance", "pace", "status", "data source", "frequency", "responsible")


def write_tracking(model: TheoryOfChange, table: TrackingTable, pages: Pages) -> None:
    """Write a tracking table with the columns that IPTTs have; what stands below it stands on a sheet of its own."""
    columns: list[tuple[str, Callable[[TrackingRow], object]]] = [
        ("level", lambda row: row.level),
        ("result ID", lambda row: row.node),
        ("result", lambda row: row.node_title or row.node),
        ("indicator ID", lambda row: row.indicator),
        ("indicator", lambda row: row.life.title or row.indicator),
        ("unit", lambda row: row.life.unit or _unit(model.indicator(row.indicator))),
        ("population", lambda row: row.life.population),
        ("direction", lambda row: _direction(model.indicator(row.indicator))),
        ("accumulation", lambda row: _accumulation(model.indicator(row.indicator))),
        ("part", lambda row: part_in_words(row.slice) or "total"),
        ("baseline", _baseline),
    ]
    shown = {column.header: column for column in table.columns}
    for place, period in enumerate(table.periods):
        columns += [_over(place, in_short(period), role) for role in ("target", "actual")]
        columns.append(_shown(shown[f"{in_short(period)} %"].header, shown[f"{in_short(period)} %"].show))
    columns += [("life target", lambda row: _cell(row.life, "target")), ("life actual", lambda row: _cell(row.life, "actual"))]
    columns += [_shown(name, shown[name].show) for name in ("life %", *_AFTER)]
    page = pages.page("Tracking table")
    page.row([table.caption] if table.caption else [], "title")
    page.row([name for name, _ in columns], "head")
    for row in table:
        cells = [show(row) for _, show in columns]
        page.row(cells, ["number" if isinstance(cell, float) else "text" for cell in cells])
    if table.footer:
        notes = pages.page("Notes")
        for line in table.footer:
            notes.row([line], "line")


def _direction(indicator: Indicator) -> str:
    return "" if indicator.direction is Direction.UNKNOWN else indicator.direction.value


def _accumulation(indicator: Indicator) -> str:
    known = [word.value for word in (indicator.accumulation, indicator.report) if word not in {Accumulation.UNKNOWN, ReportBasis.UNKNOWN}]
    return ", ".join(known).replace("_", " ")


def _baseline(row: TrackingRow) -> object:
    text = _figure_cell(row.life.baseline, row.life.unit)
    return f"{figure_text(row.life.baseline, row.life.unit)} ({in_short(row.baseline_period)})" if text and row.baseline_period else text


def _over(place: int, name: str, role: str) -> tuple[str, Callable[[TrackingRow], object]]:
    return f"{name} {role}", lambda row: _cell(row.periods[place][1], role)


def _shown(name: str, show: Callable[[TrackingRow], str]) -> tuple[str, Callable[[TrackingRow], object]]:
    def text(row: TrackingRow) -> str:
        said = show(row)
        return "" if said == "–" else said

    return name, text


def _cell(row: AchievementRow | None, role: str) -> object:
    return "" if row is None else _figure_cell(row.target if role == "target" else row.actual, row.unit)


def _figure_cell(figure: Figure, unit: str | None) -> object:
    """A figure as a number where it is one; an empty cell where there is none."""
    text = figure_text(figure, unit)
    return "" if figure.missing is Missing.MISSING and not figure.printed else number_in(text)


# What a form does not hold


def left_out_of_logframe(model: TheoryOfChange, *, fcdo: bool = False) -> tuple[str, ...]:
    """What of a model its logframe has no place for, in words, for whoever passes it on.

    Args:
        model: the model.
        fcdo: whether it is the form of FCDO, which holds every result, and not that of the EU, which holds the latest.
    """
    unlike = earlier = 0
    for indicator in model.indicators:
        baselines, targets = standing(model.baselines_of(indicator.id)), standing(model.targets_of(indicator.id))
        actuals: Sequence[Actual] = in_force(model.actuals_of(indicator.id))
        cells: list[tuple[Sequence[Value], str]] = [(baselines, values_text(baselines, indicator))]
        if fcdo:
            cells += [(within, text) for values in (targets, actuals) for _, within, text in _by_stretch(values, indicator)]
        else:
            earlier += len(actuals) - len(actuals := _latest(actuals))
            cells += [(targets, values_text(targets, indicator)), (actuals, values_text(actuals, indicator))]
        unlike += sum(len(values) for values, text in cells if not _says(text, values, indicator))
    return _in_words(model, unlike=unlike, earlier=earlier)


def left_out_of_tracking(model: TheoryOfChange, table: TrackingTable) -> tuple[str, ...]:
    """What of a model its tracking table has no place for, in words, for whoever passes it on."""
    rows = [each for row in table for each in (row.life, *(each for _, each in row.periods)) if each is not None]
    figures = [(row.indicator, figure, threshold) for row in rows for figure, threshold in ((row.target, True), (row.actual, False))]
    unlike = sum(not _says_figure(figure, model.indicator(id), threshold=threshold) for id, figure, threshold in figures)
    measured = {indicator.of for indicator in model.indicators}
    return _in_words(model, unlike=unlike, unmeasured=sum(node.id not in measured for node in model.nodes))


def _in_words(model: TheoryOfChange, *, unlike: int, earlier: int = 0, unmeasured: int = 0) -> tuple[str, ...]:
    values = (*model.baselines, *model.targets, *model.actuals)
    counted = (
        (len(model.links), "causal link", "causal links"),
        (unmeasured, "result without an indicator", "results without an indicator"),
        (earlier, "earlier actual", "earlier actuals"),
        (len({actual.reporter for actual in model.actuals if actual.reporter}), "reporter", "reporters"),
        (
            len({source.source for value in values if (source := value.source or value.figure.source)}),
            "source of figures",
            "sources of figures",
        ),
        (sum(target.change is not None for target in model.targets), "target that states a change", "targets that state a change"),
        (unlike, "figure that is read otherwise", "figures that are read otherwise"),
    )
    return tuple(f"{number} {one if number == 1 else several}" for number, one, several in counted if number)


def _says(cell: str, values: Sequence[Value], indicator: Indicator) -> bool:
    """Whether a cell, read again, says what the values do."""
    threshold, in_words = any(isinstance(value, Target) for value in values), indicator.kind in _IN_WORDS
    read = printed_in(cell, decimal=DecimalSign.POINT, doubtful=False, threshold=threshold, in_words=in_words)
    return not values or (
        len(read) == len(values)
        and all(
            printed.part == value.slice and _says_figure(value.figure, indicator, threshold=isinstance(value, Target))
            for printed, value in zip(read, values, strict=True)
        )
    )


def _says_figure(figure: Figure, indicator: Indicator, *, threshold: bool) -> bool:
    """Whether a figure, read again from its text, is the same number in the same unit, or missing for the same reason."""
    unit, in_words = indicator.unit, indicator.kind in _IN_WORDS
    read = printed_in(figure_text(figure, unit), decimal=DecimalSign.POINT, doubtful=False, threshold=threshold, in_words=in_words)
    again = figure_from_plain(read[0].figure, threshold=threshold)
    counted = {again.bounds, evolve(again, unit=unit).counted().bounds}
    same = (again.words, again.missing) == (figure.words, figure.missing) and figure.bounds in counted
    return len(read) == 1 and same and (figure.bounds is None or (again.unit or unit) == (figure.unit or unit))
