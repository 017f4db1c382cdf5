"""The JSON Schema of model files, made from the records themselves, so that an editor completes and checks YAML."""

import json
import re
import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from importlib.resources import files
from inspect import cleandoc
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from tocmodel.figures import Citation, Figure
from tocmodel.formats.plain import VALUES, VERSION
from tocmodel.model import Judgement, Programme, Text
from tocmodel.model.assembly import file_name
from tocmodel.model.indicators import ValueFields
from tocmodel.model.plain import SHORTHANDS
from tocmodel.model.references import SECTIONS
from tocmodel.periods import Period
from tocmodel.slices import Slice

FILE = "model-1.schema.json"
_SCALAR = {"type": ["string", "number"]}
_TEXT = {"anyOf": [{"type": ["string", "number", "null"]}, {"type": "object", "additionalProperties": {"type": "string"}}]}
_CITATION = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"source": {"type": "string"}, "place": {"type": "string"}, "quote": {"type": "string"}},
            "required": ["source"],
            "additionalProperties": False,
        },
    ]
}
_BOUNDS = {"type": "object", "properties": dict.fromkeys(("from", "more_than", "to", "less_than"), _SCALAR), "additionalProperties": False}
_FIGURE = {
    "anyOf": [
        {"type": ["string", "number", "null"]},
        {
            "type": "object",
            "properties": {
                "printed": _SCALAR,
                "words": {"type": "string"},
                "bounds": _BOUNDS,
                "unit": {"type": "string"},
                "source": {"$ref": "#/$defs/Citation"},
                "missing": {"enum": ["missing", "not_due", "not_applicable", "not_readable", "suppressed"]},
            },
            "additionalProperties": False,
        },
    ]
}
_SLICE = {"anyOf": [{"type": "object", "additionalProperties": {"type": "string"}}, {"type": "string"}]}
_SHARED: dict[type, dict[str, Any]] = {Text: _TEXT, Figure: _FIGURE, Citation: _CITATION, Slice: _SLICE, Judgement: {}}
_LEAVES: dict[object, dict[str, Any]] = {
    str: _SCALAR,
    Decimal: _SCALAR,
    int: _SCALAR,
    bool: {"enum": [True, False, "true", "false", "yes", "no"]},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string"},
    Period: _SCALAR,
}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a model file."""
    lists: dict[str, dict[str, Any]] = {
        name: {"type": "array", "items": _record(cls)} for name, cls in SECTIONS.items() if name not in VALUES
    }
    for name, cls in VALUES.items():
        lists["indicators"]["items"]["properties"][name] = {"type": ["array", "null"], "items": _record(cls)}
    for held in lists.values():
        held["type"] = ["array", "null"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"tocmodel model file, version {VERSION}",
        "type": "object",
        "properties": {
            "tocmodel": {"description": "the version of the format", "enum": [VERSION, str(VERSION)]},
            "programme": _record(Programme),
            **lists,
        },
        "required": ["tocmodel", "programme"],
        "additionalProperties": False,
        "$defs": {cls.__name__: known or _record(cls) for cls, known in _SHARED.items()},
    }


def _record(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls)
    meanings = described(cls)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for attribute in fields(cls):
        name = file_name(attribute.name)
        if name == "indicator" and issubclass(cls, ValueFields):
            continue
        properties[name] = _type(hints[attribute.name]) | ({"description": meanings[name]} if name in meanings else {})
        if attribute.default is NOTHING:
            required.append(name)
    summary = cleandoc(cls.__doc__ or "").splitlines()[0]
    return {"type": "object", "description": summary, "properties": properties, "required": required, "additionalProperties": False}


def _type(hint: Any) -> dict[str, Any]:  # noqa: ANN401 — annotations are of any kind
    if hint in _SHARED:
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if hint in _LEAVES:
        return dict(_LEAVES[hint])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {types.UnionType, Union}:
        known = [_type(argument) for argument in arguments if argument is not type(None)]
        return {"anyOf": [*known, {"type": "null"}]} if type(None) in arguments else {"anyOf": known}
    if origin is tuple:
        item = _type(arguments[0])
        return {"anyOf": [{"type": "array", "items": item}, item]}
    if origin is Mapping:
        return {"type": "object"}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [word.value for word in hint]}
    if isinstance(hint, type) and has(hint):
        whole = _record(hint)
        return {"anyOf": [whole, _SCALAR]} if hint in SHORTHANDS else whole
    message = f"no schema for {hint!r}"
    raise TypeError(message)


def described(cls: type) -> dict[str, str]:
    """What the docstrings of a class and its parents say of each field."""
    found: dict[str, str] = {}
    for parent in reversed(cls.__mro__):
        _, _, listed = cleandoc(parent.__doc__ or "").partition("Attributes:\n")
        for names, text in re.findall(r"^ {4}([\w, ]+): (.+(?:\n {8,}.+)*)", listed, flags=re.MULTILINE):
            found |= {file_name(name.strip()): re.sub(r"\s+", " ", text) for name in names.split(",")}
    return found


def text() -> str:
    """The schema as it is shipped."""
    return json.dumps(schema(), ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(str(files("tocmodel.formats").joinpath(FILE))).write_text(text(), encoding="utf-8")
