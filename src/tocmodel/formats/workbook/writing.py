"""A model as the native workbook: text as text, numbers as numbers, drop-downs, and a note on every column."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tocmodel.formats.plain import VALUES, VERSION, to_plain
from tocmodel.formats.workbook.cells import JSON, LONG, LONGEST, Column
from tocmodel.formats.workbook.opening import address
from tocmodel.formats.workbook.pages import Pages, lines_of, number_in
from tocmodel.formats.workbook.rows import to_cells
from tocmodel.formats.workbook.sheets import CLASSES, KIND, LONG_TEXTS, PROGRAMME, README, RESULTS, columns, columns_of, spread_of, summary
from tocmodel.model import NODE_KINDS, Programme, TheoryOfChange

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cells: TypeAlias = Mapping[str, str]

ALWAYS = (RESULTS, "links", "indicators", "dimensions", "baselines", "targets", "actuals", "assumptions", "actors", "sources")
"""The sheets that every workbook has."""
_ROWS = 2000
"""How many rows have drop-downs."""
_LONGEST_LIST = 255
_WIDTH = 16
_WIDE = {
    "title": 46,
    "period": 23,
    "measured": 23,
    "reported": 23,
    "description": 46,
    "id": 24,
    "rationale": 46,
    "narrative": 46,
    "statement": 46,
    "definition": 40,
}
_INTRODUCTION = (
    "A theory of change, its indicators and figures. Read it with tocmodel: tocmodel check FILE, tocmodel achieve FILE.",
    "Every sheet is a list: one row for each element. Point at a column's name to see what it means; empty cells are fine.",
    "Every element has an id of its own, in any sheet, without blanks and slashes; other sheets name it by this id.",
    "Several ids in one cell stand with semicolons between them. A part of a breakdown is written sex=girls.",
    "A figure is what was printed: 1550, over 1550, between 200 and 300, 12 %, n/a. An empty figure was not reported.",
    "A date is 2024-06-30; a period is 2024-01-01/2024-12-31, a month 2024-06, a quarter 2024-Q1 or a year 2024.",
    "A cell that starts with json: holds what has no simpler form; leave it as it is.",
)


def write(model: TheoryOfChange, path: Path, *, every_sheet: bool = False) -> None:
    """Write a model as a workbook; reading it again gives an equal model.

    Args:
        model: the model.
        path: the file.
        every_sheet: whether sheets without a row are written too, for people to fill in.

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
    """
    document = to_plain(model)
    write_rows(document, rows_by_sheet(document), path, every_sheet=every_sheet)


def write_rows(document: Mapping[str, object], rows: Mapping[str, Sequence[Cells]], path: Path, *, every_sheet: bool = False) -> None:
    """Write the plain data of a model as a workbook, its `rows_by_sheet` at hand."""
    names = [name for name in CLASSES if every_sheet or name in ALWAYS or rows.get(name)]
    _Writer(path).write(document, {name: rows.get(name, []) for name in names})


def rows_by_sheet(document: Mapping[str, object]) -> dict[str, list[Cells]]:
    """The cells of every sheet that has rows, of the plain data of a model."""
    rows: dict[str, list[Cells]] = {}
    sheets = {cls.section: (name, cls) for name, classes in CLASSES.items() for cls in classes}
    for section, records in document.items():
        if section not in sheets:
            continue
        name, cls = sheets[section]
        assert isinstance(records, list)
        for record in records:
            for under in VALUES:
                for value in record.get(under, ()) if section == "indicators" else ():
                    rows.setdefault(under, []).append(
                        _value_cells(to_cells({"indicator": record["id"], **value}, spread_of(VALUES[under])))
                    )
            cells = to_cells(record, spread_of(cls))
            rows.setdefault(name, []).append({KIND: cls.kind, **cells} if cls in NODE_KINDS else cells)
    return rows


def _value_cells(cells: Cells) -> Cells:
    """An empty figure is an empty cell, as people leave it."""
    return {name: text for name, text in cells.items() if name != "figure" or text != f'{JSON}""'}


class _Writer:
    """Writes the sheets of one workbook and keeps the texts that are too long for a cell."""

    def __init__(self, path: Path) -> None:
        self._pages = Pages(path)
        self._long: list[str] = []

    def write(self, document: Mapping[str, object], rows: Mapping[str, Sequence[Cells]]) -> None:
        self._readme(rows)
        programme = document[PROGRAMME]
        assert isinstance(programme, Mapping)
        self._programme({"tocmodel": str(VERSION), **to_cells(programme, spread_of(Programme))}, rows)
        for name, held in rows.items():
            self._sheet(name, held, rows)
        if self._long:
            page = self._pages.page(LONG_TEXTS)
            for text in self._long:
                page.row((text[start : start + LONGEST] for start in range(0, len(text), LONGEST)), "line")
        self._pages.save()

    def _readme(self, sheets: Iterable[str]) -> None:
        page = self._pages.page(README)
        page.sheet.set_column(0, 0, 24)
        page.sheet.set_column(1, 1, 110)
        for line in _INTRODUCTION:
            page.row([line], "line")
        for row, name in enumerate((PROGRAMME, *sheets), start=len(_INTRODUCTION) + 1):
            page.sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
            page.put(row, 1, summary(name), "line")

    def _programme(self, cells: Cells, sheets: Mapping[str, Sequence[Cells]]) -> None:
        page = self._pages.page(PROGRAMME)
        page.sheet.freeze_panes(1, 1)
        for position, (head, width) in enumerate((("field", 24), ("value", 60), ("meaning", 80))):
            page.sheet.set_column(position, position, width)
            page.put(0, position, head, "head")
        for row, column in enumerate((Column("tocmodel", meaning="the version of the format"), *columns_of(Programme)), start=1):
            page.put(row, 0, column.name, "needed" if column.needed else "head")
            if column.name in cells:
                page.put(row, 1, self._value(cells[column.name], column))
            page.put(row, 2, column.meaning, "line")
            _drop_down(page.sheet, column, (row, 1, row, 1), sheets)

    def _sheet(self, name: str, rows: Sequence[Cells], sheets: Mapping[str, Sequence[Cells]]) -> None:
        page = self._pages.page(name)
        sheet, own = page.sheet, columns(name)
        sheet.freeze_panes(1, 1 + next(position for position, column in enumerate(own) if column.name in {"id", "to", "indicator"}))
        for position, column in enumerate(own):
            sheet.set_column(position, position, _WIDE.get(column.name, _WIDTH))
            page.put(0, position, column.name, "needed" if column.needed else "head")
            sheet.write_comment(0, position, _note(column), {"x_scale": 2, "author": "tocmodel"})
            _drop_down(sheet, column, (1, position, _last_row(rows), position), sheets)
        sheet.autofilter(0, 0, max(len(rows), 1), len(own) - 1)
        places = {column.name: (position, column, _WIDE.get(column.name, _WIDTH)) for position, column in enumerate(own)}
        for number, cells in enumerate(rows, start=1):
            lines = 1
            for column_name, text in cells.items():
                position, column, width = places[column_name]
                page.put(number, position, self._value(text, column))
                if len(text) >= width or "\n" in text:
                    lines = max(lines, lines_of(text, width))
            page.heighten(number, lines)

    def _value(self, text: str, column: Column) -> float | str:
        if len(text) > LONGEST:
            self._long.append(text.removeprefix(JSON))  # only JSON is longer, and it holds no sign that a cell changes
            return f"{LONG}{len(self._long)}"
        return number_in(text) if column.number else text


def _note(column: Column) -> str:
    parts = [column.meaning or column.name]
    if column.choices:
        parts.append("One of: " + ", ".join(column.choices) + ".")
    if column.refers:
        parts.append(f"An id of the sheet '{column.refers}'.")
    if column.needed:
        parts.append("Needed.")
    return "\n".join(parts)


def _last_row(rows: Sequence[Cells]) -> int:
    """The last row of a sheet that has drop-downs, and whose ids others offer: there is room for as many rows again."""
    return max(_ROWS, 2 * len(rows))


def _drop_down(sheet: "Worksheet", column: Column, area: tuple[int, int, int, int], sheets: Mapping[str, Sequence[Cells]]) -> None:
    if column.choices and len(",".join(column.choices)) <= _LONGEST_LIST:
        said = "Choose one of the list, or leave it empty."
        sheet.data_validation(
            *area, {"validate": "list", "source": list(column.choices), "error_title": column.name, "error_message": said}
        )
    elif column.refers in sheets:
        place = next(position for position, other in enumerate(columns(column.refers)) if other.name == "id")
        letters = address(0, place).removesuffix("1")
        source = f"='{column.refers}'!${letters}$2:${letters}${_last_row(sheets[column.refers]) + 1}"
        said = f"No element in the sheet '{column.refers}' has this id yet."
        options = {"validate": "list", "source": source, "error_type": "warning", "error_title": column.name, "error_message": said}
        sheet.data_validation(*area, options)
