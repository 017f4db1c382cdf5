"""The policy for numbers in tables of others: what is printed is kept, and an ambiguous comma is a finding, never a guess.

A comma between groups of three digits parts thousands and a point is the decimal sign, unless the table itself says otherwise:
where any figure of it has a decimal comma (``0,2``), or all points may just as well part thousands (``1.540``), no number with a
comma or a point in it is read until ``decimal`` is stated. Numbers in number cells of a workbook leave nothing open.
"""

import re
from collections.abc import Iterable

from attrs import evolve, field, frozen

from tocmodel.errors import FieldError
from tocmodel.figures import Figure, Missing
from tocmodel.formats.layouts.headings import GROUPS, heading, normal, period_in
from tocmodel.formats.workbook.opening import NumberCell
from tocmodel.periods import Period
from tocmodel.slices import Slice
from tocmodel.words import Word


class DecimalSign(Word):
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
REPORTED = "reported"
"""The word before a date in brackets that is the date of the report, and not what the figure is about."""
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


def part_of(text: str) -> dict[str, str]:
    """The slice that a cell in a column of breakdowns stands for; empty for a total.

    Example:
        >>> part_of("Girls"), part_of("Total"), part_of("age: 10-14"), part_of("Coast"), part_of("sex=girls, age=10-14")
        ({'sex': 'girls'}, {}, {'age': '10-14'}, {'part': 'Coast'}, {'age': '10-14', 'sex': 'girls'})
    """
    name = normal(text)
    if not name or name in {"total", "all", "overall", "n/a", "none"}:
        return {}
    if name in GROUPS:
        return {"sex": GROUPS[name]}
    if "=" in text:
        try:
            return dict(Slice.read(text))
        except FieldError:
            return {"part": text.strip()}
    dimension, sign, category = text.partition(":")
    if sign and dimension.strip() and category.strip() and " " not in dimension.strip():
        return {dimension.strip().lower(): category.strip()}
    return {"part": text.strip()}


def part_in_words(part: Slice) -> str:
    """A part as people write it, so that `part_of` reads it again; empty for the total.

    Example:
        >>> part_in_words(Slice({"sex": "girls"})), part_in_words(Slice({"age": "10-14"})), part_in_words(Slice())
        ('girls', 'age=10-14', '')
    """
    words = ", ".join(category for _, category in part)
    return words if normal(words) in GROUPS and part_of(words) == dict(part) else str(part) if part else ""


@frozen
class Printed:
    """A figure as printed in a cell.

    Attributes:
        figure: the figure as plain data.
        when: when it was, where the cell itself says so: "120 (2020)".
        fault: why it cannot be read; empty if all is well.
        part: the part of a breakdown, where the cell itself says so: "girls: 20".
        reported: whether the date is that of the report: "120 (reported 2020-06-30)".
    """

    figure: object
    when: Period | None = None
    fault: str = ""
    part: Slice = field(default=Slice())
    reported: bool = False


@frozen
class _Piece:
    text: str
    part: Slice | None = None
    when: Period | None = None
    reported: bool = False


def printed_in(cell: str, *, decimal: DecimalSign | None, doubtful: bool, threshold: bool = False, in_words: bool = False) -> list[Printed]:
    r"""The figures of a cell: one, or several with their years and parts ("50 (2021); 100 (2022); girls: 60 (2022)").

    Args:
        cell: its text.
        decimal: the decimal sign of the table; None where nobody said.
        doubtful: whether the decimal sign of the table is not certain.
        threshold: whether it is a target.
        in_words: whether what is no number is a result in words; those stand on lines of their own.

    Example:
        >>> [(one.figure, str(one.part), str(one.when)) for one in printed_in("10 (2024)\nmen: 4", decimal=None, doubtful=False)]
        [('10', 'total', '2024-01-01/2024-12-31'), ('4', 'sex=men', 'None')]
    """

    def read(piece: _Piece) -> Printed:
        found = _printed(type(cell)(piece.text), piece.when, decimal, doubtful=doubtful, threshold=threshold)
        if in_words and found.fault:
            found = Printed({"words": piece.text}, piece.when)
        return evolve(found, part=piece.part or Slice(), reported=piece.reported)

    pieces = [piece.strip() for piece in re.split(r"\n" if in_words else r"[;\n]", cell) if piece.strip()]
    if len(pieces) > 1:
        several = [_piece(piece, several=True) for piece in pieces]
        bare = [piece for piece in several if piece.when is None and piece.part is None]
        if len(bare) <= 1 and not any(read(piece).fault for piece in bare):
            return [read(piece) for piece in several]
        return [read(_piece(cell) if in_words else _Piece(cell))]
    return [read(_piece(cell))]


def _piece(text: str, *, several: bool = False) -> _Piece:
    """A text without its date and the part that it names."""
    text, when, reported = _dated(text)
    label, sign, rest = text.rpartition(":")
    part = _part(label.strip(), several=several) if sign and rest.strip() else None
    return _Piece(text, None, when, reported) if part is None else _Piece(rest.strip(), part, when, reported)


def _part(label: str, *, several: bool) -> Slice | None:
    """The part that a label names; None where it names none. A word that nobody knows is one only where several figures stand."""
    known = normal(label) in GROUPS or "=" in label
    if not label or (not known and (not several or bool(period_in(label)[0]) or heading([label]).role is not None)):
        return None
    return Slice(part_of(label))


def _dated(piece: str) -> tuple[str, Period | None, bool]:
    for pattern in (_DATED, _DATE_FIRST):
        found = pattern.fullmatch(piece)
        if found and found["figure"].strip():
            when = period_in(found["when"])[1]
            if when is not None:
                return found["figure"].strip(), when, when.days == 1 and found["when"].strip().lower().startswith(REPORTED)
    return piece, None, False


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
