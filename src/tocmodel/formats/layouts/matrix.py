"""Tables with one header: logframe matrices, indicator tracking tables, wide periods, sex as columns, HXL."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from tocmodel.errors import FieldError
from tocmodel.findings import Severity
from tocmodel.formats.layouts.draft import KEPT, Draft, Result, part_of, text_of_period
from tocmodel.formats.layouts.headings import GROUPS, Heading, Role, heading, level_in, normal, period_in, tagged
from tocmodel.formats.workbook.opening import address
from tocmodel.periods import Period
from tocmodel.units import to_unit

Rows: TypeAlias = Sequence[Sequence[str]]

_SEARCHED = 30
_LONGEST_HEADING = 80
_TAG = re.compile(r"#[a-zA-Z][\w]*(\s*\+\s*\w+)*")
_VALUES = {Role.BASELINE: "baselines", Role.TARGET: "targets", Role.ACTUAL: "actuals", Role.LIFE_TARGET: "targets"}
_PLAIN = (Role.CODE, Role.DEFINITION, Role.MEANS, Role.METHOD, Role.FREQUENCY, Role.LIMITATIONS, Role.KIND)
_RISING = {
    "+": "increase",
    "increase": "increase",
    "up": "increase",
    "-": "decrease",
    "–": "decrease",
    "decrease": "decrease",
    "down": "decrease",
}
_PLANNED = {"planned": "targets", "target": "targets", "plan": "targets", "achieved": "actuals", "actual": "actuals", "reached": "actuals"}
_KINDS = {
    "number": "count", "count": "count", "integer": "count", "percent": "percentage", "percentage": "percentage", "%": "percentage",
    "ratio": "ratio", "rating": "rating", "text": "text", "qualitative": "text", "milestone": "milestone",
}  # fmt: skip


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


def _like_heading(cell: str, wanted: Wanted) -> bool:
    name = normal(cell)
    when = period_in(name)[0]
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


def _with_levels(column: _Column, rows: Rows) -> _Column:
    """A column without a name that holds levels of results, as the first one of a logframe often does."""
    filled = [row[column.index] for row in rows if column.index < len(row) and row[column.index].strip()]
    levels = [cell for cell in filled if level_in(cell)[0]]
    if column.name or not levels or len(levels) * 2 < len(filled):
        return column
    return evolve(column, heading=Heading(Role.LEVEL))


def _with_period(said: Heading, label: str, place: str, wanted: Wanted, draft: Draft) -> tuple[Heading, Period | None]:
    """The heading, and its period; without a role where the calendar does not say when its figures are."""
    named = next((period for text, period in wanted.periods.items() if text and re.search(rf"\b{re.escape(text)}\b", normal(label))), None)
    when = named or period_in(said.period)[1]
    if said.period and when is None and said.role in {Role.TARGET, Role.ACTUAL, None}:
        message = f"when is {said.period!r} in the column {label!r}?"
        draft.note("F08", Severity.WARNING, place, message, f"state it in the mapping: periods: {{{said.period}: …}}")
        return Heading(None, "", said.slice), None
    return said, when


class _Rows:
    """Reads the rows below a header, one after the other: a cell that is left out repeats the one above."""

    def __init__(self, name: str, columns: Sequence[_Column], draft: Draft) -> None:
        self._name, self._columns, self._draft = name, columns, draft
        self._result: Result | None = None
        self._level = self._result_level = ""
        self._current: Mapping[int, str] = {}
        self._indicator: dict[str, object] | None = None
        self._has_indicators = any(column.heading.role is Role.INDICATOR for column in columns)

    def row(self, number: int, row: Sequence[str]) -> None:
        cells = {column.index: row[column.index] for column in self._columns if column.index < len(row) and row[column.index].strip()}
        if not cells:
            return
        self._current = cells
        by_role: dict[Role, tuple[str, str]] = {}
        for column in self._columns:
            role = column.heading.role
            if role is not None and column.index in cells and role not in by_role:
                by_role[role] = (cells[column.index].strip(), self._place(number, column.index))
        self._results(number, cells)
        measured = self._measured(number, cells, by_role)
        self._context(by_role)
        self._unread(number, cells, by_role, measured=measured)

    def _place(self, number: int, index: int) -> str:
        cell = address(number, index)
        return f"{self._name}!{cell}" if self._name else cell

    def _results(self, number: int, cells: Mapping[int, str]) -> None:
        """Which result the row is about."""
        level, mark, title, place = "", "", "", ""
        for column in self._columns:
            if column.heading.role in {Role.LEVEL, Role.RESULT} and column.index in cells:
                own_level, own_mark, own_title = level_in(cells[column.index])
                if column.heading.role is Role.LEVEL and not own_level and not own_mark:
                    self._draft.left(self._place(number, column.index), cells[column.index].strip())
                    continue
                level, mark, title = own_level or level, own_mark or mark, own_title or title
                place = place or self._place(number, column.index)
            elif column.heading.role is Role.NUMBER and column.index in cells and not self._has_indicators:
                mark = mark or cells[column.index].strip()
        self._level = level or self._level
        if title or (level and (mark or self._result is None or level != self._result_level)):
            self._result_level = self._level
            self._result = self._draft.result(self._level, mark, " ".join(title.split()), place)

    def _measured(self, number: int, cells: Mapping[int, str], by_role: Mapping[Role, tuple[str, str]]) -> bool:
        """Read the indicator of the row and its figures; whether there are any."""
        title, place = by_role.get(Role.INDICATOR, ("", ""))
        values = [column for column in self._columns if column.index in cells and self._section(column, by_role)]
        if title:
            self._indicator = self._draft.indicator(self._result, " ".join(title.split()), place, **self._sheet(by_role))
        elif not self._has_indicators and values:
            name = _title(values[0])
            self._indicator = self._draft.indicator(self._result, name, self._place(number, values[0].index))
        if self._indicator is None:
            for column in values:
                self._draft.left(self._place(number, column.index), cells[column.index])
            return False
        part = {} if Role.PART not in by_role or self._names_dimensions(title, by_role) else part_of(by_role[Role.PART][0])
        kept = self._kept(cells, title, by_role)
        if title:
            self._draft.keep(self._indicator, kept)
        per_period = any(column.heading.role is Role.ACTUAL and column.period for column in values)
        for column in values:
            if column.heading.role is Role.LIFE_ACTUAL and per_period:
                self._draft.keep(self._indicator, {f"{column.name} {', '.join(part.values())}".strip(): cells[column.index].strip()})
            else:
                fields: dict[str, object] = {} if title or not kept else {"extensions": {KEPT: kept}}
                section = self._section(column, by_role)
                self._figure(column, section, cells[column.index], self._place(number, column.index), part, by_role, fields)
        return bool(title or values)

    @staticmethod
    def _names_dimensions(title: str, by_role: Mapping[Role, tuple[str, str]]) -> bool:
        """Whether a cell of breakdowns says by what the indicator is broken down, as "sex, age", and not which part the row is."""
        return bool(title) and Role.PART in by_role and normal(by_role[Role.PART][0]) not in {*GROUPS, "total", "all", "overall"}

    def _section(self, column: _Column, by_role: Mapping[Role, tuple[str, str]]) -> str:
        role = column.heading.role
        if role is None and column.period and Role.ROW_KIND in by_role:
            return _PLANNED.get(normal(by_role[Role.ROW_KIND][0]), "")
        return "actuals" if role is Role.LIFE_ACTUAL else _VALUES.get(role, "") if role else ""

    def _figure(
        self,
        column: _Column,
        section: str,
        cell: str,
        place: str,
        part: Mapping[str, str],
        by_role: Mapping[Role, tuple[str, str]],
        fields: dict[str, object],
    ) -> None:
        assert self._indicator is not None
        fields["slice"] = {**part, **dict(column.heading.slice)}
        life = column.heading.role in {Role.LIFE_TARGET, Role.LIFE_ACTUAL}
        fields["period"] = "" if life else text_of_period(column.period) or self._row_period(by_role)
        if section == "baselines" and Role.BASELINE_DATE in by_role:
            fields["period"] = text_of_period(period_in(by_role[Role.BASELINE_DATE][0])[1])
        if Role.PLACE in by_role:
            named = (column for column in self._columns if column.heading.role is Role.PLACE)
            fields["place"] = ", ".join(self._row_texts(named)) or by_role[Role.PLACE][0]
        if section == "actuals" and Role.REPORTER in by_role:
            fields["reporter"] = self._draft.actor(*by_role[Role.REPORTER])
        if section == "actuals" and Role.REPORTED in by_role:
            when = period_in(by_role[Role.REPORTED][0])[1]
            fields["reported"] = str(when.start) if when is not None and when.days == 1 else ""
        self._draft.figures(self._indicator, section, cell, place, **fields)

    def _row_texts(self, columns: Iterator[_Column]) -> list[str]:
        return [self._current[column.index].strip() for column in columns if column.index in self._current]

    @staticmethod
    def _row_period(by_role: Mapping[Role, tuple[str, str]]) -> str:
        ends = [period_in(by_role[role][0])[1] for role in (Role.START, Role.END) if role in by_role]
        known = [period for period in ends if period is not None]
        return f"{known[0].start}/{known[-1].end}" if known and known[0].start <= known[-1].end else ""

    def _sheet(self, by_role: Mapping[Role, tuple[str, str]]) -> dict[str, object]:
        """The reference sheet of an indicator, as far as the row has it."""
        fields: dict[str, object] = {
            role.value: by_role[role][0] for role in _PLAIN if role in by_role and role not in {Role.CODE, Role.KIND}
        }
        if Role.CODE in by_role:
            fields["codes"] = [{"vocabulary": "table", "code": by_role[Role.CODE][0]}]
        if Role.KIND in by_role:
            fields["kind"] = _KINDS.get(normal(by_role[Role.KIND][0]), "")
        if Role.DIRECTION in by_role:
            fields["direction"] = _RISING.get(by_role[Role.DIRECTION][0].strip().lower(), "")
        if Role.RESPONSIBLE in by_role:
            fields["responsible"] = self._draft.actor(*by_role[Role.RESPONSIBLE])
        if Role.UNIT in by_role:
            fields |= _unit(by_role[Role.UNIT][0])
        return fields

    def _context(self, by_role: Mapping[Role, tuple[str, str]]) -> None:
        if Role.ASSUMPTIONS in by_role:
            self._draft.assumptions(self._result, *by_role[Role.ASSUMPTIONS])
        if Role.RISKS in by_role:
            self._draft.risk(self._result, *by_role[Role.RISKS])
        if Role.WEIGHT in by_role and self._result is not None:
            self._draft.weigh(self._result, by_role[Role.WEIGHT][0])

    def _kept(self, cells: Mapping[int, str], title: str, by_role: Mapping[Role, tuple[str, str]]) -> dict[str, str]:
        """What the row says beyond what the model takes, by heading; its indicator or its figures keep it."""
        kept = {None, Role.CALCULATED, Role.NARRATIVE, Role.NUMBER}
        if self._names_dimensions(title, by_role):
            kept.add(Role.PART)
        if not any(self._section(column, by_role) == "actuals" for column in self._columns if column.index in cells):
            kept |= {Role.REPORTER, Role.REPORTED}
        return {
            column.name or _letters(column.index): cells[column.index].strip()
            for column in self._columns
            if column.index in cells and column.heading.role in kept and not self._section(column, by_role)
        }

    def _unread(self, number: int, cells: Mapping[int, str], by_role: Mapping[Role, tuple[str, str]], *, measured: bool) -> None:
        """List what nobody understood, and what a row without figures says of none."""
        for column in self._columns:
            role = column.heading.role
            lost = role in {Role.NARRATIVE, Role.CALCULATED, Role.PART} and not measured
            if column.index in cells and (lost or (role is None and not self._section(column, by_role))):
                self._draft.left(self._place(number, column.index), cells[column.index].strip())


def _title(column: _Column) -> str:
    """The title of an indicator that has no column of its own: what its figures are called."""
    if column.heading.slice:
        return "People targeted" if column.heading.role is Role.TARGET else "People reached"
    return column.name.partition(" | ")[0] or (column.heading.role or Role.ACTUAL).value


def _unit(text: str) -> dict[str, object]:
    """The unit where the registry knows it; otherwise the words as the population."""
    name = normal(text).removeprefix("number of ").removeprefix("# of ")
    name = {"%": "percent", "number": "", "#": "", "people": "person", "persons": "person"}.get(name, name)
    for tried in filter(None, (name, name.removesuffix("s"))):
        try:
            unit = to_unit(tried)
        except FieldError:
            continue
        found: dict[str, object] = {"unit": unit}
        return found | {"kind": "percentage"} if unit == "percent" else found
    return {"population": text.strip()} if name else {}
