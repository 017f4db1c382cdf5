"""Reading a table that somebody already has: which layout it is, what was understood, and what was not."""

import csv
import io
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import cast

from attrs import evolve, field, frozen

from tocmodel.errors import FieldError, UnreadableFileError, nearest
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats.graphs import programme_id
from tocmodel.formats.layouts.draft import Draft, Unread
from tocmodel.formats.layouts.fcdo import is_fcdo, read_fcdo
from tocmodel.formats.layouts.headings import SYNONYMS, Heading, Role, normal
from tocmodel.formats.layouts.matrix import ColumnRead, Rows, Wanted, read_matrix, score
from tocmodel.formats.layouts.numbers import DecimalSign, is_doubtful
from tocmodel.formats.native import read_text
from tocmodel.formats.workbook.opening import opened, unreadable
from tocmodel.messages import Message, message
from tocmodel.model import TheoryOfChange
from tocmodel.periods import Period
from tocmodel.slices import Slice

LAYOUTS = ("matrix", "fcdo")
"""The layouts: one header above all rows, or a block for each result."""
_KEYS = ("layout", "sheet", "header", "decimal", "columns", "periods", "programme", "indicators")
_DELIMITERS = (",", ";", "\t")
_LONGEST_ROW = 9  # digits


@frozen(repr=False)
class TableReading:
    """What was read from a table.

    Attributes:
        model: the model.
        layout: the layout it was read as.
        recognised: the columns that were understood.
        not_recognised: the cells that were not.
        findings: what somebody should look at; they stand in the model too.
    """

    model: TheoryOfChange
    layout: str
    recognised: tuple[ColumnRead, ...] = field(default=())
    not_recognised: tuple[Unread, ...] = field(default=())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What somebody should look at."""
        return self.model.findings

    def records(self) -> list[dict[str, object]]:
        """The columns that were understood, one record each."""
        return [column.record() for column in self.recognised]

    def __str__(self) -> str:
        lines = [f"{self.model!r} from a table read as {self.layout}"]
        lines += [f"  {column.column}: {column.heading!r} is {column.role.value.replace('_', ' ')}" for column in self.recognised]
        lines += [f"  not recognised, {unread.place}: {unread.text!r}" for unread in self.not_recognised]
        return "\n".join([*lines, *(f"  {finding}" for finding in self.findings)])


def read_table(
    path: str | PathLike[str],
    *,
    mapping: Mapping[str, object] | str | PathLike[str] | None = None,
    layout: str | None = None,
    decimal: str | None = None,
) -> TableReading:
    r"""Read a logframe matrix, an indicator tracking table, or a sheet with groups of people as columns, as a model.

    Columns are recognised by their names, in one or two rows, or by HXL hashtags. Text of figures is kept as printed. Nothing is
    dropped in silence: what was not understood is listed, and where its row has an indicator, kept with it.

    Args:
        path: a ``.csv`` or ``.xlsx`` file.
        mapping: what the table itself does not say, as a mapping or a YAML file: ``columns`` (heading or letters: role, or a
            mapping with role, period, slice), ``periods`` (name: period), ``sheet``, ``header`` (the row that names the columns),
            ``decimal``, ``layout``, ``programme`` and ``indicators`` (fields for the programme, and for every indicator).
        layout: ``matrix`` or ``fcdo``; found out where left out.
        decimal: the decimal sign, ``.`` or ``,``; where left out, signs that contradict each other are findings.

    Raises:
        UnreadableFileError: if the file cannot be read, or nothing in it is recognised.
        FieldError: if the mapping has a key or role that there is not.
        MissingExtraError: if python-calamine is not installed, for workbooks.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "clubs.csv"
        ...     _ = path.write_text("Result,Indicator,Baseline,2024 target,2024 actual\nOutput 1: Clubs meet,Clubs,0,12,over 10\n")
        ...     reading = read_table(path)
        >>> reading.model
        <TheoryOfChange 'clubs': 1 output, 1 indicator>
        >>> [(str(target.period), target.figure.printed) for target in reading.model.targets]
        [('2024-01-01/2024-12-31', '12')]
    """
    file = Path(path)
    stated = _mapping(mapping)
    named = layout or stated.get("layout")
    if named is not None and named not in LAYOUTS:
        said = message("unknown layout: %(named)s", named=repr(named))
        raise FieldError(said, nearest(str(named), LAYOUTS))
    sheet, rows, notes = _rows(file, stated)
    if not any(cell.strip() for row in rows for cell in row):
        raise unreadable(file, message("the table is empty"), message("fill it in, or name another file"))
    about = stated.get("programme") or {}
    if not isinstance(about, Mapping):
        said = message("the programme is a mapping of fields, not %(about)s", about=repr(about))
        raise FieldError(said, message("write programme: {id: …, title: …}"))
    id = programme_id(str(about.get("id") or ""), file)
    wanted = _wanted(stated, len(rows))
    chosen = str(named) if named else "fcdo" if is_fcdo(rows) else "matrix"

    def drafted(*, doubtful: bool) -> tuple[Draft, tuple[ColumnRead, ...]]:
        programme = {**about, "id": id}
        draft = Draft(file.name, programme, _fields(stated, "indicators"), _decimal(decimal or stated.get("decimal")), doubtful=doubtful)
        if chosen == "fcdo":
            return draft, read_fcdo(sheet, rows, wanted.periods, draft)
        return draft, read_matrix(sheet, rows, wanted, draft)

    draft, read = drafted(doubtful=False)
    if is_doubtful(draft.texts):  # which only shows once it is known which cells are figures
        draft, read = drafted(doubtful=True)
    if not any(column.role in {Role.INDICATOR, Role.RESULT, Role.TARGET, Role.ACTUAL, Role.BASELINE} for column in read):
        known = tuple(SYNONYMS[role][0] for role in (Role.RESULT, Role.INDICATOR, Role.BASELINE, Role.TARGET, Role.ACTUAL))
        raise unreadable(
            file,
            message("no column of it is recognised"),
            message("known are %(names)s and others; or state them in a mapping: columns: {…}", names=known),
        )
    model = draft.model()
    return TableReading(evolve(model, findings=(*model.findings, *notes)), chosen, read, tuple(draft.unread))


def read(path: Path, programme: str | None = None, *, mapping: Mapping[str, object] | Path | None = None) -> TheoryOfChange:
    """The model of a table; what was not recognised is a finding.

    Args:
        path: the file.
        programme: the programme it must hold, if any.
        mapping: what the table itself does not say, as for `read_table`.

    Raises:
        UnreadableFileError: as `read_table`.
    """
    found = read_table(path, mapping=mapping)
    if programme not in {None, found.model.programme.id}:
        raise unreadable(
            path,
            message("it holds no programme %(programme)s", programme=repr(programme)),
            message("it holds %(id)s", id=repr(found.model.programme.id)),
            "F01",
        )
    unread = [
        Finding("F10", Severity.WARNING, Place(cell.place, path.name), _unread(cell), _meant(cell))
        for cell in found.not_recognised
        if not cell.told
    ]
    return evolve(found.model, findings=(*found.findings, *unread))


def _unread(cell: Unread) -> Message:
    if cell.heading:
        return message("not recognised: %(text)s, in the column %(column)s", text=repr(cell.text[:60]), column=repr(cell.heading[:60]))
    return message("not recognised: %(text)s", text=repr(cell.text[:60]))


def _meant(cell: Unread) -> str:
    """What the heading above a cell may have meant to be, and what else can say it."""
    close = nearest(normal(cell.heading), {name for names in SYNONYMS.values() for name in names})
    if close:
        return message("%(close)s If not, a mapping file can say what it is: tocmodel convert FILE OUT --mapping YAML", close=close)
    return message("a mapping file can say what it is: tocmodel convert FILE OUT --mapping YAML")


def _rows(file: Path, stated: Mapping[str, object]) -> tuple[str, Rows, tuple[Finding, ...]]:
    """The table: a CSV file, the sheet that is asked for, or the sheet with the most headings that are understood."""
    if file.suffix.lower() == ".csv":
        return "", _csv_rows(file), ()
    book = opened(file)
    wanted = stated.get("sheet")
    if wanted is not None:
        chosen = next((sheet for sheet in book.sheets if sheet.name == str(wanted)), None)
        if chosen is None:
            raise unreadable(
                file,
                message("it has no sheet %(wanted)s", wanted=repr(str(wanted))),
                nearest(str(wanted), [sheet.name for sheet in book.sheets]),
                "F01",
            )
    else:
        chosen = max(book.sheets, key=lambda sheet: (score(sheet.rows), is_fcdo(sheet.rows)), default=None)
        if chosen is None:
            raise unreadable(file, message("it has no sheet with cells"))
    others = [sheet.name for sheet in book.sheets if sheet is not chosen and any(any(row) for row in sheet.rows)]
    notes = list(book.findings())
    if others:
        said = message("only the sheet %(name)s was read, not %(others)s", name=repr(chosen.name), others=tuple(map(repr, others)))
        notes.append(Finding("F08", Severity.NOTE, Place(chosen.name, file.name), said, message("state sheet: … in the mapping")))
    return chosen.name, chosen.rows, tuple(notes)


def _csv_rows(file: Path) -> Rows:
    text = read_text(file)
    head = text[:4000]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [[_unguarded(cell) for cell in row] for row in reader]
    except csv.Error as fault:
        raise unreadable(
            file, message("not CSV: %(fault)s", fault=str(fault)), message("quote text that holds quotes or line breaks")
        ) from None
    open_quote = _open_quote(text, delimiter) if '"' in text else None
    if open_quote is not None:
        said = message("a quotation mark in line %(line)s is not closed, and hides what follows", line=open_quote)
        raise unreadable(file, message("not CSV: %(fault)s", fault=said), message("close it, or write it twice inside quoted text"))
    return rows


def _open_quote(text: str, delimiter: str) -> int | None:
    """The line of a quotation mark that is not closed before the end of the text, if there is one."""
    strict = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for _ in strict:
            line = strict.line_num + 1
    except csv.Error as fault:
        return line if "unexpected end of data" in str(fault) else None
    return None


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that guards what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def _mapping(mapping: Mapping[str, object] | str | PathLike[str] | None) -> Mapping[str, object]:
    from tocmodel.formats import yaml

    if mapping is None:
        return {}
    if isinstance(mapping, Mapping):
        stated = mapping
    else:
        file = Path(mapping)
        document, _ = yaml.loads(read_text(file), file.name)
        if not isinstance(document, Mapping):
            raise UnreadableFileError(
                [Finding("F04", Severity.ERROR, Place("", file.name), message("a mapping file is a mapping of keys"))], file.name
            )
        stated = cast("Mapping[str, object]", document)
    for key in stated:
        if key not in _KEYS:
            said = message("unknown key in the mapping: %(key)s", key=repr(key))
            raise FieldError(said, nearest(key, _KEYS, most=None))
    return stated


def _fields(stated: Mapping[str, object], name: str) -> Mapping[str, object]:
    held = stated.get(name) or {}
    if not isinstance(held, Mapping):
        said = message("%(name)s is a mapping, not %(held)s", name=name, held=repr(held))
        raise FieldError(said, message("write %(name)s: {…: …}", name=name))
    return {str(key): value for key, value in held.items()}


def _decimal(value: object) -> DecimalSign | None:
    if value is None:
        return None
    try:
        return DecimalSign(str(value))
    except ValueError:
        said = message("not a decimal sign: %(value)s", value=repr(value))
        raise FieldError(said, message("write ',' or '.'")) from None


def _wanted(stated: Mapping[str, object], count: int) -> Wanted:
    """What a mapping says of a table of so many rows."""
    columns = {normal(name): _heading(said) for name, said in _fields(stated, "columns").items()}
    periods = {normal(name): Period.read(period) for name, period in _fields(stated, "periods").items()}
    header = stated.get("header")
    if header is not None and (not str(header).isdecimal() or not 0 < int(str(header)[:_LONGEST_ROW]) <= count):
        fault = message("not a row: %(header)s", header=repr(header))
        raise FieldError(fault, message("the table has rows 1 to %(count)s", count=count))
    return Wanted(columns, periods, None if header is None else int(str(header)))


def _heading(said: object) -> Heading:
    given: Mapping[str, object] = cast("Mapping[str, object]", said) if isinstance(said, Mapping) else {"role": said}
    role = given.get("role")
    return Heading(None if role is None else Role(str(role)), str(given.get("period") or ""), Slice.read(given.get("slice")))
