"""A record as the cells of one row, and back: columns such as ``figure.unit`` lead into the field that they start with."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tocmodel.formats.workbook.cells import Column, Shape, read, written

Spread: TypeAlias = Mapping[str, tuple[Column, tuple[Column, ...]]]

_CITED = ("source", "place", "quote")


def spread_over(columns: Sequence[Column]) -> Spread:
    """For each field, its column and those that lead into it."""
    return {
        column.name: (column, tuple(other for other in columns if other.name.startswith(f"{column.name}.")))
        for column in columns
        if "." not in column.name
    }


def to_cells(plain: Mapping[str, object], spread: Spread) -> dict[str, str]:
    """The plain data of a record as texts by column."""
    cells: dict[str, str] = {}
    for name, value in plain.items():
        if name in spread:
            column, into = spread[name]
            if into and isinstance(value, Mapping):
                cells |= _parted(value, column, into)
            else:
                cells[name] = written(value, column)
    return cells


def _parted(value: Mapping[str, object], column: Column, into: Sequence[Column]) -> dict[str, str]:
    parts = _flat(value, "printed" if column.shape is Shape.FIGURE else "source")
    known = {"": column} | {other.name.removeprefix(f"{column.name}."): other for other in into}
    if parts is not None and set(parts) <= set(known):
        held = {known[key]: written(part, known[key]) for key, part in parts.items() if part or key}
        if gathered({own.name: read(text, own) for own, text in held.items()}, column) == value:
            return {own.name: text for own, text in held.items()}
    return {column.name: written(value, column)}


def _flat(value: Mapping[str, object], base: str) -> dict[str, object] | None:
    """The parts of a field by the path into it, the main one under ''; None if they lie deeper."""
    parts: dict[str, object] = {}
    for key, part in value.items():
        if isinstance(part, Mapping):
            if key != "source" or not set(part) <= set(_CITED):
                return None
            parts |= {"source" if name == "source" else f"source.{name}": text for name, text in part.items() if text}
        else:
            parts["" if key == base else key] = part
    return parts


def gathered(values: Mapping[str, object], column: Column) -> object:
    """The value of a field from the values of its column and of those that lead into it; None if all are empty.

    Args:
        values: by the names of the columns; empty cells are left out.
        column: the column of the field itself.
    """
    base = values.get(column.name)
    if len(values) == 1 and base is not None:
        return base
    parts = {name.removeprefix(f"{column.name}."): value for name, value in values.items() if name.startswith(f"{column.name}.")}
    if not parts:
        return base
    if column.shape is not Shape.FIGURE:
        return {"source": base, **parts} if not isinstance(base, Mapping) else {**base, **parts}
    figure: dict[str, object] = dict(base) if isinstance(base, Mapping) else {"printed": "" if base is None else base}
    if "unit" in parts:
        figure["unit"] = parts["unit"]
    if any(name.startswith("source") for name in parts):
        cited = {name: parts.get("source" if name == "source" else f"source.{name}", "") for name in _CITED}
        figure["source"] = {name: text for name, text in cited.items() if name != "source" or text}
    return figure
