"""Workbooks being written: text stays text, numbers keep their digits, and a spreadsheet runs nothing that stands in a cell."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tocmodel.errors import MissingExtraError, TooManyRowsError
from tocmodel.formats.naming import id_of
from tocmodel.formats.workbook.opening import EXACT, EXTRA
from tocmodel.tables import FORMULA_STARTS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_SETTINGS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
_A4 = 9
_LINE, _MOST_LINES = 15, 24
"""The height of a line, and how many are shown at most."""
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_GUARDED = frozenset(FORMULA_STARTS)
_ROWS = 1_048_576
_NARROWEST, _WIDEST = 10, 48
_WRAPPED: dict[str, object] = {"text_wrap": True, "valign": "top"}
_LOOKS: dict[str, dict[str, object]] = {
    "head": {**_WRAPPED, "bold": True, "bg_color": "#DCE6F1", "bottom": 1},
    "needed": {**_WRAPPED, "bold": True, "bg_color": "#B8CCE4", "bottom": 1},
    "title": {"bold": True},
    "text": _WRAPPED,
    "number": {**_WRAPPED, "align": "right"},
    "line": {},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd"},
}
"""How cells look; a title and a line run on over the empty cells beside them."""
_FARTHEST = 300
"""The powers of ten that a spreadsheet holds, up or down."""
_NUMBER = re.compile(r"(?!-0$)-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,8}[1-9])?")
_NUMBERS = (float, int, Decimal)
_WHOLE = 10**EXACT


def number_in(text: str) -> float | str:
    """The number that a text is, where it is read back with the same digits; otherwise the text.

    Example:
        >>> number_in("1550"), number_in("0.5"), number_in("0.50"), number_in("over 1550")
        (1550.0, 0.5, '0.50', 'over 1550')
    """
    return float(text) if _NUMBER.fullmatch(text) and (len(text) <= EXACT or _fits(Decimal(text))) else text


def _fits(number: float | Decimal) -> bool:
    """Whether a spreadsheet keeps every digit; zeros at the end, as of a float, are none that could be lost."""
    if isinstance(number, float) and number.is_integer() and abs(number) < _WHOLE:
        return True
    number = Decimal(str(number))
    digits = "".join(map(str, number.as_tuple().digits)).rstrip("0")
    return number.is_finite() and len(digits) <= EXACT and abs(number.adjusted()) < _FARTHEST


class Pages:
    """A workbook being written.

    Args:
        path: the file.

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
        OSError: if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            from xlsxwriter import Workbook
        except ModuleNotFoundError:
            raise MissingExtraError("XlsxWriter", EXTRA) from None
        path.open("wb").close()  # what cannot be written is known before any work is done
        self._path, self._names = path, set[str]()
        self._pages: list[Page] = []
        self._book = Workbook(str(path), _SETTINGS)
        self._looks: dict[tuple[str, bool], Format] = {}

    def page(self, name: str) -> "Page":
        """A new sheet, with this name as far as a sheet can have it."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", name)[: _LONGEST_NAME - 4].strip() or "page"
        if plain.lower() in self._names or plain.lower() == "history":
            plain = id_of(plain, self._names)[:_LONGEST_NAME]
        self._names.add(plain.lower())
        page = Page(self._book.add_worksheet(plain), self)
        self._pages.append(page)
        return page

    def look(self, name: str, *, guarded: bool = False) -> "Format":
        """A look of cells; a guarded one keeps its text from becoming a formula when somebody edits it."""
        found = self._looks.get((name, guarded))
        if found is None:
            found = self._looks[name, guarded] = self._book.add_format(_LOOKS[name] | ({"quote_prefix": True} if guarded else {}))
        return found

    def save(self) -> Path:
        """Write the file.

        Raises:
            OSError: if it cannot be written.
        """
        from xlsxwriter.exceptions import FileCreateError

        for page in self._pages:
            page.fit()
        try:
            self._book.close()
        except FileCreateError as fault:
            raise OSError(fault.args[0].errno, fault.args[0].strerror, str(self._path)) from None
        return self._path


class Page:
    """One sheet, written from the first row down.

    Attributes:
        sheet: the sheet of XlsxWriter, for notes, drop-downs and links.
    """

    def __init__(self, sheet: "Worksheet", pages: Pages) -> None:
        self.sheet, self._pages = sheet, pages
        self._next, self._widths = 0, dict[int, int]()

    def put(self, row: int, column: int, value: object, look: str = "text") -> None:
        """Write a cell: numbers as numbers, dates as dates, True and False as such, None as nothing, all else as text.

        A number with more digits than a spreadsheet keeps is written as text, so that none of them is lost; a text that is longer
        than a cell holds ends in "…".

        Raises:
            TooManyRowsError: if the sheet has no such row; XlsxWriter would leave it out without a word.
        """
        if row >= _ROWS:
            raise TooManyRowsError(str(self.sheet.get_name()), _ROWS)
        if isinstance(value, str):
            if value:
                written = self._pages.look(look, guarded=value[0] in _GUARDED)
                text = value if len(value) <= _LONGEST_CELL else value[: _LONGEST_CELL - 1] + "…"
                self.sheet.write_string(row, column, text, written)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, self._pages.look(look))
        elif isinstance(value, _NUMBERS) and _fits(value):
            self.sheet.write_number(row, column, float(value), self._pages.look(look))
        elif isinstance(value, date) and not isinstance(value, datetime):
            day = datetime(value.year, value.month, value.day)  # noqa: DTZ001 — a civil date
            self.sheet.write_datetime(row, column, day, self._pages.look("day"))
        elif value is not None:
            self.put(row, column, str(value), look)

    def row(self, values: Iterable[object], look: str | Sequence[str] = "text") -> None:
        """Write the next row; columns become as wide, and the row as high, as what stands in them, unless it runs on.

        Args:
            values: its cells.
            look: how they look, all or each.
        """
        lines = 1
        for column, value in enumerate(values):
            own = look if isinstance(look, str) else look[column]
            self.put(self._next, column, value, own)
            if own not in {"title", "line"}:
                text = "" if value is None else str(value)
                self._widths[column] = max(self._widths.get(column, _NARROWEST), min(max(map(len, text.split("\n"))) + 2, _WIDEST))
                lines = max(lines, lines_of(text, _WIDEST))
        self.heighten(self._next, lines)
        self._next += 1

    def heighten(self, row: int, lines: int) -> None:
        """Make the row that was just written high enough for some lines of text."""
        if lines > 1:
            self.sheet.set_row(row, min(lines, _MOST_LINES) * _LINE)

    def fit(self) -> None:
        """Make the columns as wide as their cells need, and the sheet as wide as a page of paper."""
        for column, width in self._widths.items():
            self.sheet.set_column(column, column, width)
        if self._widths:
            self.sheet.set_landscape()
            self.sheet.set_paper(_A4)
            self.sheet.fit_to_pages(1, 0)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width, about."""
    return sum(1 + len(line) // width for line in text.split("\n"))
