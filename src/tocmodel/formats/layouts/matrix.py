"""Tables with one header: logframe matrices, indicator tracking tables, wide periods, sex as columns, HXL."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from tocmodel.errors import FieldError
from tocmodel.findings import Severity
from tocmodel.formats.layouts.draft import Draft, Result, text_of_period
from tocmodel.formats.layouts.headings import GROUPS, LEVELS, Heading, Role, heading, level_in, normal, period_in, tagged
from tocmodel.formats.layouts.numbers import part_of
from tocmodel.formats.workbook.opening import address
from tocmodel.messages import message
from tocmodel.model import Accumulation, ReportBasis
from tocmodel.periods import Period
from tocmodel.units import to_unit

Rows: TypeAlias = Sequence[Sequence[str]]

_SEARCHED = 30
_LONGEST_HEADING = 80
_TAG = re.compile(r"#[a-zA-Z][\w]*(\s*\+\s*\w+)*")
_VALUES = {Role.BASELINE: "baselines", Role.TARGET: "targets", Role.ACTUAL: "actuals", Role.LIFE_TARGET: "targets"}
_PLAIN = (
    Role.UNIT, Role.POPULATION, Role.DEFINITION, Role.MEANS, Role.METHOD, Role.FREQUENCY, Role.LIMITATIONS, Role.KIND, Role.DIRECTION,
    Role.ACCUMULATION, Role.RESPONSIBLE,
)  # fmt: skip
"""What makes a reference sheet of an indicator."""
_RISING = {
    "+": "increase",
    "increase": "increase",
    "up": "increase",
    "-": "decrease",
    "–": "decrease",
    "decrease": "decrease",
    "down": "decrease",
    "maintain": "maintain",
    "context": "context",
    "unknown": "unknown",
}
_PLANNED = {"planned": "targets", "target": "targets", "plan": "targets", "achieved": "actuals", "actual": "actuals", "reached": "actuals"}
_KINDS = {
    "number": "count", "count": "count", "integer": "count", "percent": "percentage", "percentage": "percentage", "%": "percentage",
    "ratio": "ratio", "rating": "rating", "text": "text", "qualitative": "text", "milestone": "milestone",
}  # fmt: skip


_WORDS = {"text", "qualitative", "rating", "milestone"}
"""Kinds of indicator that a column of units may name, for their results are in no unit."""


@frozen
class ColumnRead:
    """A column as it was understood.

    Attributes:
        column: its letters.
        heading: what stands above it.
        role: what it holds.
        period: what its figures are about; None if the heading names none.
        slice: the part of a breakdown that they are about, as text; empty for all.
    """

    column: str
    heading: str
    role: Role
    period: Period | None = None
    slice: str = ""

    def record(self) -> dict[str, object]:
        """The column as a record."""
        return {
            "column": self.column,
            "heading": self.heading,
            "role": self.role.value,
            "period": None if self.period is None else str(self.period),
            "slice": self.slice,
        }


@frozen
class _Column:
    index: int
    name: str
    heading: Heading
    period: Period | None
    told: bool = False


@frozen
class Wanted:
    """What a mapping says of a table.

    Attributes:
        columns: what columns hold, by their heading in lower case or their letters.
        periods: the period of each name that the calendar does not know, in lower case.
        header: the row that names the columns, counted from 1; None to look for it.
    """

    columns: Mapping[str, Heading]
    periods: Mapping[str, Period]
    header: int | None = None


def read_matrix(name: str, rows: Rows, wanted: Wanted, draft: Draft) -> tuple[ColumnRead, ...]:
    """Read a table with one header into a draft.

    Args:
        name: the sheet's name, for places; empty in CSV.
        rows: its rows.
        wanted: what the mapping says.
        draft: where to.

    Returns:
        The columns that were understood.
    """
    top, last, tags = _header(rows, wanted)
    columns = [_with_levels(column, rows[last + 1 :]) for column in _columns(name, rows, (top, last, tags), wanted, draft)]
    draft.reserve(_stated_ids(columns, rows[last + 1 :]))
    reader = _Rows(name, columns, draft)
    for number in range(last + 1, len(rows)):
        reader.row(number, rows[number])
    return tuple(
        ColumnRead(
            _letters(column.index),
            column.name,
            column.heading.role,
            column.period,
            str(column.heading.slice) if column.heading.slice else "",
        )
        for column in columns
        if column.heading.role is not None
    )


def _stated_ids(columns: Sequence[_Column], rows: Rows) -> dict[str, set[str]]:
    """The ids of results and indicators that a table states, with the titles that each stands beside."""
    found: dict[str, set[str]] = {}
    for number, cells in enumerate(rows):
        row = _Row("", number, columns, cells)
        for of, named in ((Role.ID, Role.INDICATOR), (Role.RESULT_ID, Role.RESULT)):
            id, title = row.text(of), " ".join(row.text(named).split())
            if id and title:
                found.setdefault(id, set()).add(f"{named} {title}")
    return found


def score(rows: Rows) -> int:
    """How many headings of the best header row are understood."""
    return max(
        (sum(heading([cell]).role is not None for cell in row if len(cell) <= _LONGEST_HEADING) for row in rows[:_SEARCHED]), default=0
    )


def _letters(index: int) -> str:
    return address(0, index).removesuffix("1")


def _header(rows: Rows, wanted: Wanted) -> tuple[int, int, int | None]:
    """The first and last row of the header, and the row of HXL hashtags if there is one."""
    tags = next((number for number, row in enumerate(rows[:_SEARCHED]) if _is_tags(row)), None)
    if tags is not None:
        return max(tags - 1, 0), tags, tags
    if wanted.header is not None:
        best = wanted.header - 1
    else:
        scores = [
            sum(_said(cell, wanted).role is not None for cell in row if cell.strip() and len(cell) <= _LONGEST_HEADING)
            for row in rows[:_SEARCHED]
        ]
        best = max(range(len(scores)), key=lambda number: scores[number], default=0)
    top = last = best
    if best > 0 and _is_heading(rows[best - 1], wanted):
        top = best - 1
    elif best + 1 < len(rows) and _is_heading(rows[best + 1], wanted) and not any(level_in(cell)[0] for cell in rows[best + 1]):
        last = best + 1
    return top, last, None


def _said(cell: str, wanted: Wanted) -> Heading:
    return wanted.columns.get(normal(cell)) or heading([cell])


def _is_tags(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    tags = [cell for cell in filled if _TAG.fullmatch(cell)]
    return len(tags) > 1 and len(tags) * 2 >= len(filled)


def _is_heading(row: Sequence[str], wanted: Wanted) -> bool:
    """Whether most cells of a row are names of columns, periods or groups."""
    filled = [cell for cell in row if cell.strip()]
    like = [cell for cell in filled if len(cell) <= _LONGEST_HEADING and _like_heading(cell, wanted)]
    return bool(filled) and len(like) * 2 >= len(filled)


_OF_TIME = re.compile(r"\b(?:year|calendar|fiscal|financial|reporting|period|annual)\b")


def _like_heading(cell: str, wanted: Wanted) -> bool:
    name = normal(cell)
    when = period_in(name)[0]
    name = name if when.startswith("year") else normal(_OF_TIME.sub(" ", name)) or name
    return bool(name in GROUPS or name in wanted.periods or _said(cell, wanted).role or (when and len(when) * 2 >= len(name)))


def _columns(name: str, rows: Rows, header: tuple[int, int, int | None], wanted: Wanted, draft: Draft) -> Iterator[_Column]:
    top, last, tags = header
    block = [list(rows[number]) for number in range(top, last + 1) if number != tags]
    width = max((len(row) for row in rows), default=0)
    filled: list[list[str]] = []
    for position, row in enumerate(block):
        current, cells = "", list[str]()
        for index in range(width):
            cell = row[index].strip() if index < len(row) else ""
            below = any(index < len(other) and other[index].strip() for other in block[position + 1 :])
            current = cell or (current if below else "")
            cells.append(current)
        filled.append(cells)
    for index in range(width):
        parts = [cells[index] for cells in filled if cells[index]]
        label = " | ".join(dict.fromkeys(parts))
        tag = rows[tags][index].strip() if tags is not None and index < len(rows[tags]) else ""
        chosen = wanted.columns.get(_letters(index).lower()) or next(
            (wanted.columns[normal(text)] for text in (label, *reversed(parts)) if normal(text) in wanted.columns), None
        )
        said = chosen or (tagged(tag) if tag else heading(parts))
        if chosen is not None and not chosen.period:
            said = Heading(chosen.role, heading(parts).period, chosen.slice or heading(parts).slice)
        place = f"{name}!{address(last, index)}" if name else address(last, index)
        yield _Column(index, label or tag, *_with_period(said, label, place, wanted, draft))


_OF_TYPES = {"", "type", "indicator type", "type of indicator"}


def _with_levels(column: _Column, rows: Rows) -> _Column:
    """A column that holds levels of results and is called otherwise, as the first one of a logframe often is."""
    filled = [row[column.index] for row in rows if column.index < len(row) and row[column.index].strip()]
    levels = [cell for cell in filled if level_in(cell)[0]]
    alone = [cell for cell in levels if not level_in(cell)[2]]
    if normal(column.name) in _OF_TYPES and levels and len(levels) * 2 >= len(filled):
        return evolve(column, heading=Heading(Role.LEVEL))
    if column.heading.role is Role.RESULT and alone and len(alone) == len(filled):
        return evolve(column, heading=Heading(Role.LEVEL))
    return column


def _with_period(said: Heading, label: str, place: str, wanted: Wanted, draft: Draft) -> tuple[Heading, Period | None, bool]:
    """The heading, and its period; without a role where the calendar does not say when its figures are, which then is told."""
    named = next((period for text, period in wanted.periods.items() if text and re.search(rf"\b{re.escape(text)}\b", normal(label))), None)
    when = named or period_in(said.period)[1]
    if said.period and when is None and said.role in {Role.TARGET, Role.ACTUAL, None}:
        at = label.lower().find(said.period.lower())
        name = label[at : at + len(said.period)] if at >= 0 else said.period
        fault = message("when is %(name)s in the column %(label)s? Its figures are not read", name=repr(name), label=repr(label))
        draft.note("F08", Severity.WARNING, place, fault, message("state it in the mapping: periods: {%(name)s: …}", name=name))
        return Heading(None, "", said.slice), None, True
    return said, when, False


class _Row:
    """The filled cells of one row, and which of them went into the model: what is left over is kept or listed, never dropped."""

    def __init__(self, name: str, number: int, columns: Sequence[_Column], cells: Sequence[str]) -> None:
        self.columns = [column for column in columns if column.index < len(cells) and cells[column.index].strip()]
        self._name, self._number, self._cells = name, number, cells
        self._taken = set[int]()

    def of(self, *roles: Role) -> Iterator[_Column]:
        """The filled columns that hold one of these."""
        return (column for column in self.columns if column.heading.role in roles)

    def place(self, column: _Column) -> str:
        cell = address(self._number, column.index)
        return f"{self._name}!{cell}" if self._name else cell

    def cell(self, column: _Column) -> str:
        """The cell as it is; its type tells numbers from text."""
        return self._cells[column.index]

    def text(self, role: Role) -> str:
        """The text of the first column of a role; empty if there is none."""
        return next((self.cell(column).strip() for column in self.of(role)), "")

    def take(self, column: _Column) -> tuple[str, str]:
        """The text and the place of a cell, which then is in the model."""
        self._taken.add(column.index)
        return self.cell(column).strip(), self.place(column)

    def left(self) -> list[_Column]:
        """The columns whose cells did not go into the model."""
        return [column for column in self.columns if column.index not in self._taken]


class _Rows:
    """Reads the rows below a header, one after the other: a cell that is left out repeats the one above."""

    def __init__(self, name: str, columns: Sequence[_Column], draft: Draft) -> None:
        self._name, self._columns, self._draft = name, columns, draft
        self._level = ""
        self._results: dict[int, Result] = {}
        self._indicator: dict[str, object] | None = None
        self._has_indicators = any(column.heading.role is Role.INDICATOR for column in columns)
        self._has_levels = any(column.heading.role is Role.LEVEL for column in columns)

    @property
    def _result(self) -> Result | None:
        """The result that the row is about: the one in the last of their columns."""
        return self._results[max(self._results)] if self._results else None

    def row(self, number: int, cells: Sequence[str]) -> None:
        row = _Row(self._name, number, self._columns, cells)
        if len(row.columns) == 1 and row.columns[0].heading.role is Role.INDICATOR and level_in(row.cell(row.columns[0]))[0]:
            self._named(row, row.columns[0], "", "")  # a line between groups of indicators, which names the result of those below
            return
        self._about(row)
        self._context(row)
        measured = self._measured(row)
        for column in row.left():
            if column.heading.role is None or not measured:
                self._draft.left(row.place(column), row.cell(column).strip(), told=column.told, heading=column.name)

    def _about(self, row: _Row) -> None:
        """Which result the row is about; a level that stands alone holds for the rows below it."""
        level = mark = ""
        for column in row.of(Role.LEVEL):
            own_level, own_mark, title = level_in(row.cell(column))
            if own_level or own_mark:
                row.take(column)
                level, mark = own_level or level, own_mark or mark
                if title:
                    self._named(row, column, "", "")
        if level:
            self._level = level
        if not self._has_indicators and (level or any(row.of(Role.RESULT))):
            for column in row.of(Role.NUMBER):
                mark = mark or row.take(column)[0]
        for column in row.of(Role.RESULT):
            self._named(row, column, level, mark)
        known = self._result
        if level and not any(row.of(Role.RESULT)) and (mark or known is None or level != known.level):
            self._stands(column=0, result=self._draft.result(level, mark, "", row.place(row.columns[0])))

    def _named(self, row: _Row, column: _Column, level: str, mark: str) -> None:
        """Read a cell that names a result: its own words on its level count most, then the row, what stands above, the heading."""
        text, place = row.take(column)
        own_level, own_mark, title = level_in(text)
        heading_level = normal(column.name) if normal(column.name) in LEVELS and normal(column.name) != "result" else ""
        stated = own_level or level or ("" if heading_level else self._level) or heading_level
        if own_level and not self._has_levels:
            self._level = "" if title else own_level
        if title or own_mark or mark or self._result is None or stated != self._result.level:
            id = self._id(row, Role.RESULT_ID) if column.heading.role is Role.RESULT and title else ""
            result = self._draft.result(stated, own_mark or mark, " ".join(title.split()), place, stated=id)
            above = max((index for index in self._results if index < column.index), default=None)
            if above is not None:
                self._draft.under(result, self._results[above])
            self._stands(column.index, result)

    def _stands(self, column: int, result: Result) -> None:
        self._results = {index: other for index, other in self._results.items() if index < column} | {column: result}

    def _measured(self, row: _Row) -> bool:
        """Read the indicator of the row and its figures, and keep what is left over with them; whether there are any."""
        values = [column for column in row.columns if self._section(column, row)]
        named = next(row.of(Role.INDICATOR), None)
        if named is not None:
            title, place = row.take(named)
            self._indicator = self._draft.indicator(
                self._result, " ".join(title.split()), place, stated=self._id(row, Role.ID), **self._sheet(row)
            )
        elif not self._has_indicators and values:
            self._indicator = self._draft.indicator(self._result, _title(values[0]), row.place(values[0]))
        if self._indicator is None:
            return False
        part: Mapping[str, str] = {}
        breakdown = next(row.of(Role.PART), None)
        if values and breakdown is not None and not (named and self._names_dimensions(row.text(Role.PART))):
            part = part_of(row.take(breakdown)[0])
        per_period = any(column.heading.role is Role.ACTUAL and column.period for column in values)
        figures: list[tuple[_Column, dict[str, object]]] = []
        for column in values:
            row.take(column)
            if column.heading.role is Role.LIFE_ACTUAL and per_period:
                self._draft.keep(self._indicator, [(f"{column.name} {', '.join(part.values())}".strip(), row.cell(column).strip())])
            else:
                figures.append((column, self._fields(row, column, part)))
        kept = [(column.name or _letters(column.index), row.cell(column).strip()) for column in row.left()]
        if named is not None:
            self._draft.keep(self._indicator, kept)
        for column, fields in figures:
            section = self._section(column, row)
            if named is None and kept:
                self._draft.keep(fields, kept)
            self._draft.figures(self._indicator, section, row.cell(column), row.place(column), **fields)
        return named is not None or bool(figures)

    @staticmethod
    def _names_dimensions(text: str) -> bool:
        """Whether a cell of breakdowns says by what the indicator is broken down, as "sex, age", and not which part the row is."""
        return normal(text) not in {*GROUPS, "total", "all", "overall"} and "=" not in text

    @staticmethod
    def _section(column: _Column, row: _Row) -> str:
        role = column.heading.role
        if role is None and column.period:
            return _PLANNED.get(normal(row.text(Role.ROW_KIND)), "")
        return "actuals" if role is Role.LIFE_ACTUAL else _VALUES.get(role, "") if role else ""

    def _fields(self, row: _Row, column: _Column, part: Mapping[str, str]) -> dict[str, object]:
        """What the row says of a figure."""
        section, role = self._section(column, row), column.heading.role
        fields: dict[str, object] = {"slice": {**part, **dict(column.heading.slice)}, "period": text_of_period(column.period)}
        if role is None:
            row.take(next(row.of(Role.ROW_KIND)))
        if role not in {Role.LIFE_TARGET, Role.LIFE_ACTUAL} and column.period is None:
            fields["period"] = self._row_period(row)
        if section == "baselines" and row.text(Role.BASELINE_DATE):
            fields["period"] = text_of_period(self._when(row, Role.BASELINE_DATE))
        fields["place"] = ", ".join(row.take(place)[0] for place in row.of(Role.PLACE))
        if section == "actuals":
            reporter = next(row.of(Role.REPORTER), None)
            fields["reporter"] = "" if reporter is None else self._draft.actor(*row.take(reporter))
            when = self._when(row, Role.REPORTED, day=True)
            fields["reported"] = "" if when is None else str(when.start)
        return fields

    def _when(self, row: _Row, role: Role, *, day: bool = False) -> Period | None:
        """The date in a cell; where it is not certain, that is said, and nothing is guessed."""
        column = next(row.of(role), None)
        if column is None:
            return None
        text, place = row.cell(column).strip(), row.place(column)
        when = period_in(text)[1]
        if when is not None and (when.days == 1 or not day):
            row.take(column)
            return when
        hint = message("write 2024-06-30, 30 June 2024, 2024-06 or 2024")
        self._draft.note("F08", Severity.WARNING, place, message("when is %(text)s? The date is not read", text=repr(text)), hint)
        return None

    def _row_period(self, row: _Row) -> str:
        ends = [self._when(row, role) for role in (Role.START, Role.END)]
        known = [period for period in ends if period is not None]
        if known and known[0].start > known[-1].end:
            self._draft.note(
                "F08", Severity.WARNING, row.place(next(row.of(Role.START))), message("it ends before it starts; the period is not read")
            )
            return ""
        return f"{known[0].start}/{known[-1].end}" if known else ""

    def _id(self, row: _Row, role: Role) -> str:
        """The id that the row states for its result or indicator; empty where there is none that it can have."""
        column = next(row.of(role), None)
        if column is None or not self._draft.names(row.cell(column).strip(), row.place(column)):
            return ""
        return row.take(column)[0]

    def _sheet(self, row: _Row) -> dict[str, object]:
        """The reference sheet of an indicator, as far as the row has it."""
        fields: dict[str, object] = {}
        codes = [column for column in row.of(Role.ID, Role.CODE) if column in row.left()]
        if codes:
            fields["codes"] = [{"vocabulary": "table", "code": row.take(column)[0]} for column in codes]
        for role in _PLAIN:
            column = next(row.of(role), None)
            if column is None:
                continue
            known = _known(role, row.cell(column).strip())
            if known:
                text, place = row.take(column)
                fields |= {"responsible": self._draft.actor(text, place)} if role is Role.RESPONSIBLE else known
        return fields

    def _context(self, row: _Row) -> None:
        for column in row.of(Role.ASSUMPTIONS):
            self._draft.assumptions(self._result, *row.take(column))
        for column in row.of(Role.RISKS):
            self._draft.risk(self._result, *row.take(column))
        for column in row.of(Role.WEIGHT):
            if self._result is not None and self._draft.weigh(self._result, row.cell(column)):
                row.take(column)


def _known(role: Role, text: str) -> dict[str, object]:
    """The fields of an indicator that a cell of its reference sheet gives; none where its word is not known."""
    match role:
        case Role.KIND | Role.DIRECTION:
            word = (_KINDS if role is Role.KIND else _RISING).get(normal(text) or text)
            return {role.value: word} if word else {}
        case Role.UNIT:
            return unit_in(text)
        case Role.ACCUMULATION:
            return _accumulation(text)
        case _:
            return {role.value: text}


def _accumulation(text: str) -> dict[str, object]:
    """What successive results mean, and what a period's figure covers, in the words of the model: "incremental, per period"."""
    words = [normal(word).replace(" ", "_") for word in text.split(",")]
    found: dict[str, object] = {}
    for word in words:
        if word in set(Accumulation):
            found["accumulation"] = word
        elif word in set(ReportBasis):
            found["report"] = word
    return found if len(found) == len(words) else {}


def _title(column: _Column) -> str:
    """The title of an indicator that has no column of its own: what its figures are called."""
    if column.heading.slice:
        return "People targeted" if column.heading.role is Role.TARGET else "People reached"
    return column.name.partition(" | ")[0] or (column.heading.role or Role.ACTUAL).value


def unit_in(text: str) -> dict[str, object]:
    """The unit where the registry knows it, or that the results are no numbers; otherwise the words as the population."""
    name = normal(text).removeprefix("number of ").removeprefix("# of ")
    if name in _WORDS:
        return {"kind": _KINDS[name]}
    name = {"%": "percent", "number": "", "#": "", "people": "person", "persons": "person"}.get(name, name)
    for tried in filter(None, (name, name.removesuffix("s"))):
        try:
            unit = to_unit(tried)
        except FieldError:
            continue
        found: dict[str, object] = {"unit": unit}
        return found | {"kind": "percentage"} if unit == "percent" else found
    return {"population": text.strip()} if name else {}
