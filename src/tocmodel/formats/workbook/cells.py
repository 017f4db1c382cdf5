"""One cell for one field: how the plain data of a field stand in a cell, and back.

The plain form is for people: text as it is, lists with semicolons, slices as ``sex=girls``. Where it would not be read back
unchanged, the cell holds ``json:`` and the value as JSON, and where that is too long for a cell, ``long:`` and a row of long texts.
"""

import json
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from typing import get_type_hints

from attrs import field, fields, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message
from tocmodel.model.plain import SHORTHANDS
from tocmodel.slices import Slice
from tocmodel.words import Word

JSON = "json:"
LONG = "long:"
LONGEST = 32_000
"""How many characters a cell takes; Excel's own limit is 32 767."""
_CHANGED = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_UNSAFE = re.compile(rf"[{_CHANGED}]|_x[0-9A-Fa-f]{{4}}_")
"""Signs that a spreadsheet program may change."""
_AS_IT_IS = re.compile(rf"(?!json:|long:)[^\s{{\[{_CHANGED}](?:[^{_CHANGED}]*[^\s{_CHANGED}])?")
"""Text that nothing changes and nobody takes for more than it is; a quick check for most cells."""


class Shape(Word):
    """What kind of plain data a field holds."""

    WORD = "word"
    """One word, number, date or text in one language."""
    TEXT = "text"
    FIGURE = "figure"
    SLICE = "slice"
    LIST = "list"
    LINES = "lines"
    """A list of texts, one on each line."""
    DATA = "data"
    """Nested data."""


_TEXTS = frozenset({Shape.WORD, Shape.TEXT, Shape.FIGURE})


@frozen
class Column:
    """A column of a sheet.

    Attributes:
        name: its header: the field's name in files; a dot leads into the field, as in ``source.place``.
        shape: what its cells hold.
        meaning: what it means.
        needed: whether every row has it.
        item: the class of the items of a list, where they are small objects.
        choices: the words that it may hold; empty for any.
        refers: the sheet whose ids it names; empty if none.
        number: whether its cells may stand as numbers.
    """

    name: str
    shape: Shape = Shape.WORD
    meaning: str = field(default="", repr=False)
    needed: bool = False
    item: type | None = None
    choices: tuple[str, ...] = ()
    refers: str = ""
    number: bool = False


def written(value: object, column: Column) -> str:
    """The plain data of a field as the text of its cell; it may be longer than a cell takes."""
    if type(value) is str and column.shape in _TEXTS and len(value) <= LONGEST and "_x" not in value and _AS_IT_IS.fullmatch(value):
        return value
    text = _for_people(value, column)
    if text is not None and len(text) <= LONGEST and not _UNSAFE.search(text) and _read_back(text, column) == _comparable(value):
        return text
    return JSON + json.dumps(value)


def _read_back(text: str, column: Column) -> object:
    try:
        return None if text != text.strip() or not text or text.startswith(LONG) else read(text, column)
    except FieldError:
        return None


def _comparable(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


def _for_people(value: object, column: Column) -> str | None:
    match value:
        case bool() | int():
            return str(_comparable(value))
        case str():
            return value
        case Mapping() if column.shape is Shape.SLICE:
            return ", ".join(f"{dimension}={category}" for dimension, category in value.items())
        case list() if column.shape is Shape.LINES:
            return "\n".join(map(str, value))
        case list() if column.shape is Shape.LIST:
            return "; ".join(_item_for_people(item, column.item) for item in value)
        case Mapping() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return None


def _item_for_people(item: object, cls: type | None) -> str:
    if isinstance(item, Mapping) and cls is not None and len(item) == len(_pair(cls)):
        return "=".join(str(item.get(name)) for name in _pair(cls))
    return str(item)


def _pair(cls: type) -> tuple[str, str]:
    """The two fields of a small object that may be written as ``first=second``."""
    first, second = [attribute.name for attribute in fields(cls)][:2]
    return first, second


def read(text: str, column: Column) -> object:
    """The plain data that the text of a cell stands for.

    Raises:
        FieldError: if it says that it is JSON and is not.
    """
    if text.startswith(JSON):
        return _loaded(text.removeprefix(JSON))
    if column.choices:
        return _chosen(text, column.choices)
    match column.shape:
        case Shape.SLICE:
            return dict(Slice.read(text))
        case Shape.LINES:
            return _nested(text, "[") or [line.strip() for line in text.split("\n") if line.strip()]
        case Shape.LIST:
            items = (item.strip() for item in re.split(r"[;,\n]", text))
            return _nested(text, "[") or [_item(item, column.item) for item in items if item]
        case Shape.TEXT | Shape.FIGURE:
            return _nested(text, "{") or text
        case Shape.DATA:
            return _nested(text, "{[") or text
        case _:
            return text


def _chosen(text: str, choices: Collection[str]) -> str:
    """The word that people mean in any letter case, with blanks or hyphens for underscores; other texts as they are."""
    word = "_".join(re.split(r"[\s_-]+", text.strip().lower()))
    return word if word in choices else text


def _nested(text: str, starts: str) -> object:
    """JSON that somebody wrote without saying so; None if it is none."""
    if text[0] not in starts:
        return None
    try:
        return _loaded(text)
    except FieldError:
        return None


def _loaded(text: str) -> object:
    try:
        loaded: object = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (json.JSONDecodeError, RecursionError) as fault:
        said = message("not JSON: %(fault)s", fault=getattr(fault, "msg", message("too deeply nested")))
        raise FieldError(said, message("text that starts with 'json:' is JSON from there on")) from None
    return loaded


def _item(text: str, cls: type | None) -> object:
    if cls in SHORTHANDS and "=" in text:
        first, second = _pair(cls)
        left, _, right = text.partition("=")
        return {first: left.strip(), second: _chosen(right.strip(), _words(cls, second))}
    return text


@cache
def _words(cls: type, name: str) -> tuple[str, ...]:
    """The words that a field of a small object may hold; none for any."""
    hint = get_type_hints(cls)[name]
    return tuple(word.value for word in hint) if isinstance(hint, type) and issubclass(hint, StrEnum) else ()
