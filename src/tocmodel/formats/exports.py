"""What donors and colleagues ask for: logframe matrices, tracking tables and indicator reference sheets as workbooks; tidy CSV."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import TypeVar

from tocmodel.errors import FieldError, nearest
from tocmodel.figures import Figure
from tocmodel.formats.plain import to_plain
from tocmodel.formats.workbook.pages import Page, Pages, number_in
from tocmodel.formats.workbook.sheets import columns
from tocmodel.formats.workbook.writing import rows_by_sheet
from tocmodel.measurement.actuals import in_force
from tocmodel.measurement.tracking import in_short, level_of, tracking_table
from tocmodel.model import Actual, Assumption, Indicator, Node, Risk, TheoryOfChange, Value, rank
from tocmodel.periods import Period
from tocmodel.tables import Row, Table, csv_text


class Export(StrEnum):
    """What a model can be exported as."""

    LOGFRAME = "logframe"
    """The logical framework matrix of the EU: results chain, indicators, baselines, targets, current value, sources, assumptions."""
    LOGFRAME_FCDO = "logframe-fcdo"
    """The logframe of FCDO: a block for each result with milestones, planned and achieved rows, source, weighting, assumptions, risks."""
    IPTT = "iptt"
    """The indicator performance tracking table, by result level, with target, actual and share for each period."""
    REFERENCE_SHEETS = "reference-sheets"
    """A sheet for each indicator, with the fields of a performance indicator reference sheet (PIRS)."""
    TABLES = "tables"
    """Every list of the model as tidy CSV, a file each in a folder."""


def export(model: TheoryOfChange, path: str | PathLike[str], form: Export | str, *, as_of: date | str | None = None) -> tuple[Path, ...]:
    """Write what donors and colleagues ask for; unlike `write`, it does not hold the whole model.

    Args:
        model: the model.
        path: a workbook (``.xlsx``); for ``tables`` a folder.
        form: ``logframe``, ``logframe-fcdo``, ``iptt``, ``reference-sheets`` or ``tables``.
        as_of: the date of judgement of a tracking table; the programme's own where left out.

    Returns:
        The files written.

    Raises:
        FieldError: if there is no such form, the path does not end in ``.xlsx`` where it should, or a folder is named like a file.
        AsOfNeededError: for a tracking table, if neither the call nor the programme says a date.
        MissingExtraError: if XlsxWriter is not installed, for workbooks.
        OSError: if it cannot be written.

    Example:
        >>> import tempfile
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.indicator("meetings", of=draft.output("meet", "Clubs meet"))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [file.name for file in export(draft.done(), Path(folder) / "tables", "tables")]
        ['results.csv', 'indicators.csv']
    """
    from tocmodel.formats import ENDINGS

    if form not in set(Export):
        message = f"nothing is exported as {form!r}"
        raise FieldError(message, nearest(form, [each.value for each in Export]))
    if form == Export.TABLES:
        if Path(path).suffix.lower() in ENDINGS:
            message = f"{str(path)!r} is a name for a file, and tables go into a folder"
            raise FieldError(message, f"write a name without ending, such as {str(Path(path).with_suffix(''))!r}")
        return write_tables(model, path)
    if Path(path).suffix.lower() != ".xlsx":
        message = f"{str(path)!r} is no name of a workbook"
        raise FieldError(message, "end it in .xlsx")
    match Export(form):
        case Export.IPTT:
            return (write_table(tracking_table(model, as_of=as_of), path),)
        case Export.REFERENCE_SHEETS:
            return (write_reference_sheets(model, path),)
        case _:
            return (write_logframe(model, path, fcdo=form == Export.LOGFRAME_FCDO),)


R = TypeVar("R", bound=Row)


def write_table(table: Table[R], path: str | PathLike[str]) -> Path:
    """Write a table of results, such as an achievement or a tracking table, as a workbook, as people see it.

    A tracking table written so is an IPTT: by result level, with target, actual and share for each period. What stands below the
    table stands below it here too.

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
    """
    pages = Pages(Path(path))
    page = pages.page(table.caption or "table")
    page.row([table.caption] if table.caption else [], "title")
    page.row([column.header for column in table.columns], "head")
    looks = ["number" if column.number else "text" for column in table.columns]
    for cells in table.cells():
        page.row([number_in(cell) if column.number else cell for cell, column in zip(cells, table.columns, strict=True)], looks)
    for line in table.footer:
        page.row([line], "line")
    return pages.save()


def write_records(records: Sequence[Mapping[str, object]], path: str | PathLike[str], title: str) -> Path:
    """Write records with exact values as a sheet, below a header that stays in sight.

    Args:
        records: rows with the same keys.
        path: the workbook.
        title: the name of the sheet.

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
        OSError: if the file cannot be written.
    """
    pages = Pages(Path(path))
    page = pages.page(title)
    page.row(records[0] if records else [], "head")
    for record in records:
        page.row(record.values())
    page.sheet.freeze_panes(1, 0)
    if records:
        page.sheet.autofilter(0, 0, len(records), len(records[0]) - 1)
    return pages.save()


def write_logframe(model: TheoryOfChange, path: str | PathLike[str], *, fcdo: bool = False) -> Path:
    """Write the results, indicators and assumptions of a model as a logframe matrix; the causal links do not fit into one.

    Args:
        model: the model.
        path: the workbook.
        fcdo: whether to write the form of FCDO, and not that of the EU.

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
    """
    pages = Pages(Path(path))
    (_fcdo if fcdo else _eu)(model, pages.page("Logframe"))
    return pages.save()


def write_reference_sheets(model: TheoryOfChange, path: str | PathLike[str]) -> Path:
    """Write a reference sheet for each indicator, with the fields of a performance indicator reference sheet (PIRS).

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
    """
    pages = Pages(Path(path))
    for indicator in model.indicators:
        page = pages.page(indicator.id)
        page.row(["Performance indicator reference sheet", str(model.programme.title)], "title")
        for name, text in _reference(model, indicator):
            page.row([name, text], ("head", "text"))
    if not model.indicators:
        pages.page("No indicators").row(["The model has no indicators."])
    return pages.save()


def write_tables(model: TheoryOfChange, folder: str | PathLike[str]) -> tuple[Path, ...]:
    """Write every list of the model as tidy CSV: a row for each record, a column for each field that any of them has.

    Returns:
        The files written, in the order of the lists.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, rows in rows_by_sheet(to_plain(model)).items():
        used = [column.name for column in columns(name) if any(column.name in row for row in rows)]
        file = place / f"{name}.csv"
        file.write_text(csv_text([{column: row.get(column, "") for column in used} for row in rows]), encoding="utf-8", newline="\n")
        written.append(file)
    return tuple(written)


def _from_the_goal_down(model: TheoryOfChange) -> list[Node]:
    return sorted(model.nodes, key=rank, reverse=True)


def _title(record: object, id: str) -> str:
    return str(getattr(record, "title", "")) or id


_LEVELS = {"goal": "Impact", "objective": "Specific objective"}


def _level(node: Node) -> str:
    return _LEVELS.get(level_of(node), level_of(node).capitalize())


def _eu(model: TheoryOfChange, page: Page) -> None:
    head = ("Results", "Results chain", "Indicators", "Baselines (values and years)", "Targets (values and years)", "Current value (year)")
    page.row([*head, "Sources of data", "Assumptions"], "head")
    for node in _from_the_goal_down(model):
        own = [indicator for indicator in model.indicators if indicator.of == node.id]
        first = [_level(node), _title(node, node.id)]
        assumed = "\n".join(_assumptions(model, node))
        for position, indicator in enumerate(own or [None]):
            about = [] if indicator is None else _measured(model, indicator)
            page.row([*(first if position == 0 else ["", ""]), *(about or [""] * 5), assumed if position == 0 else ""])


def _measured(model: TheoryOfChange, indicator: Indicator) -> list[str]:
    return [
        _title(indicator, indicator.id),
        _dated(model.baselines_of(indicator.id)),
        _dated(_standing(model.targets_of(indicator.id))),
        _dated(_latest(model.actuals_of(indicator.id))),
        str(indicator.means_of_verification),
    ]


def _assumptions(model: TheoryOfChange, node: Node) -> Iterator[str]:
    """What must hold for the node to lead on."""
    ids = dict.fromkeys(id for link in model.links if link.from_ == node.id for id in link.assumptions)
    yield from (_title(model[id], id) for id in ids if isinstance(model[id], Assumption))


V = TypeVar("V", bound=Value)


def _standing(values: Sequence[V]) -> list[V]:
    """The values that no other replaces."""
    replaced = {value.supersedes for value in values}
    return [value for value in values if value.id not in replaced]


def _latest(actuals: Sequence[Actual]) -> list[Actual]:
    """The latest actual of every part."""
    latest: dict[object, Actual] = {}
    for actual in sorted(in_force(actuals), key=lambda actual: str(_when(actual) or "")):
        latest[actual.slice] = actual
    return list(latest.values())


def _when(value: Value) -> Period | None:
    measured = value.measured if isinstance(value, Actual) else None
    reported = value.reported if isinstance(value, Actual) else None
    return measured or value.period or (None if reported is None else Period.read(str(reported)[:10]))


def _dated(values: Iterable[Value]) -> str:
    """Figures with their years, a line each: ``50 (2024)``, ``girls: 20 (2024)``."""
    lines: list[str] = []
    for value in values:
        part = ", ".join(category for _, category in value.slice)
        when = _when(value)
        lines.append(f"{part + ': ' if part else ''}{_printed(value.figure)}{f' ({in_short(when)})' if when else ''}")
    return "\n".join(lines)


def _printed(figure: Figure) -> str:
    return figure.printed or str(figure)


def _fcdo(model: TheoryOfChange, page: Page) -> None:
    page.row(["PROJECT TITLE", str(model.programme.title)], "title")
    numbers: dict[str, int] = {}
    for node in _from_the_goal_down(model):
        level = _level(node).upper()
        numbers[level] = numbers.get(level, 0) + 1
        name = level if level == "IMPACT" else f"{level} {numbers[level]}"
        own = [indicator for indicator in model.indicators if indicator.of == node.id]
        assumed = "\n".join(_assumptions(model, node))
        for position, indicator in enumerate(own, start=1):
            _block(
                model, page, (name, _title(node, node.id)), (f"{numbers[level]}.{position}", indicator), assumed if position == 1 else ""
            )
        if not own:
            page.row([name, f"{level.capitalize()} indicator", "", "Baseline"], "head")
            page.row([_title(node, node.id), "", "Planned", ""])
        if node.weight is not None:
            page.row(["IMPACT WEIGHTING (%)", str(node.weight)])
        for risk in (risk for risk in model.risks if node.id in risk.about):
            page.row(["RISK RATING", _risk(risk)])


def _risk(risk: Risk) -> str:
    rated = ", ".join(text for text in (risk.likelihood, risk.consequence) if text)
    return f"{_title(risk, risk.id)} ({rated})" if rated else _title(risk, risk.id)


def _block(model: TheoryOfChange, page: Page, result: tuple[str, str], numbered: tuple[str, Indicator], assumed: str) -> None:
    number, indicator = numbered
    targets, actuals = _standing(model.targets_of(indicator.id)), in_force(model.actuals_of(indicator.id))
    stretches = sorted({value.period for value in targets if value.period is not None})
    heads = [f"Milestone {position} ({in_short(period)})" for position, period in enumerate(stretches[:-1], start=1)]
    heads += [f"Target ({in_short(stretches[-1])})"] if stretches else []
    kind = result[0].split()[0].capitalize()
    page.row([result[0], f"{kind} Indicator {number}", "", "Baseline", *heads, "Target", "Assumptions"], "head")
    at: list[Period | None] = [*stretches, None]

    def over(values: Iterable[Value]) -> list[str]:
        return ["\n".join(_undated(value) for value in values if value.period == period) for period in at]

    page.row([result[1], _title(indicator, indicator.id), "Planned", _dated(model.baselines_of(indicator.id)), *over(targets), assumed])
    page.row(["", "", "Achieved", "", *over(actuals)])
    if indicator.means_of_verification:
        page.row(["", "", "Source", str(indicator.means_of_verification)])


def _undated(value: Value) -> str:
    part = ", ".join(category for _, category in value.slice)
    return f"{part}: {_printed(value.figure)}" if part else _printed(value.figure)


def _reference(model: TheoryOfChange, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """The fields of a reference sheet, also those that nobody has filled in."""
    node = model.node(indicator.of)
    yield "Name of indicator", _title(indicator, indicator.id)
    yield "Code", "; ".join([indicator.id, *(f"{code.vocabulary} {code.code}".strip() for code in indicator.codes)])
    yield "Name of result measured", _title(node, node.id)
    yield "Level of result", _level(node)
    yield "Precise definition(s)", str(indicator.definition or indicator.description)
    yield "Unit of measure", indicator.unit or ""
    yield "Population", indicator.population
    yield "Data type", indicator.kind.value
    yield "Numerator", str(indicator.numerator)
    yield "Denominator", str(indicator.denominator)
    yield "Calculation", str(indicator.calculation)
    yield "Direction of change", indicator.direction.value
    yield "What successive results mean", indicator.accumulation.value
    yield "Disaggregated by", "; ".join(f"{_title(model.by_id.get(by.dimension), by.dimension)} ({by.coverage})" for by in indicator.by)
    yield "Data source", str(indicator.means_of_verification)
    yield "Method of data collection and construction", str(indicator.collection_method)
    yield "Reporting frequency", indicator.frequency
    yield "Individual(s) responsible", _title(model.by_id.get(indicator.responsible or ""), indicator.responsible or "")
    yield "Baseline (values and years)", _dated(model.baselines_of(indicator.id))
    yield "Targets (values and years)", _dated(_standing(model.targets_of(indicator.id)))
    yield "Known data limitations", str(indicator.limitations)
    yield "Other notes", str(indicator.note)
