"""Results as tables: aligned text, records, CSV, HTML and frames."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from attrs import evolve, field, frozen

from tocmodel.errors import MissingExtraError, NotOneRowError, nearest
from tocmodel.slices import Slice

if TYPE_CHECKING:
    import pandas as pd


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
    """

    rows: tuple[R, ...]
    columns: tuple[Column[R], ...] = field(repr=False)
    caption: str = ""
    notes: tuple[str, ...] = ()

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
        return evolve(self, rows=kept)

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

    def to_pandas(self) -> "pd.DataFrame":
        """The records as a pandas frame.

        Raises:
            MissingExtraError: if pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise MissingExtraError("pandas", "frames") from None
        return pd.DataFrame.from_records(self.records())

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:  # noqa: ANN401 — the protocol's capsule has no type
        try:
            import pyarrow as pa
        except ModuleNotFoundError:
            raise MissingExtraError("pyarrow", "frames") from None
        return pa.Table.from_pylist(self.records()).__arrow_c_stream__(requested_schema)

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

    def _html_cells(self, cells: Sequence[str]) -> str:
        styles = [' style="text-align:right"' if column.number else "" for column in self.columns]
        return "".join(f"<td{style}>{escape(cell)}</td>" for cell, style in zip(cells, styles, strict=True))


def csv_text(records: Sequence[Mapping[str, object]]) -> str:
    """Records as CSV; text that a spreadsheet would take for a formula is guarded with an apostrophe."""
    lines = [_csv_line(records[0]), *(_csv_line(record.values()) for record in records)] if records else []
    return "".join(f"{line}\n" for line in lines)


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO(newline="")
    # written with both line signs, so that a cell with either of them is put in quotes
    csv.writer(out, lineterminator="\r\n").writerow([_guarded(cell) for cell in cells])
    return out.getvalue().removesuffix("\r\n")


def aligned(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool]) -> list[str]:
    """Lines of text with the columns under each other, numbers to the right."""
    widths = [max(len(line[index]) for line in (headers, *rows)) for index in range(len(headers))]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            cell.rjust(width) if number else cell.ljust(width) for cell, width, number in zip(cells, widths, numbers, strict=True)
        ).rstrip()

    return [line(headers), "  ".join("-" * width for width in widths), *(line(row) for row in rows)]


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
