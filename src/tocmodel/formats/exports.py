"""What donors and colleagues ask for: logframe matrices, tracking tables and indicator reference sheets as workbooks; tidy CSV."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TypeVar

from tocmodel.errors import FieldError, nearest
from tocmodel.formats.logframes import (
    left_out_of_logframe,
    left_out_of_tracking,
    level_in_words,
    standing,
    title_of,
    values_text,
    write_eu,
    write_fcdo,
    write_tracking,
)
from tocmodel.formats.plain import to_plain
from tocmodel.formats.workbook.pages import Pages, number_in
from tocmodel.formats.workbook.sheets import columns
from tocmodel.formats.workbook.writing import rows_by_sheet
from tocmodel.measurement.tracking import tracking_table
from tocmodel.model import Indicator, TheoryOfChange
from tocmodel.tables import Row, Table, csv_text
from tocmodel.words import Word


class Export(Word):
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
            return (write_iptt(model, path, as_of=as_of),)
        case Export.REFERENCE_SHEETS:
            return (write_reference_sheets(model, path),)
        case _:
            return (write_logframe(model, path, fcdo=form == Export.LOGFRAME_FCDO),)


R = TypeVar("R", bound=Row)


def write_table(table: Table[R], path: str | PathLike[str]) -> Path:
    """Write a table of results, such as an achievement or a tracking table, as a workbook, as people see it.

    What stands below the table stands below it here too.

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


def write_iptt(model: TheoryOfChange, path: str | PathLike[str], *, as_of: date | str | None = None) -> Path:
    """Write the tracking table of a model with the columns that IPTTs have: unit, population, direction, what successive results mean.

    Percentages have their sign. What stands below the table stands on a sheet of its own, so that the table can be read again.

    Args:
        model: the model.
        path: the workbook.
        as_of: the date of judgement; the programme's own where left out.

    Raises:
        AsOfNeededError: if neither the call nor the programme says a date.
        MissingExtraError: if XlsxWriter is not installed.
    """
    table = tracking_table(model, as_of=as_of)
    pages = Pages(Path(path))
    write_tracking(model, table, pages)
    return pages.save()


def left_out(model: TheoryOfChange, form: Export | str, *, as_of: date | str | None = None) -> tuple[str, ...]:
    """What of a model a form has no place for, in words; nothing for forms that are no summary of the model.

    Example:
        >>> draft = TheoryOfChange.build("clubs")
        >>> _ = draft.link(draft.activity("train", "Leaders are trained"), draft.output("meet", "Clubs meet"))
        >>> left_out(draft.done(), "logframe")
        ('1 causal link',)
    """
    match form:
        case Export.LOGFRAME | Export.LOGFRAME_FCDO:
            return left_out_of_logframe(model, fcdo=form == Export.LOGFRAME_FCDO)
        case Export.IPTT:
            return left_out_of_tracking(model, tracking_table(model, as_of=as_of))
        case _:
            return ()


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
    (write_fcdo if fcdo else write_eu)(model, pages.page("Logframe"))
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


def _reference(model: TheoryOfChange, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """The fields of a reference sheet, also those that nobody has filled in."""
    node = model.node(indicator.of)
    yield "Name of indicator", title_of(indicator, indicator.id)
    yield "Code", "; ".join([indicator.id, *(f"{code.vocabulary} {code.code}".strip() for code in indicator.codes)])
    yield "Name of result measured", title_of(node, node.id)
    yield "Level of result", level_in_words(node)
    yield "Precise definition(s)", str(indicator.definition or indicator.description)
    yield "Unit of measure", indicator.unit or ""
    yield "Population", indicator.population
    yield "Data type", indicator.kind.value
    yield "Numerator", str(indicator.numerator)
    yield "Denominator", str(indicator.denominator)
    yield "Calculation", str(indicator.calculation)
    yield "Direction of change", indicator.direction.value
    yield "What successive results mean", indicator.accumulation.value
    yield "Disaggregated by", "; ".join(f"{title_of(model.by_id.get(by.dimension), by.dimension)} ({by.coverage})" for by in indicator.by)
    yield "Data source", str(indicator.means_of_verification)
    yield "Method of data collection and construction", str(indicator.collection_method)
    yield "Reporting frequency", indicator.frequency
    yield "Individual(s) responsible", title_of(model.by_id.get(indicator.responsible or ""), indicator.responsible or "")
    yield "Baseline (values and years)", values_text(model.baselines_of(indicator.id), indicator)
    yield "Targets (values and years)", values_text(standing(model.targets_of(indicator.id)), indicator)
    yield "Known data limitations", str(indicator.limitations)
    yield "Other notes", str(indicator.note)
