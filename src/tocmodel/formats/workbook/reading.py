"""The native workbook as a model: every fault at once, each with its sheet and cell."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from attrs import evolve

from tocmodel.errors import FieldError, UnreadableFileError, nearest
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.formats.outline import GOAL, KINDS
from tocmodel.formats.plain import VALUES, from_plain
from tocmodel.formats.workbook.cells import JSON, LONG, Column, read as read_cell
from tocmodel.formats.workbook.opening import Book, Sheet, address, unreadable
from tocmodel.formats.workbook.places import in_cells
from tocmodel.formats.workbook.rows import gathered
from tocmodel.formats.workbook.sheets import CLASSES, KIND, LONG_TEXTS, PROGRAMME, README, RESULTS, columns, columns_of
from tocmodel.messages import Term, message
from tocmodel.model import NODE_KINDS, Level, Programme, TheoryOfChange

_Row: TypeAlias = dict[str, object]
_KINDS = {cls.kind: cls.section for cls in NODE_KINDS}
_VERSION = "tocmodel"


def is_native(book: Book) -> bool:
    """Whether a workbook is one of ours: it has a sheet for the programme, with the version of the format."""
    return any(_is_programme(sheet) for sheet in book.sheets)


def _is_programme(sheet: Sheet) -> bool:
    return _named(sheet.name) == PROGRAMME and any(row and _named(row[0]) == _VERSION for row in sheet.rows)


def model_of(book: Book) -> TheoryOfChange:
    """The model in a native workbook.

    Empty rows are passed over. What stands in sheets and columns that the workbook does not have is a finding.

    Raises:
        UnreadableFileError: with every fault and its cell.
    """
    return _Reader(book).model()


def read(path: Path, book: Book, programme: str | None = None) -> TheoryOfChange:
    """The model in an opened workbook; a programme that is asked for must be the one it holds.

    Raises:
        UnreadableFileError: as `model_of`, or if it holds another programme.
    """
    model = model_of(book)
    if programme not in {None, model.programme.id}:
        raise unreadable(
            path,
            message("it holds no programme %(programme)s", programme=repr(programme)),
            message("it holds %(id)s", id=repr(model.programme.id)),
            "F01",
        )
    return model


class _Reader:
    """Turns sheets into the plain data of a model file, and remembers the cell of every field."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._faults: list[Finding] = []
        self._noted: list[Finding] = list(book.findings())
        self._lost: list[str] = []
        self._cells: dict[str, str] = {}
        self._document: dict[str, list[object]] = {}
        self._sheets = {_named(sheet.name): sheet for sheet in book.sheets}
        long = self._sheets.get(LONG_TEXTS)
        self._long = list(long.rows) if long else []

    def model(self) -> TheoryOfChange:
        programme = self._programme()
        self._check_sheets()
        for name in CLASSES:
            if name in self._sheets and name not in VALUES:
                self._records(name, self._sheets[name])
        indicators = self._by_id()
        for name in VALUES:
            if name in self._sheets:
                self._values(name, self._sheets[name], indicators)
        document: dict[str, object] = {_VERSION: programme.pop(_VERSION, None), PROGRAMME: programme, **self._document}
        try:
            model = from_plain(document, file=self._book.file, lost=self._lost)
        except UnreadableFileError as fault:
            self._faults += [self._placed(finding) for finding in fault.findings]
        else:
            if not self._faults:
                return evolve(model, findings=in_order([*map(self._placed, model.findings), *self._noted]))
        raise UnreadableFileError(in_order(self._faults), self._book.file)

    def _placed(self, finding: Finding) -> Finding:
        return in_cells(finding, self._cells, self._book.file)

    def _fault(self, code: str, cell: str, said: str, hint: str = "") -> None:
        self._faults.append(Finding(code, Severity.ERROR, Place(cell, self._book.file), said, hint))

    def _check_sheets(self) -> None:
        known = [PROGRAMME, README, LONG_TEXTS, *CLASSES]
        for sheet in self._book.sheets:
            name = _named(sheet.name)
            if name not in {_named(own) for own in known} and any(any(row) for row in sheet.rows):
                hint = nearest(name, known)
                said = message("%(name)s is not a sheet that a workbook of tocmodel has; it is not read", name=repr(sheet.name))
                if hint.startswith("did you mean"):
                    self._fault("F02", sheet.name, said, hint)
                    self._lost += _ids_in(sheet)
                else:
                    self._noted.append(Finding("F10", Severity.WARNING, Place(sheet.name, self._book.file), said))

    def _programme(self) -> dict[str, object]:
        """The programme stands upright: a field in each row."""
        sheet = next(sheet for sheet in self._book.sheets if _is_programme(sheet))
        known = {column.name: column for column in (Column(_VERSION), *columns_of(Programme))}
        cells: dict[str, tuple[str, str]] = {}
        for number, row in enumerate(sheet.rows):
            name = _named(row[0]) if row else ""
            place = f"{sheet.name}!{address(number, 1)}"
            if not name or (number == 0 and name == "field"):
                continue
            if name not in known:
                self._fault(
                    "F02",
                    f"{sheet.name}!{address(number, 0)}",
                    message("unknown field: %(name)s", name=repr(row[0])),
                    nearest(name, known, most=None),
                )
            elif len(row) > 1 and row[1].strip():
                cells[name] = (row[1].strip(), place)
        self._cells[_VERSION] = cells[_VERSION][1] if _VERSION in cells else sheet.name
        return self._row(cells, known, PROGRAMME, sheet.name)

    def _records(self, name: str, sheet: Sheet) -> None:
        known = _by_name(name)
        for number, cells in self._table(name, sheet):
            section = self._section(cells, sheet, number) if name == RESULTS else name
            if section:
                held = self._document.setdefault(section, [])
                held.append(self._row(cells, known, f"{section}[{len(held)}]", f"{sheet.name}!{address(number, 0)}"))
            elif "id" in cells:
                self._lost.append(cells["id"][0])

    def _section(self, cells: dict[str, tuple[str, str]], sheet: Sheet, number: int) -> str:
        """The list that a result belongs to, by the words that an outline takes too; a goal is an overall objective."""
        text, place = cells.pop(KIND, ("", f"{sheet.name}!{address(number, 0)}"))
        word = KINDS.get(" ".join(text.replace("_", " ").lower().split()), "")
        if not word:
            said = (
                message("unknown kind of result: %(text)s", text=repr(text)) if text else message("%(name)s is missing", name=repr("kind"))
            )
            close = nearest(text.lower(), KINDS)
            known = close if close.startswith("did you mean") else message("known: %(names)s", names=(*_KINDS, GOAL))
            self._fault("F04" if text else "F03", place, said, known)
            return ""
        if word == GOAL and cells.setdefault("level", (Level.OVERALL, place))[0].lower() != Level.OVERALL:
            self._fault(
                "F04",
                cells["level"][1],
                message("%(text)s is of the level overall, not %(level)s", text=repr(text), level=cells["level"][0]),
                message("write objective, or leave the level out"),
            )
        return _KINDS["objective" if word == GOAL else word]

    def _by_id(self) -> dict[object, tuple[str, dict[str, object]]]:
        """The path and the fields of every indicator; where an id stands twice, which is a fault of its own, the first."""
        found: dict[object, tuple[str, dict[str, object]]] = {}
        for index, indicator in enumerate(self._document.get("indicators", [])):
            assert isinstance(indicator, dict)
            found.setdefault(indicator.get("id"), (f"indicators[{index}]", indicator))
        return found

    def _values(self, name: str, sheet: Sheet, indicators: Mapping[object, tuple[str, dict[str, object]]]) -> None:
        known = _by_name(name)
        for number, cells in self._table(name, sheet):
            of, place = cells.pop("indicator", ("", f"{sheet.name}!{address(number, 0)}"))
            if of not in indicators:
                said = (
                    message("no %(kind)s has the id %(id)s", kind=Term("indicator"), id=repr(of))
                    if of
                    else message("%(name)s is missing", name=repr("indicator"))
                )
                self._fault(
                    "M02" if of else "F03",
                    place,
                    said,
                    nearest(of, map(str, indicators)) if of else message("name the indicator by its id"),
                )
                continue
            path, fields = indicators[of]
            held = fields.setdefault(name, [])
            assert isinstance(held, list)
            own = f"{path}.{name}[{len(held)}]"
            self._cells[f"{own}.indicator"] = place
            row = self._row(cells, known, own, place)
            if "figure" not in row and not ("numerator" in row and "denominator" in row):
                row["figure"] = ""  # an empty cell is what nobody reported
            held.append(row)

    def _table(self, name: str, sheet: Sheet) -> Iterator[tuple[int, dict[str, tuple[str, str]]]]:
        """The rows of a sheet below its header: texts and places of the cells that hold something, by column."""
        if not sheet.rows:
            return
        known = _by_name(name)
        header = [_named(cell) for cell in sheet.rows[0]]
        for position, column in enumerate(header):
            place = f"{sheet.name}!{address(0, position)}"
            if column and column not in known:
                self._fault(
                    "F02", place, message("unknown column: %(name)s", name=repr(sheet.rows[0][position])), nearest(column, known, most=None)
                )
            elif column and column in header[:position]:
                self._fault(
                    "F02",
                    place,
                    message("the column %(name)s stands twice", name=repr(column)),
                    message("the second would hide the first"),
                )
        above = [f"{sheet.name}!{address(0, position).removesuffix('1')}" for position in range(max(map(len, sheet.rows)))]
        for number, row in enumerate(sheet.rows[1:], start=1):
            cells: dict[str, tuple[str, str]] = {}
            for position, cell in enumerate(row):
                text = cell and cell.strip()
                if not text:
                    continue
                place = f"{above[position]}{number + 1}"
                column = header[position] if position < len(header) else ""
                if not column:
                    self._fault(
                        "F02",
                        place,
                        message("a cell below no column name: %(text)s", text=repr(text[:40])),
                        message("name the column in the first row"),
                    )
                cells[column] = text, place
            if cells:
                yield number, cells

    def _row(self, cells: Mapping[str, tuple[str, str]], known: Mapping[str, Column], path: str, place: str) -> _Row:
        """The plain data of one record."""
        self._cells[path] = place
        fields: dict[str, dict[str, object]] = {}
        for name, column in known.items():
            if name in cells:
                text, at = cells[name]
                field = name.partition(".")[0]
                self._cells[f"{path}.{name}"] = at
                try:
                    value = read_cell(self._whole(text), column)
                except FieldError as fault:
                    self._fault("F04", at, fault.message, fault.hint)
                else:
                    fields.setdefault(field, {})[name] = value
                    self._cells.setdefault(f"{path}.{field}", at)
        gathering = ((field, gathered(values, known[field])) for field, values in fields.items())
        return {field: value for field, value in gathering if value is not None}

    def _whole(self, text: str) -> str:
        """A text that is too long for a cell stands in a sheet of its own."""
        if not text.startswith(LONG):
            return text
        number = text.removeprefix(LONG)
        if not number.isdecimal() or not 0 < int(number[:9]) <= len(self._long):
            return text
        return JSON + "".join(self._long[int(number) - 1])


def _ids_in(sheet: Sheet) -> list[str]:
    """The ids on a sheet that is not read."""
    header = [_named(cell) for cell in sheet.rows[0]]
    return [row[header.index("id")].strip() for row in sheet.rows[1:] if len(row) > header.index("id")] if "id" in header else []


def _by_name(sheet: str) -> dict[str, Column]:
    return {column.name: column for column in columns(sheet)}


def _named(text: str) -> str:
    """A name as it stands in a file: lower case, with underscores in field names as people may leave them out."""
    name = " ".join(text.strip().split()).lower()
    return name if name in _WITH_BLANKS else name.replace(" ", "_")


_WITH_BLANKS = {LONG_TEXTS, *_KINDS}
