"""Results as tables: aligned text, records, CSV, JSON, HTML and frames."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from attrs import evolve, field, frozen

from tocmodel.errors import MissingExtraError, NotOneRowError, nearest
from tocmodel.figures import plain
from tocmodel.slices import Slice

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["FORMULA_STARTS", "Column", "Row", "Table", "aligned", "csv_lines", "csv_text", "json_lines", "json_text"]


class Row(Protocol):
    """A row that can say what it holds as one flat record."""

    def record(self) -> dict[str, object]:
        """The row as one flat record with exact values."""
        ...


R = TypeVar("R", bound=Row)


@frozen
class Column(Generic[R]):
    """A column of a table for people.

    Attributes:
        header: what stands above it.
        show: the text of a row's cell.
        number: whether the cells are numbers, which are aligned to the right.
    """

    header: str
    show: Callable[[R], str]
    number: bool = False


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@frozen(repr=False)
class Table(Generic[R]):
    """Rows of results with their columns for people.

    Attributes:
        rows: the rows.
        columns: how people see them.
        caption: what the table shows.
        notes: what has to stand below it.
        fields: the names of the records' fields, which a table without rows cannot ask its rows for.
    """

    rows: tuple[R, ...]
    columns: tuple[Column[R], ...] = field(repr=False)
    caption: str = ""
    notes: tuple[str, ...] = ()
    fields: tuple[str, ...] = field(default=(), kw_only=True, repr=False)

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands below the table."""
        return self.notes

    def where(self, **wanted: object) -> Self:
        """The rows whose attributes have these values; a slice may be given as ``{"sex": "girls"}`` or ``"sex=girls"``.

        Raises:
            TypeError: if the rows have no such attribute.
        """
        if "slice" in wanted:
            wanted = {**wanted, "slice": Slice.read(wanted["slice"])}
        for name in wanted:
            if self.rows and not hasattr(self.rows[0], name):
                known = [attribute for attribute in dir(self.rows[0]) if not attribute.startswith("_")]
                message = f"the rows have no {name!r}; {nearest(name, known)}"
                raise TypeError(message)
        kept = tuple(row for row in self.rows if all(getattr(row, name) == value for name, value in wanted.items()))
        return evolve(self, rows=kept, fields=self.fields or tuple(next(iter(self.records()), ())))

    def one(self) -> R:
        """The only row.

        Raises:
            NotOneRowError: if there is none, or more than one.
        """
        if len(self.rows) != 1:
            raise NotOneRowError(self.caption or "the table", len(self.rows))
        return self.rows[0]

    def records(self) -> list[dict[str, object]]:
        """Every row as one flat record with exact values, for programs."""
        return [row.record() for row in self.rows]

    def cells(self) -> list[list[str]]:
        """The cells as people see them, without the headers."""
        return [[column.show(row) for column in self.columns] for row in self.rows]

    def to_csv(self) -> str:
        """The records as CSV; text that a spreadsheet would take for a formula is guarded with an apostrophe."""
        return csv_text(self.records())

    def to_json(self) -> str:
        """The records as a JSON array: numbers with all their digits, dates as text, null for what is not there.

        Example:
            >>> import json
            >>> from tocmodel import TheoryOfChange, achievement
            >>> draft = TheoryOfChange.build("clubs", "Clubs in schools", as_of="2021-09-30")
            >>> clubs = draft.activity("clubs-meet", "Children meet in clubs")
            >>> reached = draft.indicator("club-children", of=clubs, unit="person")
            >>> _ = draft.actual(reached, "over 1550")
            >>> record = json.loads(achievement(draft.done()).to_json(), parse_float=Decimal)[0]
            >>> record["actual_low"], record["actual_high"], record["as_of"]
            (1551, None, '2021-09-30')
        """
        return json_text(self.records())

    def to_pandas(self) -> "pd.DataFrame":
        """The records as a pandas frame.

        Raises:
            MissingExtraError: if pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise MissingExtraError("pandas", "frames") from None
        records = self.records()
        return pd.DataFrame.from_records(records, columns=None if records else list(self.fields))

    def to_polars(self) -> "pl.DataFrame":
        """The records as a polars frame, with the types of `__arrow_c_stream__`.

        Raises:
            MissingExtraError: if polars or pyarrow is not installed.
        """
        try:
            import polars as pl
        except ModuleNotFoundError:
            raise MissingExtraError("polars", "frames") from None
        return pl.DataFrame(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:  # noqa: ANN401 — the protocol's capsule has no type
        """The records for any frame library that speaks Arrow.

        Numbers are decimal128 with as many decimals as their column needs; only where 38 digits do not hold them all are the
        last ones dropped, down in a column of lower ends and up in one of upper ends. Dates are date32, times are in UTC, and
        what is not there is null. A column without any value is one of numbers if its name ends in ``_low`` or ``_high``, of
        dates if it ends in ``_start``, ``_end`` or ``as_of``, and of text otherwise.

        Raises:
            MissingExtraError: if pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ModuleNotFoundError:
            raise MissingExtraError("pyarrow", "frames") from None
        records = self.records()
        names = tuple(records[0]) if records else self.fields
        arrays = [_arrow_array(name, [record[name] for record in records]) for name in names]
        return pa.Table.from_arrays(arrays, names=list(names)).__arrow_c_stream__(requested_schema)

    def __str__(self) -> str:
        headers = [column.header for column in self.columns]
        numbers = [column.number for column in self.columns]
        lines = [self.caption] if self.caption else []
        lines += aligned(headers, self.cells(), numbers)
        return "\n".join([*lines, *self.footer])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The table as HTML, every text escaped."""
        head = "".join(f'<th scope="col">{escape(column.header)}</th>' for column in self.columns)
        body = "".join(f"<tr>{self._html_cells(cells)}</tr>" for cells in self.cells())
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.footer)
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def html(self) -> str:
        """The table as HTML, every text escaped, for pages and for results that hold a table."""
        return self._repr_html_()

    def __html__(self) -> str:
        """What a template shows, such as Jinja's."""
        return self._repr_html_()

    def _html_cells(self, cells: Sequence[str]) -> str:
        styles = [' style="text-align:right"' if column.number else "" for column in self.columns]
        return "".join(f"<td{style}>{escape(cell)}</td>" for cell, style in zip(cells, styles, strict=True))


def csv_text(records: Iterable[Mapping[str, object]]) -> str:
    """Records as CSV; text that a spreadsheet would take for a formula is guarded with an apostrophe."""
    return "".join(csv_lines(records))


def csv_lines(records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Records as lines of CSV, one by one: the header, which is that of the first record, then a line for each."""
    for number, record in enumerate(records):
        if number == 0:
            yield f"{_csv_line(record)}\n"
        yield f"{_csv_line(record.values())}\n"


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO(newline="")
    # written with both line signs, so that a cell with either of them is put in quotes
    csv.writer(out, lineterminator="\r\n").writerow([_guarded(cell) for cell in cells])
    return out.getvalue().removesuffix("\r\n")


def json_text(records: Iterable[Mapping[str, object]]) -> str:
    """Records as a JSON array, their numbers with all their digits."""
    return "".join(json_lines(records))


def json_lines(records: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Records as the pieces of a JSON array, one by one."""
    number = 0
    for number, record in enumerate(records, start=1):
        yield f"{',' if number > 1 else '['}\n {_json(record, 1)}"
    yield "\n]\n" if number else "[]\n"


def _json(value: object, depth: int) -> str:
    """A value as JSON; Python's own writer knows no exact numbers."""
    match value:
        case Decimal():
            return plain(value)
        case Mapping():
            items = [f"{json.dumps(str(key), ensure_ascii=False)}: {_json(item, depth + 1)}" for key, item in value.items()]
            return f"{{{_indented(items, depth)}}}"
        case list() | tuple():
            return f"[{_indented([_json(item, depth + 1) for item in value], depth)}]"
        case date():
            return json.dumps(value.isoformat())
        case _:
            return json.dumps(value, ensure_ascii=False, default=str)


def _indented(items: Sequence[str], depth: int) -> str:
    start = "\n" + " " * (depth + 1)
    return f"{start}{f',{start}'.join(items)}\n{' ' * depth}" if items else ""


def aligned(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> list[str]:
    """Lines of text with the columns under each other, numbers to the right; a cell with several lines is put on one."""
    rows = [[" ".join(cell.split()) for cell in cells] for cells in rows]
    widths = [max(len(line[index]) for line in (headers, *rows)) for index in range(len(headers))]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            cell.rjust(width) if number else cell.ljust(width) for cell, width, number in zip(cells, widths, numbers, strict=True)
        ).rstrip()

    return [line(headers), "  ".join("-" * width for width in widths), *(line(row) for row in rows)]


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


_DIGITS = 38
"""The most digits that Arrow's decimal128 and polars hold."""
_NUMBER_ENDS = ("_low", "_high")
_DATE_ENDS = ("_start", "_end", "as_of")


def _arrow_array(name: str, values: Sequence[object]) -> "pa.Array[Any]":
    import pyarrow as pa

    known = [value for value in values if value is not None]
    if any(isinstance(value, Decimal) for value in known) or (not known and name.endswith(_NUMBER_ENDS)):
        return _decimals(name, [None if value is None else Decimal(str(value)) for value in values])
    if not known:
        return pa.array(values, pa.date32() if name.endswith(_DATE_ENDS) else pa.string())
    if all(isinstance(value, date) and not isinstance(value, datetime) for value in known):
        return pa.array(values, pa.date32())
    if all(isinstance(value, datetime) for value in known):
        return pa.array(values, pa.timestamp("us", tz="UTC"))
    if any(all(isinstance(value, kind) for value in known) for kind in (bool, int, float)):
        return pa.array(values)
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _decimals(name: str, values: Sequence[Decimal | None]) -> "pa.Array[Any]":
    import pyarrow as pa

    known = [value for value in values if value is not None]
    whole = max((max(value.adjusted() + 1, 1) for value in known), default=1)
    if whole >= _DIGITS:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    decimals = max((len(plain(value).partition(".")[2]) for value in known), default=0)
    scale = min(decimals, _DIGITS - 1 - whole)
    rounding = ROUND_FLOOR if name.endswith("_low") else ROUND_CEILING if name.endswith("_high") else ROUND_HALF_EVEN
    context = Context(prec=_DIGITS, rounding=rounding)
    step = Decimal(1).scaleb(-scale)
    exact = [None if value is None else value.quantize(step, context=context) for value in values]
    return pa.array(exact, pa.decimal128(_DIGITS, scale))
