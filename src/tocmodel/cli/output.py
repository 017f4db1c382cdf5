"""How results reach people and files: text, records, workbooks and pages on standard output or in a file; messages on standard error."""

import json
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

import typer

from tocmodel.cli.options import Format
from tocmodel.errors import TocmodelError
from tocmodel.tables import Table, csv_lines

if TYPE_CHECKING:
    from rich.console import Console

_BETWEEN = 2
"""The signs between two columns of a table on a terminal."""
_LONG, _SHORT = 24, 8
"""A column with texts longer than this gives way first, down to so many signs."""

T = TypeVar("T")
Records = Iterable[dict[str, object]]

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b2733;background:#fff}"
    "table{border-collapse:collapse;margin:1.5rem 0 .5rem}caption{text-align:left;font-weight:600;padding-bottom:.5rem}"
    "th,td{border-bottom:1px solid #c9d1d9;padding:.35rem .7rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
)


@runtime_checkable
class Shown(Protocol):
    """A result that a notebook can show."""

    def _repr_html_(self) -> str: ...


def emit(
    form: Format,
    results: Iterable[object],
    records: Callable[[], Records],
    *,
    title: str,
    output: Path | None = None,
) -> None:
    """Write results in the form asked for, to the file asked for or to standard output, each as soon as it is there.

    Args:
        form: the form.
        results: what people see, in order: tables, other results, or lines of text.
        records: what programs see; it is asked for instead of the results, never beside them.
        title: the title of a page, and the name of a sheet.
        output: the file; standard output where left out, which a workbook cannot be written to.
    """
    if form is Format.XLSX:
        if output is None:
            raise typer.BadParameter("a workbook is written to a file: add --output OUT.xlsx")
        from tocmodel.formats.exports import write_records

        write_records(list(records()), output, title)
    elif output is None:
        if form is Format.TEXT:
            _print(results)
        else:
            for piece in _pieces(form, results, records, title):
                typer.echo(piece, nl=False)
        return
    else:
        pieces = _pieces(form, results, records, title)
        first = next(pieces, "")  # what cannot be read at all leaves the file as it was
        with output.open("w", encoding="utf-8", newline="\n") as file:
            file.write(first)
            file.writelines(pieces)
    say(f"written: {output}")


def _pieces(form: Format, results: Iterable[object], records: Callable[[], Records], title: str) -> Iterator[str]:
    """The text of a form, piece by piece."""
    if form is Format.CSV:
        yield from csv_lines(records())
    elif form is Format.JSON:
        yield from _json(records())
    elif form is Format.HTML:
        yield from _page(title, results)
    else:
        yield from _apart(results)
        yield "\n"


def _apart(results: Iterable[object]) -> Iterator[str]:
    """Results as text, a blank line between them."""
    for number, each in enumerate(results):
        yield f"\n\n{each}" if number else str(each)


def _json(records: Records) -> Iterator[str]:
    """A JSON array, one record at a time."""
    number = 0
    for number, record in enumerate(records, start=1):
        text = json.dumps(record, ensure_ascii=False, indent=1, default=str).replace("\n", "\n ")
        yield f"{',' if number > 1 else '['}\n {text}"
    yield "\n]\n" if number else "[]\n"


def page(title: str, shown: Iterable[object]) -> str:
    """A small page that needs nothing else; every text escaped."""
    return "".join(_page(title, shown))


def _page(title: str, shown: Iterable[object]) -> Iterator[str]:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style>'
    yield f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body><main>'
    yield from map(_html, shown)
    yield "</main></body></html>\n"


def _html(shown: object) -> str:
    if isinstance(shown, Shown):
        return shown._repr_html_()  # pyright: ignore[reportPrivateUsage] — the protocol of notebooks
    return f"<pre>{escape(str(shown))}</pre>"


def _print(results: Iterable[object]) -> None:
    """Tables that fit the terminal, words broken only where they must be; plain aligned text where standard output is none."""
    if not sys.stdout.isatty():
        for piece in _apart(results):
            typer.echo(piece, nl=False)
        typer.echo()
        return
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    for number, each in enumerate(results):
        if number:
            console.print()
        if isinstance(each, Table):
            _print_table(console, each)
        else:
            console.print(str(each), markup=False)


def _print_table(console: "Console", table: Table[Any]) -> None:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    if table.caption:
        console.print(table.caption, style="bold", markup=False)
    rows = table.cells()
    texts = [(column.header, *(cells[place] for cells in rows)) for place, column in enumerate(table.columns)]
    widths = _widths(texts, console.width - _BETWEEN * (len(texts) - 1))
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    for column, width in zip(table.columns, widths, strict=True):
        side = "right" if column.number else "left"
        grid.add_column(Text(column.header), justify=side, overflow="fold", width=width)
    for cells in rows:
        grid.add_row(*(Text(cell) for cell in cells))
    console.print(grid)
    for note in table.footer:
        console.print(note, markup=False)


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide columns are: as their longest text where there is room, else what is left goes to those that lack most."""
    from rich.cells import cell_len

    wanted = [max(map(cell_len, column)) for column in columns]
    widths = _least_widths(columns, room)
    for _ in range(min(room, sum(wanted)) - sum(widths)):
        lacks = [want - width for want, width in zip(wanted, widths, strict=True)]
        widths[lacks.index(max(lacks))] += 1
    return widths


def _least_widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How narrow columns may become: as wide as their longest word, as long as all of them fit; long texts are broken first."""
    from rich.cells import cell_len

    words = [max(cell_len(word) for text in column for word in ("", *text.split())) for column in columns]
    gives_way = [max(map(cell_len, column)) > _LONG for column in columns]
    for size in range(max(words, default=0), 0, -1):
        least = [min(word, size) if long or size < _SHORT else word for word, long in zip(words, gives_way, strict=True)]
        if sum(least) <= room:
            return least
    return [1] * len(columns)


def say(message: str) -> None:
    """Say something on standard error."""
    typer.echo(message, err=True)


def watched(items: Iterable[T], doing: str, *, printing: bool = False) -> Iterator[T]:
    """The items one by one, with a bar on standard error while that is a terminal.

    Args:
        items: the items.
        doing: what stands beside the bar.
        printing: whether results are printed meanwhile; on a terminal they show by themselves how far it is.
    """
    if not sys.stderr.isatty() or (printing and sys.stdout.isatty()):
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    # results go where they are sent, also while the bar is there
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield from bar.track(items, description=doing)


@contextmanager
def working(doing: str) -> Generator[None]:
    """A sign of life on standard error, while that is a terminal, during work whose length nobody knows."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(doing):
        yield


@contextmanager
def messages() -> Generator[None]:
    """Print what goes wrong as a message, never as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show a sign shows a question mark
            stream.reconfigure(errors="replace")
    try:
        yield
    except TocmodelError as fault:
        say(str(fault))
        raise typer.Exit(2) from None
    except BrokenPipeError:
        raise typer.Exit(0) from None
    except OSError as fault:
        say(f"{fault.filename or 'file'}: {fault.strerror or fault}")
        raise typer.Exit(2) from None
