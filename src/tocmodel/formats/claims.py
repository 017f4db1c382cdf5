"""A table of claims as CSV or a workbook: cause, effect, source, quote, and whatever is known of the sources.

Every other column is an attribute of the source or the statement, such as gender or district. In CSV, text that a spreadsheet would
take for a formula is guarded with an apostrophe, which reading takes off again; in workbooks it is written as text.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path

from tocmodel.contribution.claims.claims import Claim, Claims
from tocmodel.errors import FieldError, MissingExtraError, UnreadableFileError, nearest
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats.native import read_text
from tocmodel.formats.workbook.opening import opened
from tocmodel.messages import message
from tocmodel.tables import FORMULA_STARTS, csv_text

_NEEDED = ("cause", "effect", "source")
_KNOWN = (*_NEEDED, "quote", "id", "sentiment", "mention")
_DELIMITERS = (",", ";", "\t")


def read_claims(path: str | PathLike[str]) -> Claims:
    """Read a table of claims from ``.csv`` or the first sheet of ``.xlsx``; its first row names the columns.

    Columns ``cause``, ``effect`` and ``source`` are needed; ``quote``, ``id``, ``sentiment`` (positive, negative) and ``mention``
    (explicit, implicit, other) are known; every other named column is an attribute. Empty rows are passed over; an empty cell is
    not known. CSV may be separated by commas, semicolons or tabs.

    Raises:
        UnreadableFileError: if it cannot be read; every fault has its file and row.
        MissingExtraError: if the library that reads workbooks is not installed.
    """
    file = Path(path)
    readers = {".csv": _csv_rows, ".xlsx": _workbook_rows}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise _fault(
            file, "F01", message("a file ending in %(suffix)s holds no claims", suffix=repr(file.suffix)), message("write .csv or .xlsx")
        )
    rows = [(number, row) for number, row in reader(file) if any(row)]
    if not rows:
        raise _fault(file, "F01", message("the table is empty"), message("the first row names the columns: cause, effect, source"))
    header = [name.strip() if name.strip().lower() not in _KNOWN else name.strip().lower() for name in rows[0][1]]
    faults = list(_header_faults(file, rows[0][0], header))
    if faults:
        raise UnreadableFileError(faults, file.name)
    claims: list[Claim] = []
    for number, row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        missing = [name for name in _NEEDED if not cells.get(name, "").strip()]
        faults += [
            _finding(file, number, "F03", message("%(name)s is missing", name=repr(name)), message("every claim has one"))
            for name in missing
        ]
        further = [cell for cell in row[len(header) :] if cell]
        if further:
            faults.append(
                _finding(
                    file,
                    number,
                    "F02",
                    message("more cells than columns: %(cell)s", cell=repr(further[0])),
                    message("name the column, or quote the text"),
                )
            )
        if not missing and not further:
            try:
                claims.append(_claim(cells))
            except FieldError as fault:
                faults.append(_finding(file, number, "F04", fault.message, fault.hint))
    if faults:
        raise UnreadableFileError(faults, file.name)
    return Claims(claims)


def _claim(cells: Mapping[str, str]) -> Claim:
    return Claim(
        cells["cause"],
        cells["effect"],
        cells["source"],
        quote=cells.get("quote", ""),
        id=cells.get("id", ""),
        attributes={name: cell for name, cell in cells.items() if name and name not in _KNOWN},
        sentiment=cells.get("sentiment") or None,
        mention=cells.get("mention") or None,
    )


def _header_faults(file: Path, row: int, header: Sequence[str]) -> Iterator[Finding]:
    for name in _NEEDED:
        if name not in header:
            hint = nearest(name, [own for own in header if own]) or message("the first row names the columns: %(names)s", names=_NEEDED)
            yield _finding(file, row, "F03", message("there is no column %(name)s", name=repr(name)), hint)
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield _finding(
            file, row, "F02", message("the column %(name)s stands twice", name=repr(name)), message("the second would hide the first")
        )


def _csv_rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    text = read_text(file)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, [_unguarded(cell) for cell in row]
    except csv.Error as fault:
        raise _fault(
            file,
            "F05",
            message("not CSV: %(fault)s", fault=str(fault)),
            message("quote text that holds quotes or line breaks"),
            reader.line_num,
        ) from None


def _unguarded(cell: str) -> str:
    return cell[1:] if _looks_guarded(cell) else cell


def _looks_guarded(cell: str) -> bool:
    return cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)


def _workbook_rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    sheets = opened(file).sheets
    for number, row in enumerate(sheets[0].rows if sheets else (), start=1):
        yield number, list(row)


def write_claims(claims: Claims, path: str | PathLike[str]) -> Path:
    """Write claims as a table to ``.csv`` or ``.xlsx``; reading it again gives the same claims.

    Args:
        claims: the claims; what was done with them before is not written.
        path: where to; its ending tells the format.

    Returns:
        The path written to.

    Raises:
        UnreadableFileError: if no format has this ending.
        MissingExtraError: if the library that writes workbooks is not installed.
    """
    file = Path(path)
    attributes = sorted({name for claim in claims for name, _ in claim.attributes})
    header = [*_KNOWN, *attributes]
    rows = [{name: _written(claim.record().get(name)) for name in header} for claim in claims]
    if file.suffix.lower() == ".csv":
        rows = [{name: f"'{cell}" if _looks_guarded(cell) else cell for name, cell in row.items()} for row in rows]
        file.write_text(csv_text(rows) if rows else f"{','.join(header)}\n", encoding="utf-8", newline="")
    elif file.suffix.lower() == ".xlsx":
        _write_workbook(file, header, rows)
    else:
        raise _fault(
            file,
            "F01",
            message("claims cannot be written to a file ending in %(suffix)s", suffix=repr(file.suffix)),
            message("write .csv or .xlsx"),
        )
    return file


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _write_workbook(file: Path, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        raise MissingExtraError("XlsxWriter", "workbooks") from None
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("claims")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
            for number, row in enumerate(rows, start=1):
                sheet.write_string(number, column, row[name])  # as text: never a formula, a number or a link
        sheet.freeze_panes(1, 0)


def _finding(file: Path, row: int | None, code: str, said: str, hint: str) -> Finding:
    return Finding(code, Severity.ERROR, Place("", file.name, row), said, hint)


def _fault(file: Path, code: str, said: str, hint: str, row: int | None = None) -> UnreadableFileError:
    return UnreadableFileError([_finding(file, row, code, said, hint)], file.name)
