"""Records as one sheet of a workbook: numbers as numbers, dates as dates, and no text that a spreadsheet would run."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from re import sub

from tocmodel.errors import MissingExtraError

_SETTINGS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_767  # what a cell holds
_EXACT = 15  # the digits that a spreadsheet keeps


def write_records(records: Sequence[Mapping[str, object]], path: Path, title: str) -> None:
    """Write records as a sheet with a header that stays in sight.

    A number with more digits than a spreadsheet keeps is written as text, so that none of them is lost.

    Args:
        records: rows with the same keys.
        path: the workbook.
        title: the name of the sheet.

    Raises:
        MissingExtraError: if XlsxWriter is not installed.
        OSError: if the file cannot be written.
    """
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError
    except ModuleNotFoundError:
        raise MissingExtraError("XlsxWriter", "workbooks") from None
    book = Workbook(str(path), _SETTINGS)
    sheet = book.add_worksheet(sub(r"[\[\]:*?/\\']", " ", title)[:31])
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    names = list(records[0]) if records else []
    sheet.write_row(0, 0, names, head)
    for line, record in enumerate(records, start=1):
        for place, value in enumerate(record.values()):
            if isinstance(value, bool):
                sheet.write_boolean(line, place, value)
            elif isinstance(value, (int, float, Decimal)) and len(Decimal(str(value)).as_tuple().digits) <= _EXACT:
                sheet.write_number(line, place, float(value))
            elif isinstance(value, date):
                sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 — a civil date
            elif value is not None:
                sheet.write_string(line, place, str(value)[:_LONGEST])
    sheet.freeze_panes(1, 0)
    if records:
        sheet.autofilter(0, 0, len(records), len(names) - 1)
        sheet.autofit()
    try:
        book.close()
    except FileCreateError as fault:
        raise OSError(fault.args[0].errno, fault.args[0].strerror, str(path)) from None
