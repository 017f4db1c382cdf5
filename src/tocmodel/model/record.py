"""What every element of a model has, and how its fields are read: one converter for each kind of field.

The same converters serve the classes, the builder and the files, so a value is read in one way everywhere.
"""

import copyreg
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, TypeVar

from attrs import NOTHING, field, fields, frozen

from tocmodel.errors import FieldError, nearest
from tocmodel.figures import Citation, to_decimal
from tocmodel.messages import All, Term, message
from tocmodel.model.texts import Text
from tocmodel.periods import Period, to_date
from tocmodel.words import Word, in_words, unknown_word

__all__ = ["Basis", "Judgement", "Record", "Sensitivity", "Text", "Titled"]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Basis(Word):
    """Who says so: whether a source carries an element, or its author adds it."""

    STATED = "stated"
    """A source states it as a fact."""
    INTENDED = "intended"
    """A source states it as a purpose, not as a result."""
    PLANNED = "planned"
    """A plan or terms of reference state it."""
    INFERRED = "inferred"
    """The author of the model infers it."""


class Sensitivity(Word):
    """How far an element may travel."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"


def converted(converter: object, value: object) -> object:
    """A value as a field's converter reads it; a field for text takes no list and no mapping for text.

    Raises:
        FieldError: if it cannot be read.
    """
    if converter is str and not isinstance(value, str) and isinstance(value, Mapping | list | tuple):
        said = message("not a text: %(value)s", value=repr(value))
        raise FieldError(said, message("write it in words, in quotes if it holds colons or brackets"))
    return converter(value) if callable(converter) else value


def to_id(value: object) -> str:
    """Read an id: any text without blanks, slashes or control characters.

    Raises:
        FieldError: if it is empty or holds one of these.
    """
    text = "" if value is None or (not isinstance(value, str) and isinstance(value, Mapping | list | tuple)) else str(value)
    if not text or "/" in text or not text.isprintable() or " " in text:
        said = message("not an id: %(text)s", text=repr(text or value))
        raise FieldError(said, message("an id has at least one character, no blanks and no slash"))
    return text


def optional_id(value: object) -> str | None:
    """Read an id, or None."""
    return None if value is None else to_id(value)


def optional_number(value: object) -> Decimal | None:
    """Read an exact number, or None."""
    return None if value is None else to_decimal(value)


def optional_day(value: object) -> date | None:
    """Read a civil date, or None."""
    return None if value is None else to_date(value)


def optional_period(value: object) -> Period | None:
    """Read a period or a day, or None."""
    return None if value is None else Period.read(value)


def whole(value: object) -> int:
    """Read a whole number.

    Raises:
        FieldError: if it is not whole, or beyond all measure.
    """
    number = to_decimal(str(value) if isinstance(value, Decimal) else value)
    if number != number.to_integral_value():
        said = message("not a whole number: %(value)s", value=repr(value))
        raise FieldError(said)
    return int(number)


def optional_whole(value: object) -> int | None:
    """Read a whole number, or None."""
    return None if value is None else whole(value)


def flag(value: object) -> bool:
    """Read true or false; ``yes`` and ``no`` will do.

    Raises:
        FieldError: if it is neither.
    """
    if isinstance(value, bool):
        return value
    words = {"true": True, "yes": True, "false": False, "no": False}
    answer = words.get(str(value).strip().lower())
    if answer is None:
        said = message("neither true nor false: %(value)s", value=repr(value))
        raise FieldError(said, message("write true or false"))
    return answer


def optional_flag(value: object) -> bool | None:
    """Read true or false, or None where nobody said."""
    return None if value is None else flag(value)


def choice(words: type[E]) -> Callable[[object], E]:
    """A reader of one of the words of an enumeration."""

    def read(value: object) -> E:
        try:
            return words(str(value))
        except ValueError:
            raise unknown_word(words, value) from None

    return read


def optional_choice(words: type[E]) -> Callable[[object], E | None]:
    """A reader of one of the words of an enumeration, or None."""
    read = choice(words)
    return lambda value: None if value is None else read(value)


def many(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """A reader of a list; a single item will do."""

    def read_all(value: object) -> tuple[T, ...]:
        if value is None or value == ():
            return ()
        if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
            return (read(value),)
        return tuple(_item(read, item, index) for index, item in enumerate(value))

    return read_all


def _item(read: Callable[[object], T], item: object, index: int) -> T:
    try:
        return read(item)
    except FieldError as fault:
        said = message("item %(number)s: %(fault)s", number=index + 1, fault=fault.message)
        raise FieldError(said, fault.hint) from None


ids = many(to_id)


def part(cls: type[T], *, shorthand: str = "") -> Callable[[object], T]:
    """A reader of a small object inside a record: itself, a mapping of its fields, or the one field of the shorthand."""

    def read(value: object) -> T:
        if isinstance(value, cls):
            return value
        if isinstance(value, Mapping):
            return cls(**_part_fields(cls, value))
        if shorthand and value is not None and not isinstance(value, list | tuple):
            return cls(**{shorthand: value})
        said = message("no %(part)s: %(value)s", part=Term(in_words(cls)), value=repr(value))
        raise FieldError(said)

    return read


def _part_fields(cls: type, given: Mapping[str, object]) -> dict[str, object]:
    attributes = {attribute.name: attribute for attribute in fields(cls)}
    for key in given:
        if key not in attributes:
            said = message("%(part)s: it has no %(key)s", part=Term(in_words(cls)), key=repr(str(key)))
            raise FieldError(said, nearest(str(key), attributes))
    held = {key: converted(attributes[key].converter, value) for key, value in given.items() if value is not None}
    missing = [name for name, attribute in attributes.items() if attribute.default is NOTHING and name not in held]
    if missing:
        said = message("%(part)s: it needs %(names)s", part=Term(in_words(cls)), names=All(map(repr, missing)))
        raise FieldError(said)
    return held


def optional_part(cls: type[T], *, shorthand: str = "") -> Callable[[object], T | None]:
    """A reader as `part`, or None."""
    read = part(cls, shorthand=shorthand)
    return lambda value: None if value is None else read(value)


def cite(value: object) -> Citation | None:
    """Read where something stands, or None."""
    return None if value is None else Citation.read(value)


def frozen_data(value: object) -> object:
    """Foreign data, made unchangeable."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict | Mapping):  # the test for a dict is quick
        return MappingProxyType({str(key): frozen_data(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen_data(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int | float | Decimal):
        return value
    said = message("no data that a file can hold: %(value)s", value=repr(value))
    raise FieldError(said, message("write text, numbers, true, false, lists and mappings"))


def _unchangeable(held: dict[str, object]) -> "MappingProxyType[str, object]":
    return MappingProxyType(held)


copyreg.pickle(MappingProxyType, lambda held: (_unchangeable, (dict(held),)))  # so that models can be copied and sent to other processes


def thawed_data(value: object) -> object:
    """Foreign data as plain dicts and lists, for writing."""
    if isinstance(value, Mapping):
        return {key: thawed_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [thawed_data(item) for item in value]
    if isinstance(value, Decimal):  # a number of a file, which keeps its digits as text where a float cannot hold them
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    return value.value if isinstance(value, StrEnum) else value


def _as_text(value: object) -> str:
    return json.dumps(thawed_data(value), sort_keys=True, default=str)


_NO_EXTENSIONS: Mapping[str, object] = MappingProxyType({})


def _extensions(value: object) -> Mapping[str, object]:
    if value is _NO_EXTENSIONS:
        return _NO_EXTENSIONS
    if not isinstance(value, Mapping):
        said = message("extensions are a mapping of a namespace to its data, not %(value)s", value=repr(value))
        raise FieldError(said, message("write extensions: {namespace: …}"))
    frozen_mapping = frozen_data(value)
    assert isinstance(frozen_mapping, Mapping)
    return frozen_mapping


@frozen(kw_only=True)
class Record:
    """What every element of a model has.

    Attributes:
        id: unique in the model; stable for ever.
        basis: who says so; None where the author does not say.
        source: where it stands.
        note: the author's remark.
        formerly: ids that it had before.
        sensitivity: how far it may travel; None where not said.
        extensions: data of other programs, by namespace; kept and written back.
    """

    section: ClassVar[str] = ""
    """The name of the list that holds such records in a file."""

    id: str = field(converter=to_id)
    basis: Basis | None = field(default=None, converter=optional_choice(Basis))
    source: Citation | None = field(default=None, converter=cite)
    note: Text = field(default=Text(), converter=Text.read)
    formerly: tuple[str, ...] = field(default=(), converter=ids)
    sensitivity: Sensitivity | None = field(default=None, converter=optional_choice(Sensitivity))
    extensions: Mapping[str, object] = field(default=_NO_EXTENSIONS, converter=_extensions, eq=_as_text)


@frozen(kw_only=True)
class Titled(Record):
    """A record with a title.

    Attributes:
        title: a short name in words.
        description: more of it.
    """

    title: Text = field(converter=Text.read)
    description: Text = field(default=Text(), converter=Text.read)


@frozen(kw_only=True)
class Judgement:
    """What somebody judged, with who, when and why: no number enters a model without them.

    Attributes:
        low: the lowest probability held possible, 0 to 1; None where only a level is given.
        high: the highest.
        level: a word of a scale or rubric, such as ``moderate``.
        rubric: the id of the rubric that the level belongs to.
        by: who judged.
        on: when.
        why: the grounds.
    """

    low: Decimal | None = field(default=None, converter=optional_number)
    high: Decimal | None = field(default=None, converter=optional_number)
    level: str = field(default="", converter=str)
    rubric: str = field(default="", converter=str)
    by: str = field(default="", converter=str)
    on: str = field(default="", converter=str)
    why: Text = field(default=Text(), converter=Text.read)

    def __attrs_post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            said = message("a judged range needs both ends")
            raise FieldError(said, message("write low and high, the same number twice for a point"))
        if self.low is not None and self.high is not None and not 0 <= self.low <= self.high <= 1:
            said = message("not a range of probabilities: %(low)s to %(high)s", low=self.low, high=self.high)
            raise FieldError(said, message("write 0 <= low <= high <= 1"))
        if self.low is None and not self.level:
            said = message("a judgement without a range or a level")
            raise FieldError(said, message("write low and high, or a level"))


def judged(value: object) -> Judgement | None:
    """Read a judgement, or None."""
    return optional_part(Judgement)(value)
