"""The logframe of FCDO (DFID before): a block for each result, with planned and achieved rows, milestones, weighting and risk."""

import re
from collections.abc import Mapping, Sequence

from tocmodel.findings import Severity
from tocmodel.formats.layouts.draft import Draft, Result, text_of_period
from tocmodel.formats.layouts.headings import LEVELS, SYNONYMS, Role, level_in, normal, period_in
from tocmodel.formats.layouts.matrix import ColumnRead, Rows, unit_in
from tocmodel.formats.workbook.opening import address
from tocmodel.messages import message
from tocmodel.periods import Period

_PLANNED, _ACHIEVED = {"planned", "target"}, {"achieved", "actual"}
_INDICATOR = re.compile(rf"(?:(?:{'|'.join(LEVELS)})\s+)?indicator\s*(?P<number>\d+(?:\.\d+)*)?", re.IGNORECASE)
_UNITS = {"unit", "unit of measure"}
_WEIGHTING = re.compile(r"(?:impact )?weighting(?: \(%\))?", re.IGNORECASE)
_WEIGHT = re.compile(r"\d+(?:\.\d+)?\s*%?")
_ANYTHING = re.compile(r".+", re.DOTALL)
_RISK = re.compile(r"risk(?: rating)?", re.IGNORECASE)
_TITLE = re.compile(r"(?:project|programme|program) (?:title|name)|title of (?:the )?(?:project|programme|program)", re.IGNORECASE)
_INPUTS = re.compile(r"inputs(?: \(.*\))?", re.IGNORECASE)
_GIVER = re.compile(r"(?:dfid|fcdo|govt|government|other|partners?|total)\b.*", re.IGNORECASE)
"""Who gives inputs, and which share is whose."""
_AMOUNT = re.compile(r"\d")
_SOURCES = frozenset(map(normal, SYNONYMS[Role.MEANS]))


def is_fcdo(rows: Rows) -> bool:
    """Whether a table has planned rows below headings that name a level of result, its indicator and a baseline."""
    planned = any(normal(cell) == "planned" for row in rows for cell in row)
    return planned and any(_is_head(row) and _of_a_result(row) for row in rows)


def _of_a_result(row: Sequence[str]) -> bool:
    """Whether a heading names a level of result and its indicator."""
    filled = [cell for cell in row if cell.strip()]
    return any(level_in(cell)[0] for cell in filled) and any(_INDICATOR.fullmatch(normal(cell)) for cell in filled)


def _is_head(row: Sequence[str]) -> bool:
    return any(normal(cell).startswith("baseline") for cell in row) and sum(bool(cell.strip()) for cell in row) > 1


def read_fcdo(name: str, rows: Rows, periods: Mapping[str, Period], draft: Draft) -> tuple[ColumnRead, ...]:
    """Read a logframe in blocks into a draft.

    Args:
        name: the sheet's name, for places; empty in CSV.
        rows: its rows.
        periods: the period of each name that the calendar does not know, in lower case.
        draft: where to.
    """
    reader = _Blocks(name, rows, periods, draft)
    for number in range(len(rows)):
        reader.row(number)
    return tuple(dict.fromkeys(reader.read))


class _Blocks:
    """Goes down the rows; a heading with a baseline starts the next indicator, and maybe the next result."""

    def __init__(self, name: str, rows: Rows, periods: Mapping[str, Period], draft: Draft) -> None:
        self.read: list[ColumnRead] = []
        self._name, self._rows, self._periods, self._draft = name, rows, periods, draft
        self._columns: dict[int, tuple[Role, Period | None]] = {}
        self._level, self._number, self._level_at, self._indicator_at = "", "", -1, 1
        self._result: Result | None = None
        self._indicator: dict[str, object] | None = None
        self._taken: set[tuple[int, int]] = set()
        self._told = set[int]()

    def _place(self, number: int, index: int) -> str:
        cell = address(number, index)
        return f"{self._name}!{cell}" if self._name else cell

    def row(self, number: int) -> None:
        row = self._rows[number]
        filled = [index for index, cell in enumerate(row) if cell.strip() and (number, index) not in self._taken]
        if not filled:
            return
        if _is_head(row):
            self._head(number, filled)
            return
        words = {normal(row[index]): index for index in filled}
        kind = next((("targets" if word in _PLANNED else "actuals") for word in words if word in _PLANNED | _ACHIEVED), "")
        if kind and self._columns:
            self._figures(number, filled, kind)
            return
        for index in filled:
            if (number, index) not in self._taken and not self._labelled(number, index):
                self._draft.left(self._place(number, index), row[index].strip())

    def _head(self, number: int, filled: Sequence[int]) -> None:
        self._columns, self._indicator = {}, None
        self._told.clear()
        self._level_at = -1
        for index in filled:
            cell = self._rows[number][index]
            name = normal(cell)
            level, mark, _ = level_in(cell)
            if name.startswith("baseline"):
                self._column(index, cell, Role.BASELINE, period_in(cell)[1])
            elif name.startswith(("milestone", "target")):
                self._milestone(number, index, cell)
            elif name.startswith("assumption"):
                self._column(index, cell, Role.ASSUMPTIONS, None)
            elif _INDICATOR.fullmatch(name):
                self._indicator_at = index
                self._column(index, cell, Role.INDICATOR, None)
            elif level in LEVELS:
                self._level, self._number, self._level_at, self._result = level, mark, index, None
                self._column(index, cell, Role.RESULT, None)
            elif not self._labelled(number, index):
                self._draft.left(self._place(number, index), cell.strip())

    def _column(self, index: int, cell: str, role: Role, period: Period | None) -> None:
        self._columns[index] = (role, period)
        self.read.append(ColumnRead(address(0, index).removesuffix("1"), " ".join(cell.split()), role, period))

    def _milestone(self, number: int, index: int, cell: str) -> None:
        name = normal(cell)
        dated = next((period for text, period in self._periods.items() if re.search(rf"\b{re.escape(text)}\b", name)), None)
        period = dated or period_in(re.sub(r"milestone\s*\d+", "", name))[1]
        if period is None and name.startswith("milestone"):
            said = message("when is %(name)s? Its figures are not read", name=repr(cell.strip()))
            hint = message("state it in the mapping: periods: {%(name)s: …}", name=cell.strip())
            self._draft.note("F08", Severity.WARNING, self._place(number, index), said, hint)
            self._told.add(index)
            return
        self._column(index, cell, Role.TARGET, period)

    def _figures(self, number: int, filled: Sequence[int], kind: str) -> None:
        row = self._rows[number]
        if kind == "targets":
            self._start(number, filled)
        for index in filled:
            cell, place = row[index], self._place(number, index)
            role, period = self._columns.get(index, (None, None))
            if normal(cell) in _PLANNED | _ACHIEVED or (number, index) in self._taken:
                continue
            if role is Role.ASSUMPTIONS:
                self._draft.assumptions(self._result, cell, place)
            elif role in {Role.BASELINE, Role.TARGET} and self._indicator is not None:
                section = "baselines" if role is Role.BASELINE else kind
                self._draft.figures(self._indicator, section, cell, place, period=text_of_period(period))
            elif not self._labelled(number, index):
                self._draft.left(place, cell.strip(), told=index in self._told)

    def _start(self, number: int, filled: Sequence[int]) -> None:
        """The planned row names the result, once for its block, and the indicator."""
        row = self._rows[number]
        if self._level_at in filled and self._level_at != self._indicator_at:
            title = " ".join(row[self._level_at].split())
            self._taken.add((number, self._level_at))
            self._result = self._draft.result(self._level, self._number, title, self._place(number, self._level_at))
        if self._result is None and self._level:
            self._result = self._draft.result(self._level, self._number, "", self._place(number, filled[0]))
        if self._indicator_at in filled:
            title = " ".join(row[self._indicator_at].split())
            self._taken.add((number, self._indicator_at))
            self._indicator = self._draft.indicator(self._result, title, self._place(number, self._indicator_at))

    def _labelled(self, number: int, index: int) -> bool:
        """Read what a label such as Source or Impact weighting names: the next cell, or the one below."""
        cell = self._rows[number][index].strip()
        name = normal(cell)
        if name in _SOURCES:
            text = self._beside(number, index)
            if text and self._indicator is not None:
                self._indicator["means_of_verification"] = text
                return True
        elif name in _UNITS and self._indicator is not None:
            text = self._beside(number, index)
            if text:
                self._indicator |= unit_in(text)
                return True
        elif _WEIGHTING.fullmatch(name) and self._result is not None:
            text = self._beside(number, index, _WEIGHT)
            if text and self._draft.weigh(self._result, text):
                return True
        elif _RISK.fullmatch(name):
            text = self._beside(number, index)
            if text:
                self._draft.risk(self._result, f"{' '.join(cell.split())}: {text}", self._place(number, index))
                return True
        elif _TITLE.fullmatch(name) and not self._draft.titled:
            text = self._beside(number, index)
            self._draft.entitle(text)
            return bool(text)
        elif _INPUTS.fullmatch(name) and self._result is not None:
            return self._inputs(number, index)
        return False

    def _inputs(self, number: int, index: int) -> bool:
        """Keep with the result what is put into it: below the heading of each giver, or beside it."""
        row = self._rows[number]
        givers = [other for other in range(index + 1, len(row)) if _GIVER.fullmatch(normal(row[other]))]
        kept: list[tuple[str, str]] = []
        for giver in givers:
            for place in ((number + 1, giver), (number, giver + 1)):
                amount = self._amount(*place)
                if amount and place not in self._taken:
                    kept.append((f"{row[index].strip()} {row[giver].strip()}", amount))
                    self._taken.add(place)
                    break
        if kept and self._result is not None:
            self._draft.keep_with(self._result, kept)
            self._taken |= {(number, giver) for giver in givers}  # also those who give nothing
        return bool(kept)

    def _amount(self, number: int, index: int) -> str:
        """A cell that holds a number and belongs to no indicator; empty if it is none."""
        row = self._rows[number] if number < len(self._rows) else ()
        words = {normal(cell) for cell in row}
        text = row[index].strip() if index < len(row) else ""
        return text if _AMOUNT.search(text) and not (_is_head(row) or words & (_PLANNED | _ACHIEVED)) else ""

    def _beside(self, number: int, index: int, fits: "re.Pattern[str]" = _ANYTHING) -> str:
        """The cell that belongs to a label: beside it, below it, or further on in its row; then it is read."""
        below = self._rows[number + 1] if number + 1 < len(self._rows) else ()
        places = [(number, other) for other in range(index + 1, len(self._rows[number]))]
        places[1:1] = [(number + 1, index)] if index < len(below) and not _is_head(below) else []
        for row, column in places:
            text = self._rows[row][column].strip()
            if text and (row, column) not in self._taken and fits.fullmatch(text) and not self._is_label(text):
                self._taken.add((row, column))
                return text
        return ""

    @staticmethod
    def _is_label(text: str) -> bool:
        name = normal(text)
        return name in {*_SOURCES, *_UNITS} or any(label.fullmatch(name) for label in (_WEIGHTING, _RISK, _TITLE, _INPUTS))
