"""The policy for numbers in tables of others: what is printed is kept, and an ambiguous comma is a finding, never a guess.

A comma between groups of three digits parts thousands and a point is the decimal sign, unless the table itself says otherwise:
where any figure of it has a decimal comma (``0,2``), or all points may just as well part thousands (``1.540``), no number with a
comma or a point in it is read until ``decimal`` is stated. Numbers in number cells of a workbook leave nothing open.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from attrs import frozen

from tocmodel.figures import Figure, Missing
from tocmodel.formats.layouts.headings import period_in
from tocmodel.formats.workbook.opening import NumberCell
from tocmodel.periods import Period


class DecimalSign(StrEnum):
    """The sign between whole numbers and fractions."""

    POINT = "."
    COMMA = ","


_DECIMAL_COMMA = re.compile(r"(?<![\d,.])\d+,(?:\d{1,2}|\d{4,})(?![\d,])|\d\.\d{3},\d+(?![\d,.])")
_POINTED_GROUPS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.,])")
_DECIMAL_POINT = re.compile(r"(?<![\d.])(?:\d+|\d{1,3}(?:,\d{3})+)\.(?:\d{1,2}|\d{4,})(?![\d.])|(?<![\d.,])0\.\d")
_LONGEST = 60
"""Longer texts are no figures."""
_SIGNED = re.compile(r"\d[.,]\d")
_COMMA_NUMBER = re.compile(r"(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?P<part>\d+))?(?![\d.,])")
_NO_GROUP = re.compile(r"\.(?!\d{3}(?!\d))\d")
_DATED = re.compile(r"(?P<figure>.*?)\s*[(\[](?P<when>[^()\[\]]*\d{4}[^()\[\]]*)[)\]]\s*", re.DOTALL)
_DATE_FIRST = re.compile(r"(?P<when>[^:=]*\d{4})\s*[:=]\s*(?P<figure>.+)", re.DOTALL)
_ANSWERS = {"yes", "no"}
_GAPS = {"dna", "tbc", "to be determined", "to be confirmed", "not reported", "no data", "nd", "#n/a"}
"""What tables say where there is no figure, beyond what every figure may say; FFP writes DNA for disaggregates not available."""


def is_doubtful(figures: Iterable[str]) -> bool:
    """Whether the decimal sign of a table's figures, as far as they are text, is not certain.

    Example:
        >>> is_doubtful(["1,540", "0,2"]), is_doubtful(["1.540", "545"]), is_doubtful(["1,540", "12,500 girls"]), is_doubtful(["1.540", "7.5"])
        (True, True, False, False)
    """
    texts = [figure for figure in figures if len(figure) <= _LONGEST]
    if any(_DECIMAL_COMMA.search(text) for text in texts):
        return True
    return any(_POINTED_GROUPS.search(text) for text in texts) and not any(_DECIMAL_POINT.search(text) for text in texts)


@frozen
class Printed:
    """A figure as printed in a cell.

    Attributes:
        figure: the figure as plain data.
        when: when it was, where the cell itself says so: "120 (2020)".
        fault: why it cannot be read; empty if all is well.
    """

    figure: object
    when: Period | None = None
    fault: str = ""


def printed_in(cell: str, *, decimal: DecimalSign | None, doubtful: bool, threshold: bool = False) -> list[Printed]:
    """The figures of a cell: one, or several with their years ("50 (2021); 100 (2022)").

    Args:
        cell: its text.
        decimal: the decimal sign of the table; None where nobody said.
        doubtful: whether the decimal sign of the table is not certain.
        threshold: whether it is a target.
    """
    pieces = [piece.strip() for piece in re.split(r"[;\n]", cell) if piece.strip()]
    split = [_dated(piece) for piece in pieces]
    if len(pieces) > 1 and not all(when for _, when in split):
        split = [(cell, None)]
    return [_printed(type(cell)(text), when, decimal, doubtful=doubtful, threshold=threshold) for text, when in split]


def _dated(piece: str) -> tuple[str, Period | None]:
    for pattern in (_DATED, _DATE_FIRST):
        found = pattern.fullmatch(piece)
        if found and found["figure"].strip():
            when = period_in(found["when"])[1]
            if when is not None:
                return found["figure"].strip(), when
    return piece, None


def _printed(text: str, when: Period | None, decimal: DecimalSign | None, *, doubtful: bool, threshold: bool) -> Printed:
    if text.strip().lower() in _ANSWERS:
        return Printed({"words": text.strip()}, when)
    if text.strip().lower() in _GAPS:
        return Printed({"printed": text, "missing": Missing.MISSING.value}, when)
    if not isinstance(text, NumberCell) and _SIGNED.search(text):
        if decimal is None and doubtful:
            unread = {"printed": text, "missing": Missing.NOT_READABLE.value}
            return Printed(unread, when, f"{text!r}: is the comma or the point a decimal sign?")
        if decimal is DecimalSign.COMMA:
            return _with_comma(text, when, threshold=threshold)
    figure = Figure.read(text, threshold=threshold)
    return Printed(text, when, figure.not_readable)


def _with_comma(text: str, when: Period | None, *, threshold: bool) -> Printed:
    if _NO_GROUP.search(text):
        return Printed({"printed": text, "missing": Missing.NOT_READABLE.value}, when, f"{text!r}: a point that parts no thousands")
    turned = _COMMA_NUMBER.sub(lambda found: _point(found["whole"], found["part"]), text)
    figure = Figure.read(turned, threshold=threshold)
    if figure.bounds is None:
        return Printed({"printed": text, "missing": Missing.NOT_READABLE.value}, when, figure.not_readable)
    return Printed(Figure(text, figure.bounds, figure.unit).plain(threshold=threshold), when)


def _point(whole: str, part: str | None) -> str:
    digits = re.sub(r"[. ]", "", whole)
    return f"{digits}.{part}" if part else digits
