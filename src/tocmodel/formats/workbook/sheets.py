"""Which sheets and columns the workbook has: made from the records themselves, with what their docstrings say of each field."""

import types
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from inspect import cleandoc
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from tocmodel.figures import Citation, Figure
from tocmodel.formats.outline import GOAL
from tocmodel.formats.schema import described
from tocmodel.formats.workbook.cells import Column, Shape
from tocmodel.formats.workbook.rows import Spread, spread_over
from tocmodel.model import NODE_KINDS, Programme, Record, Text
from tocmodel.model.assembly import file_name
from tocmodel.model.indicators import ValueFields
from tocmodel.model.plain import SHORTHANDS
from tocmodel.model.references import NODES, REFERENCES, SECTIONS
from tocmodel.slices import Slice

PROGRAMME = "programme"
RESULTS = "results"
LONG_TEXTS = "long texts"
README = "README"

CLASSES: dict[str, tuple[type[Record], ...]] = {
    RESULTS: NODE_KINDS,
    **{name: (SECTIONS[name],) for name in ("links", "indicators", "dimensions", "baselines", "targets", "actuals")},
    **{name: (cls,) for name, cls in SECTIONS.items() if cls not in NODE_KINDS},
}
"""The classes of record in each sheet, in the order of the sheets."""
KIND = "kind"
_FIRST = ("from", "to", "indicator", "figure", "id", "title")
"""The fields that stand first in a sheet, after the kind of a result."""
_FIELD_SHAPES: dict[object, Shape] = {Text: Shape.TEXT, Figure: Shape.FIGURE, Slice: Shape.SLICE, Citation: Shape.DATA}
_INTO: dict[object, dict[str, str]] = {
    Citation: {"place": "the page, section or cell in the source", "quote": "the source's own words"},
    Figure: {
        "unit": "the unit of this figure, if it is not the indicator's",
        "source": "the id of the source that prints this figure",
        "source.place": "the page, section or cell in the source",
        "source.quote": "the source's own words",
    },
}
"""The columns that lead into a field."""


def summary(sheet: str) -> str:
    """What stands in a sheet, in one sentence."""
    if sheet == RESULTS:
        return "What goes in, what is done and what follows: inputs, activities, outputs, outcomes, objectives."
    cls = Programme if sheet == PROGRAMME else CLASSES[sheet][0]
    return cleandoc(cls.__doc__ or "").splitlines()[0]


@cache
def columns(sheet: str) -> tuple[Column, ...]:
    """The columns of a sheet, in order."""
    if sheet == RESULTS:
        kinds = (*(cls.kind for cls in NODE_KINDS), GOAL)
        found = {column.name: column for cls in NODE_KINDS for column in columns_of(cls)}
        kind = Column(KIND, Shape.WORD, "what kind of result it is", needed=True, choices=kinds)
        return (kind, *sorted(found.values(), key=lambda column: _position(column.name)))
    return columns_of(CLASSES[sheet][0])


@cache
def columns_of(cls: type[Record]) -> tuple[Column, ...]:
    """The columns of the records of a class."""
    return tuple(sorted(_columns(cls), key=lambda column: _position(column.name)))


@cache
def spread_of(cls: type[Record]) -> Spread:
    """The columns of the records of a class, by field."""
    return spread_over(columns_of(cls))


def _position(name: str) -> tuple[bool, int]:
    base = name.partition(".")[0]
    shared = {attribute.name for attribute in fields(Record)} - {"id"}
    return base in shared, _FIRST.index(base) if base in _FIRST else len(_FIRST)


def _columns(cls: type[Record]) -> Iterator[Column]:
    hints, texts, refers = get_type_hints(cls), described(cls), REFERENCES.get(cls, {})
    for attribute in fields(cls):
        name, hint = file_name(attribute.name), _stated(hints[attribute.name])
        shape, item = _shape(hint)
        needed = attribute.default is NOTHING or (name == "figure" and issubclass(cls, ValueFields))
        sheet = "sources" if hint is Citation else _sheet_of(refers.get(attribute.name, ()))
        choices = _choices(hint)
        number = hint is Figure or getattr(hint, "__name__", "") in {"Decimal", "int"}
        meaning = texts.get(name, "")
        yield Column(name, shape, meaning, needed, item, choices, "" if shape is Shape.LIST else sheet, number)
        if hint is Citation or (hint is Figure and name == "figure"):
            for into, means in _INTO[hint].items():
                yield Column(f"{name}.{into}", Shape.WORD, means, refers="sources" if into == "source" else "")


def _stated(hint: Any) -> Any:  # noqa: ANN401 — annotations are of any kind
    """The hint without its None."""
    if get_origin(hint) in {types.UnionType, Union}:
        known = [argument for argument in get_args(hint) if argument is not type(None)]
        return known[0] if len(known) == 1 else str
    return hint


def _shape(hint: Any) -> tuple[Shape, type | None]:  # noqa: ANN401 — annotations are of any kind
    if hint in _FIELD_SHAPES:
        return _FIELD_SHAPES[hint], None
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner is Text:
            return Shape.LINES, None
        if inner is str:
            return Shape.LIST, None
        return (Shape.LIST, inner) if inner in SHORTHANDS else (Shape.DATA, None)
    nested = get_origin(hint) is Mapping or (isinstance(hint, type) and has(hint) and hint.__module__ != "tocmodel.periods")
    return (Shape.DATA if nested else Shape.WORD), None


def _choices(hint: Any) -> tuple[str, ...]:  # noqa: ANN401 — annotations are of any kind
    if hint is bool:
        return "true", "false"
    return tuple(word.value for word in hint) if isinstance(hint, type) and issubclass(hint, StrEnum) else ()


def _sheet_of(kinds: tuple[type[Record], ...]) -> str:
    if kinds is NODES:
        return RESULTS
    return kinds[0].section if len(kinds) == 1 and kinds[0] is not Record else ""
