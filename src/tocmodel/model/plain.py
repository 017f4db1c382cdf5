"""Records as plain data: mappings, lists, text, whole numbers and booleans, as they stand in files."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from attrs import NOTHING, Factory, fields, has

from tocmodel.figures import Citation, Figure, plain
from tocmodel.model.assembly import file_name
from tocmodel.model.assessment import RubricCriterion
from tocmodel.model.indicators import Breakdown, Category, Sample, ScaleLevel, Target, Term
from tocmodel.model.learning import Attendance
from tocmodel.model.programme import RelatedProgramme
from tocmodel.model.record import Text, thawed_data
from tocmodel.model.review import IgnoredRule
from tocmodel.periods import Period
from tocmodel.slices import Slice

SHORTHANDS: dict[type, str] = {
    Category: "id",
    Breakdown: "dimension",
    ScaleLevel: "name",
    Term: "indicator",
    Sample: "n",
    Attendance: "actor",
    IgnoredRule: "code",
    RelatedProgramme: "ref",
    RubricCriterion: "id",
}
"""Small objects that may be written as the one field that matters."""


def plain_fields(held: object, language: str) -> dict[str, object]:
    """The fields of a record, or of a small object inside one, as they stand in files; what holds its default is left out."""
    written: dict[str, object] = {}
    for attribute, name, default in _fields(type(held)):
        value: object = getattr(held, attribute)
        if attribute == "figure" and isinstance(held, Target):
            written["figure"] = held.figure.plain(threshold=True)
        elif value is not default and value != default:
            written[name] = plain_value(value, language)
    return written


@cache
def _fields(cls: type) -> tuple[tuple[str, str, object], ...]:
    """The fields of a class: its name, its name in files, and what it holds unless somebody says otherwise."""
    found: list[tuple[str, str, object]] = []
    for attribute in fields(cls):
        default: Any = attribute.default
        if isinstance(default, Factory):  # pyright: ignore[reportArgumentType] — attrs annotates its class as a function
            default = NOTHING if default.takes_self else default.factory()
        found.append((attribute.name, file_name(attribute.name), default))
    return tuple(found)


def plain_value(value: object, language: str) -> object:
    """The value of one field as it stands in files."""
    if type(value) is str:
        return value
    match value:
        case Text():
            texts = {key or language: text for key, text in value.entries}
            return str(value) if value.entries and value.entries == (("", str(value)),) else texts
        case Figure():
            return value.plain()
        case StrEnum():
            return value.value
        case bool() | int() | str() | None:
            return value
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case Period():
            return str(value)
        case Slice():
            return dict(value)
        case Citation():
            return (
                value.source
                if value == Citation(value.source)
                else {key: text for key, text in plain_fields(value, language).items() if text}
            )
        case tuple():
            return [plain_value(item, language) for item in value]
        case Mapping():
            return thawed_data(value)
        case _ if has(type(value)):
            written = plain_fields(value, language)
            short = SHORTHANDS.get(type(value))
            return written[short] if short and list(written) == [short] else written
        case _:
            message = f"cannot write {value!r}"
            raise TypeError(message)
