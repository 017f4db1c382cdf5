"""Opening workbooks that others made: checked before they are read, so that no file eats the memory and no formula is run.

Numbers become the text that people see: at most 15 digits, percentages with their sign. A formula gives its last calculated value.
"""

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from attrs import frozen

from tocmodel.errors import MissingExtraError, UnreadableFileError
from tocmodel.figures import plain
from tocmodel.figures.display import ENGLISH
from tocmodel.findings import Finding, Place, Severity
from tocmodel.messages import message, messages

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

EXTRA = "workbooks"
_DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ExpatError, KeyError
)  # fmt: skip
"""What unpacking a damaged workbook, or none, ends in."""
_LARGEST = 200 * 2**20
"""How many bytes a workbook may have when it is unpacked."""
_DENSEST = 300
"""How many times larger than packed it may be, once it is larger than `_SMALL`."""
_SMALL = 20 * 2**20
_MOST_CELLS = 5_000_000
"""How many cells the smallest rectangles around everything in each sheet may have together; the reader takes memory for each."""
_MOST_PARTS = 5000
_START = 64
_OLE = b"\xd0\xcf\x11\xe0"
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
_UNUSUAL = re.compile(rb"""<c(?! r="[A-Z]\d{1,5}")(?: r="([A-Z]{1,3})(\d{1,7})"|[\s/>])""")
"""Cells further away, or that do not say where they are as nearly all programs write it."""
_PREFIXED = re.compile(rb":c[\s/>]")
_LETTERS = 8
"""More letters than any column has; the rest of a longer name does not matter."""
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["']([^"']*)""")
_PLACE = rb"""\sr\s*=\s*["']([A-Z]+\d+)["']"""
EXACT = 15
"""How many digits a number in a workbook has for sure."""


_EXACT_WHOLE = 10**EXACT


class NumberCell(str):
    """The text of a cell that holds a number, so that nothing about its signs is open."""

    __slots__ = ()


@frozen
class Sheet:
    """One sheet as text.

    Attributes:
        name: its name.
        rows: its rows from the first row and column on; an empty cell is empty text.
        formulas: the cells that hold a formula, such as ``C7``; their text is the last calculated value.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    formulas: tuple[str, ...] = ()

    def without_value(self) -> list[str]:
        """The cells with a formula that no program has calculated, or that gives nothing."""
        return [cell for cell in self.formulas if not self._text(*position(cell))]

    def _text(self, row: int, column: int) -> str:
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


@frozen
class Book:
    """A file of sheets.

    Attributes:
        file: the file's name.
        sheets: its sheets, in order.
    """

    file: str
    sheets: tuple[Sheet, ...]

    def findings(self) -> Iterator[Finding]:
        """A note for each sheet with formulas, for a formula is never run; a warning where some have no value that could be read."""
        for sheet in self.sheets:
            empty = sheet.without_value()
            unread = frozenset(empty)
            valued = [cell for cell in sheet.formulas if cell not in unread]
            if valued:
                said = messages(
                    "a formula: its last calculated value was read",
                    "%(num)s formulas: their last calculated values were read",
                    len(valued),
                )
                yield Finding("F07", Severity.NOTE, self._place(sheet, valued), said, message("nothing is calculated anew"))
            if empty:
                said = messages(
                    "a formula: it has no calculated value, so nothing was read",
                    "%(num)s formulas: they have no calculated values, so nothing was read",
                    len(empty),
                )
                hint = message("open the file in a spreadsheet and save it there")
                yield Finding("F07", Severity.WARNING, self._place(sheet, empty), said, hint)

    def _place(self, sheet: Sheet, cells: Sequence[str]) -> Place:
        return Place(f"{sheet.name}!{cells[0]}", self.file)


def opened(path: Path) -> Book:
    """Read a workbook as text.

    Raises:
        UnreadableFileError: if it is not there, no workbook, protected, damaged, or larger than any plan is when unpacked.
        MissingExtraError: if python-calamine is not installed.
    """
    try:
        import python_calamine
    except ModuleNotFoundError:
        raise MissingExtraError("python-calamine", EXTRA) from None
    formulas, percent = _checked(path)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheets = tuple(_sheets(path, book, formulas, percent))
    except (python_calamine.CalamineError, OSError, ValueError) as fault:
        raise unreadable(path, message("not a workbook: %(fault)s", fault=str(fault)), message("save it as .xlsx")) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # the reader's own library gave up
            raise
        raise unreadable(path, message("a damaged workbook"), message("open and save it in a spreadsheet program")) from None
    return Book(path.name, sheets)


def _sheets(
    path: Path, book: "CalamineWorkbook", formulas: Mapping[str, tuple[str, ...]], percent: Mapping[str, frozenset[str]]
) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum

    cells = 0
    for meta in book.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            row, column = sheet.end or (-1, -1)
            cells += (row + 1) * (column + 1)
            if cells > _MOST_CELLS:
                raise _too_far(path, meta.name, row + 1, column + 1)
            rows = rows_of(_cells(sheet), percent.get(meta.name, frozenset()))
            yield Sheet(meta.name, tuple(rows), formulas.get(meta.name, ()))


def _cells(sheet: "CalamineSheet") -> Iterator[list[object]]:
    """The cells row by row, so that no two copies of a sheet are held; the reader gives them from the first column with a cell on."""
    empty: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    return (empty + row for row in sheet.iter_rows())


def unreadable(path: Path, said: str, hint: str = "", code: str = "F05") -> UnreadableFileError:
    """A workbook that cannot be read."""
    return UnreadableFileError([Finding(code, Severity.ERROR, Place("", path.name), said, hint)], path.name)


def rows_of(rows: Iterable[Iterable[object]], percent: frozenset[str] = frozenset()) -> Iterator[tuple[str, ...]]:
    """Rows of cells as text.

    Args:
        rows: cells as the reader gives them.
        percent: the cells that are shown as percentages.
    """
    shown: dict[int, set[int]] = {}
    for cell in percent:
        row, column = position(cell)
        shown.setdefault(row, set()).add(column)
    for number, row in enumerate(rows):
        if number in shown:
            yield tuple([text_of(cell, percent=column in shown[number]) for column, cell in enumerate(row)])
        else:
            yield tuple([cell if type(cell) is str else text_of(cell) for cell in row])


def text_of(cell: object, *, percent: bool = False) -> str:
    """A cell as the text that people see.

    Example:
        >>> text_of(0.1 + 0.2), text_of(1550.0), text_of(0.45, percent=True), text_of(True)
        ('0.3', '1550', '45%', 'true')
    """
    match cell:
        case float() if not percent and cell.is_integer() and abs(cell) < _EXACT_WHOLE:
            return NumberCell(int(cell))
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int() | float():
            number = Decimal(cell) if isinstance(cell, int) else Decimal(f"{cell:.{EXACT}g}")
            return NumberCell(f"{plain(number * 100)}%" if percent else plain(number))
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep="T")
        case date():
            return cell.isoformat()
        case _:
            return "" if cell is None else str(cell)


def position(cell: str) -> tuple[int, int]:
    """The row and column of a cell, both counted from 0: the reverse of `address`.

    Example:
        >>> position("C7"), position("AB1")
        ((6, 2), (0, 27))
    """
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, _column(letters) - 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """The name of a cell, both counted from 0.

    Example:
        >>> address(6, 2), address(0, 27)
        ('C7', 'AB1')
    """
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _checked(path: Path) -> tuple[dict[str, tuple[str, ...]], dict[str, frozenset[str]]]:
    """The formulas and the percentages of each sheet, once the file is known to be harmless."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLE))
        if start == _OLE:
            raise unreadable(
                path, message("protected with a password, or in the format before .xlsx"), message("save it as .xlsx without a password")
            )
        with zipfile.ZipFile(path) as archive:
            return _checked_parts(path, archive)
    except FileNotFoundError:
        raise unreadable(path, message("there is no such file"), message("check the name and the folder"), "F01") from None
    except IsADirectoryError:
        raise unreadable(path, message("this is a folder"), message("name a file inside it"), "F01") from None
    except _DAMAGED as fault:
        raise unreadable(
            path, message("not a workbook, or a damaged one: %(fault)s", fault=str(fault)), message("save it as .xlsx")
        ) from None
    except (OSError, ValueError) as fault:
        raise unreadable(
            path, message("cannot be opened: %(fault)s", fault=getattr(fault, "strerror", None) or str(fault)), "", "F01"
        ) from None


def _checked_parts(path: Path, archive: zipfile.ZipFile) -> tuple[dict[str, tuple[str, ...]], dict[str, frozenset[str]]]:
    parts = archive.infolist()
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if size > _LARGEST or (size > _SMALL and size > _DENSEST * max(packed, 1)) or len(parts) > _MOST_PARTS:
        said = message(
            "unpacked it would have %(size)s bytes in %(parts)s parts; packed it has %(packed)s",
            size=ENGLISH.number(Decimal(size)),
            parts=len(parts),
            packed=ENGLISH.number(Decimal(packed)),
        )
        raise unreadable(path, said, message("no plan is that large: is it the right file?"))
    names = _sheet_parts(archive)
    percents = _percent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in archive.namelist() else frozenset()
    formulas: dict[str, tuple[str, ...]] = {}
    percent: dict[str, frozenset[str]] = {}
    for part in parts:
        content = archive.read(part)  # which checks the stated size; any part may turn out to be a sheet
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise unreadable(path, message("%(part)s declares a document type", part=part.filename), message("workbooks have none"))
        name = names.get(part.filename)
        if b"\0" in content[:_START] and (name is not None or part.filename.endswith((".xml", ".rels"))):
            raise unreadable(
                path, message("%(part)s is no UTF-8 text", part=part.filename), message("save it as .xlsx in a spreadsheet program")
            )
        if b"sst" in content and any(not _is_count(found[1], content) for found in _COUNT.finditer(content)):
            raise unreadable(
                path,
                message("%(part)s counts more texts than it can hold", part=part.filename),
                message("open and save it in a spreadsheet program"),
            )
        if b"sheetData" in content:
            _check_extent(path, name or part.filename, content)
        if name is not None:
            formulas[name], percent[name] = _formulas(content), _styled(content, percents)
    return formulas, percent


def _is_count(stated: bytes, content: bytes) -> bool:
    """Whether a part can hold so many texts; the reader takes memory for as many as are stated."""
    return stated.isdigit() and int(stated[:EXACT]) <= len(content)


def _check_extent(path: Path, name: str, content: bytes) -> None:
    """Refuse a sheet with cells far away from each other: the reader takes memory for everything between."""
    if _most_cells(content) > _MOST_CELLS:
        rows, columns = _extent(content)
        if rows * columns > _MOST_CELLS:
            raise _too_far(path, name, rows, columns)


def _most_cells(content: bytes) -> float:
    """More cells than this are not in the rectangle around a sheet; a quick look that passes over nearly all of them."""
    rows, columns = _NEAR_ROWS, _NEAR_COLUMNS
    for cell in _UNUSUAL.finditer(content):
        if cell[1] is None:
            return inf
        rows, columns = max(rows, int(cell[2])), max(columns, _column(cell[1].decode()))
    return inf if _PREFIXED.search(content) else rows * columns


def _extent(content: bytes) -> tuple[int, int]:
    """The last row and column of a sheet, its cells counted as the reader counts them where they do not say where they are."""
    rows = columns = row = column = 0

    def begins(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal rows, columns, row, column
        place = attributes.get("r", "")
        letters = place.rstrip("0123456789")
        stated = int(place[len(letters) :] or 0)
        match name.rpartition(":")[2]:
            case "row":
                row, column = stated or row + 1, 0
            case "c":
                column = _column(letters[:_LETTERS].upper()) or column + 1
                rows, columns = max(rows, stated or row), max(columns, column)
            case _:
                pass

    parser = ParserCreate("utf-8")
    parser.StartElementHandler = begins
    parser.Parse(content, True)  # noqa: FBT003 — expat's own signature
    return rows, columns


def _too_far(path: Path, name: str, rows: int, columns: int) -> UnreadableFileError:
    said = message(
        "the sheet %(name)s reaches to row %(rows)s and column %(columns)s",
        name=repr(name),
        rows=ENGLISH.number(Decimal(rows)),
        columns=ENGLISH.number(Decimal(columns)),
    )
    return unreadable(path, said, message("delete the empty rows and columns beyond the tables"))


def _formulas(content: bytes) -> tuple[str, ...]:
    """The cells of a sheet that hold a formula."""
    prefix, end = _cells_of(content)
    if content.find(b"<%bf" % prefix, 0, end) < 0:  # drop-downs, below the cells, have a formula1
        return ()
    found = re.finditer(rb"<%bc\b[^>]*?%b[^>]*>\s*<%bf\b" % (prefix, _PLACE, prefix), content)
    return tuple(cell[1].decode() for cell in found)


def _styled(content: bytes, styles: frozenset[int]) -> frozenset[str]:
    """The cells of a sheet that have one of some styles."""
    if not styles:
        return frozenset()
    style = b"|".join(b"%d" % number for number in sorted(styles))
    found = re.finditer(rb"""<%bc\b(?=[^>]*\ss\s*=\s*["'](?:%b)["'])[^>]*?%b""" % (_cells_of(content)[0], style, _PLACE), content)
    return frozenset(cell[1].decode() for cell in found)


def _cells_of(content: bytes) -> tuple[bytes, int]:
    """The prefix of the elements of a sheet, as a pattern, and where its cells end."""
    name = content.rfind(b"sheetData>")
    end = content.rfind(b"</", 0, max(name, 0))
    return (re.escape(content[end + 2 : name]), end) if end >= 0 else (b"", 0)


def _elements(content: bytes) -> list[tuple[str, Mapping[str, str]]]:
    """The elements of a small part in document order, without their prefixes."""
    found: list[tuple[str, Mapping[str, str]]] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    parser.Parse(content, True)  # noqa: FBT003 — expat's own signature
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of the sheet in each part of the archive."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "") for _, attributes in _elements(archive.read("xl/_rels/workbook.xml.rels"))
    }
    parts: dict[str, str] = {}
    for element, attributes in _elements(archive.read("xl/workbook.xml")):
        if element == "sheet":
            target = targets.get(next((value for key, value in attributes.items() if key.endswith(":id")), ""), "")
            parts[target.removeprefix("/") if target.startswith("/") else f"xl/{target}"] = attributes.get("name", "")
    return parts


_PERCENT_FORMATS = {"9", "10"}


def _percent_styles(content: bytes) -> frozenset[int]:
    """The cell styles that show a number as a percentage."""
    formats, styles, inside = set(_PERCENT_FORMATS), list[str](), False
    for element, attributes in _elements(content):
        if element == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        elif element in {"cellXfs", "cellStyles", "cellStyleXfs", "dxfs"}:
            inside = element == "cellXfs"
        elif element == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    return frozenset(index for index, style in enumerate(styles) if style in formats)
