"""How results reach people and files: text, records, workbooks and pages on standard output or in a file; messages on standard error."""

import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from html import escape
from io import TextIOWrapper
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Protocol, TextIO, TypeVar, runtime_checkable

import typer

from tocmodel.cli.options import Format
from tocmodel.errors import TocmodelError
from tocmodel.tables import Table, csv_lines, json_lines

if TYPE_CHECKING:
    from rich.console import Console

_BETWEEN = 2
"""The signs between two columns of a table on a terminal."""
_LONG, _SHORT = 24, 8
"""A column with texts longer than this gives way first, down to so many signs."""

_FEW = 3
"""A table with no more columns than this stays one, however narrow."""

_FORMS = {
    **{f".{form.value}": form.value for form in Format if form is not Format.TEXT},
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".htm": "html",
    ".docx": "", ".doc": "", ".pdf": "", ".xls": "", ".tsv": "", ".svg": "", ".png": "", ".jpg": "", ".yaml": "", ".yml": "", ".xml": "",
}  # fmt: skip
"""The form that the ending of a file stands for; empty for what no table is written as."""
_ENDINGS = {"text": "txt", "markdown": "md"}
"""The ending of a form that is not its name."""

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


@runtime_checkable
class Wrapping(Protocol):
    """A result that breaks its own lines."""

    def wrapped(self, width: int) -> str:
        """Its text, no line longer than this."""
        ...


def emit(
    form: Format,
    results: Iterable[object],
    records: Callable[[], Records],
    *,
    title: str,
    output: Path | None = None,
    lang: str = "en",
) -> None:
    """Write results in the form asked for, to the file asked for or to standard output, each as soon as it is there.

    Args:
        form: the form.
        results: what people see, in order: tables, other results, or lines of text.
        records: what programs see; it is asked for instead of the results, never beside them.
        title: the title of a page, and the name of a sheet.
        output: the file; standard output where left out, which a workbook cannot be written to.
        lang: the language that people see the results in.
    """
    refuse_another_form(form, output)
    if form is Format.XLSX:
        if output is None:
            raise typer.BadParameter("a workbook is written to a file: add --output OUT.xlsx")
        from tocmodel.formats.exports import write_records

        write_records(list(records()), output, title)
    elif output is None:
        if form is Format.TEXT:
            _print(results)
        else:
            for piece in _pieces(form, results, records, title, lang):
                typer.echo(piece, nl=False)
        return
    else:
        pieces = _pieces(form, results, records, title, lang)
        first = next(pieces, "")  # what cannot be read at all leaves the file as it was
        with output.open("w", encoding="utf-8", newline="\n") as file:
            file.write(first)
            file.writelines(pieces)
    say(f"written: {output}")


def refuse_another_form(form: StrEnum, output: Path | None) -> None:
    """Refuse to write one form under the ending of another.

    Args:
        form: the form, one of those that the command knows.
        output: the file; standard output where left out.
    """
    stands_for = None if output is None else _FORMS.get(output.suffix.lower())
    if stands_for is None or stands_for == form:
        return
    known = [f"--format {stands_for}"] if stands_for in set(type(form)) else []
    instead = " or ".join([*known, f"a name that ends in .{_ENDINGS.get(form.value, form.value)}"])
    raise typer.BadParameter(f"{output} does not hold {form.value}: write {instead}")


def is_a_file(name: Path) -> bool:
    """Whether a name has the ending of a file, where a folder is asked for."""
    return name.suffix.lower() in _FORMS


def _pieces(form: Format, results: Iterable[object], records: Callable[[], Records], title: str, lang: str) -> Iterator[str]:
    """The text of a form, piece by piece."""
    if form is Format.CSV:
        yield from csv_lines(records())
    elif form is Format.JSON:
        yield from json_lines(records())
    elif form is Format.HTML:
        yield from _page(title, results, lang)
    else:
        yield from _apart(results)
        yield "\n"


def _apart(results: Iterable[object]) -> Iterator[str]:
    """Results as text, a blank line between them."""
    for number, each in enumerate(results):
        yield f"\n\n{each}" if number else str(each)


def page(title: str, shown: Iterable[object]) -> str:
    """A small page that needs nothing else; every text escaped."""
    return "".join(_page(title, shown, "en"))


def _page(title: str, shown: Iterable[object], lang: str) -> Iterator[str]:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style>'
    yield f'<!DOCTYPE html>\n<html lang="{escape(lang)}"><head>{head}</head><body><main>'
    yield from map(_html, shown)
    yield "</main></body></html>\n"


def _html(shown: object) -> str:
    if isinstance(shown, Shown):
        return shown._repr_html_()  # pyright: ignore[reportPrivateUsage] — the protocol of notebooks
    return f"<pre>{escape(str(shown))}</pre>"


def _print(results: Iterable[object]) -> None:
    """Tables that fit the terminal, words broken only where they must be; plain aligned text where standard output is none."""
    if not on_terminal(sys.stdout):
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
            text = each.wrapped(console.width) if isinstance(each, Wrapping) else fitted(str(each), console.width)
            console.print(text, markup=False, soft_wrap=True)


def fitted(text: str, width: int) -> str:
    """Lines no longer than this where words allow it; what goes on stands in below the words that it follows."""
    return "\n".join(piece for line in text.split("\n") for piece in _broken(line, width))


def _broken(line: str, width: int) -> list[str]:
    mark = re.match(r"\s*(?:[-→⇢] |\[\d+\] )?", line)
    stand = " " * min(mark.end() if mark else 0, width // 2)
    return wrap(line, width, subsequent_indent=stand, break_on_hyphens=False, drop_whitespace=True, replace_whitespace=False) or [""]


def _print_table(console: "Console", table: Table[Any]) -> None:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    if table.caption:
        console.print(table.caption, style="bold", markup=False)
    rows = table.cells()
    texts = [(column.header, *(cells[place] for cells in rows)) for place, column in enumerate(table.columns)]
    room = console.width - _BETWEEN * (len(texts) - 1)
    if _crowded(texts, room):
        _print_in_lines(console, table, rows)
        return
    widths = _widths(texts, room)
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    for column, width in zip(table.columns, widths, strict=True):
        side = "right" if column.number else "left"
        grid.add_column(Text(column.header), justify=side, overflow="fold", width=width)
    for cells, above in zip(rows, [(), *rows], strict=False):
        grid.add_row(*(Text(cell) for cell in _without_repeats(cells, above)))
    console.print(grid)
    for note in table.footer:
        console.print(note, markup=False)


def _without_repeats(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """A row without the first cells that say the same as the row above, the last cell apart."""
    same = 0
    while same < len(cells) - 1 and same < len(above) and cells[same] == above[same]:
        same += 1
    return ["" if place < same else cell for place, cell in enumerate(cells)]


def _print_in_lines(console: "Console", table: Table[Any], rows: Sequence[Sequence[str]]) -> None:
    """A table whose columns have no room: what a row is about, and below it each figure behind its name."""
    headers = [column.header for column in table.columns]
    first = next((place for place, column in enumerate(table.columns) if column.number), 1)
    above: Sequence[str] = ()
    for cells in rows:
        if list(cells[:1]) != list(above[:1]):
            console.print(fitted(cells[0], console.width), style="bold", markup=False, soft_wrap=True)
        about = ", ".join(cells[1:first])
        figures = ", ".join(f"{header} {cell}" for header, cell in zip(headers[first:], cells[first:], strict=True))
        console.print(fitted(f"  - {about}: {figures}" if about else f"  - {figures}", console.width), markup=False, soft_wrap=True)
        above = cells
    for note in table.footer:
        console.print(fitted(note, console.width), markup=False, soft_wrap=True)


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide columns are: as their longest text where there is room, else what is left goes to those that lack most."""
    from rich.cells import cell_len

    wanted = [max(map(cell_len, column)) for column in columns]
    widths = _least_widths(columns, room)
    for _ in range(min(room, sum(wanted)) - sum(widths)):
        lacks = [want - width for want, width in zip(wanted, widths, strict=True)]
        widths[lacks.index(max(lacks))] += 1
    return widths


def _crowded(columns: Sequence[Sequence[str]], room: int) -> bool:
    """Whether words would be broken into pieces that nobody reads."""
    return len(columns) > _FEW and any(
        width < min(_SHORT, longest) for width, longest in zip(_least_widths(columns, room), _longest_words(columns), strict=True)
    )


def _longest_words(columns: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len

    return [max(cell_len(word) for text in column for word in ("", *text.split())) for column in columns]


def _least_widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How narrow columns may become: as wide as their longest word, as long as all of them fit; long texts are broken first."""
    from rich.cells import cell_len

    words = _longest_words(columns)
    gives_way = [max(map(cell_len, column)) > _LONG for column in columns]
    for size in range(max(words, default=0), 0, -1):
        least = [min(word, size) if long or size < _SHORT else word for word, long in zip(words, gives_way, strict=True)]
        if sum(least) <= room:
            return least
    return [1] * len(columns)


def on_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at a stream; it may be closed."""
    return stream is not None and stream.isatty()


def say(message: str) -> None:
    """Say something on standard error; a bar that stands there makes room for it."""
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison] — a closed stream is None
        print(message, file=sys.stderr)  # noqa: T201


def watched(items: Iterable[T], doing: str, *, printing: bool = False) -> Iterator[T]:
    """The items one by one, with a bar on standard error while that is a terminal.

    Args:
        items: the items.
        doing: what stands beside the bar.
        printing: whether results are printed meanwhile; on a terminal they show by themselves how far it is.
    """
    if not on_terminal(sys.stderr) or (printing and on_terminal(sys.stdout)):
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
    if not on_terminal(sys.stderr):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(doing):
        yield


def show_what_can_be() -> None:
    """Have a terminal that cannot show a sign show a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def messages() -> Generator[None]:
    """Print what goes wrong as a message, never as a traceback."""
    show_what_can_be()
    try:
        yield
    except TocmodelError as fault:
        say(str(fault))
        raise typer.Exit(2) from None
    except BrokenPipeError:
        raise typer.Exit(0) from None
    except OSError as fault:
        say(f"{fault.filename or 'the output'}: {fault.strerror or fault}")
        raise typer.Exit(2) from None
