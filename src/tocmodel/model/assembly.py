"""How records become a model: every fault that keeps them from fitting together is found at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar, cast, get_args

from attrs import NOTHING, Attribute, evolve, fields, frozen, has

from tocmodel.errors import FieldError, InvalidModelError, UnknownUnitError, nearest
from tocmodel.figures import Figure, Missing
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.messages import All, Term, message
from tocmodel.model.assessment import Rubric, RubricRating
from tocmodel.model.indicators import Actual, Change, Dimension, Indicator, IndicatorKind, Target, ValueFields
from tocmodel.model.links import CausalPackage, Link
from tocmodel.model.programme import Programme
from tocmodel.model.record import Record, Text, converted
from tocmodel.model.references import Reference, kind_name, references
from tocmodel.units import factor

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Locate = Callable[[Record, str], Place]
"""Tells where a field of a record stands; an empty field name means the record itself."""


UNREADABLE = "M08"
"""The code of findings about figures that cannot be read."""


def in_code(record: Record, field: str) -> Place:
    """The place of a record that was built in code: its id and field."""
    return Place.of(record.id, field)


def file_name(attribute: str) -> str:
    """A field's name as it stands in files: ``from`` for ``from_``."""
    return attribute.removesuffix("_")


def make(
    cls: type[R], given: Mapping[str, object], where: Callable[[str], Place], *, beside: Iterable[str] = ()
) -> tuple[R | None, list[Finding]]:
    """Make a record from loose values, and say everything that is wrong with them.

    Args:
        cls: the class of the record.
        given: values by field name as in files; None is the same as leaving the field out.
        where: the place of a field.
        beside: the names of what may stand beside its fields in a file, for hints.

    Returns:
        The record without the fields that are at fault, so that whatever names it can be checked all the same, or None
        if a field it cannot do without is at fault; and the faults.
    """
    record = _made_at_once(cls, given)
    return (record, []) if record is not None else _made_field_by_field(cls, given, where, beside)


def _made_field_by_field(
    cls: type[R], given: Mapping[str, object], where: Callable[[str], Place], beside: Iterable[str]
) -> tuple[R | None, list[Finding]]:
    attributes = _attributes(cls)
    needed = [name for name in _needed(cls) if name not in given]
    hint = message("every %(kind)s has one", kind=Term(kind_name((cls,))))
    faults = [
        Finding("F03", Severity.ERROR, evolve(where(""), field=name), message("%(name)s is missing", name=repr(name)), hint)
        for name in needed
    ]
    values: dict[str, object] = {}
    for name, value in given.items():
        attribute = attributes.get(name)
        if attribute is None:
            said = message("unknown key: %(name)s", name=repr(name))
            faults.append(Finding("F02", Severity.ERROR, where(name), said, nearest(name, (*attributes, *beside), most=None)))
        elif value is not None or name in _needed(cls):
            fault = _convert(attribute, value, values)
            faults += [Finding(fault.code, Severity.ERROR, where(name), fault.message, fault.hint)] if fault else []
    if any(attributes[name].name not in values for name in _needed(cls)):
        return None, faults
    left_out = {name for name, value in given.items() if value is not None and name in attributes and attributes[name].name not in values}
    try:
        return cls(**values), faults  # type: ignore[arg-type]
    except FieldError as fault:
        if left_out and (not fault.about or left_out & set(fault.about)):
            return None, faults  # what a field at fault leaves open is no second fault
        return None, [*faults, Finding("F04", Severity.ERROR, where(""), fault.message, fault.hint)]


def id_given(given: Mapping[str, object]) -> str:
    """The id that a record would have had, if nothing else were wrong with it; empty where nobody can tell."""
    if given.get("id") is not None:
        return str(given["id"])
    return f"{given['from']}->{given['to']}" if "from" in given and "to" in given else ""


def _made_at_once(cls: type[R], given: Mapping[str, object]) -> R | None:
    """The record, where nothing is wrong with it; None where its fields must be read one by one to say what is."""
    attributes = _attributes(cls)
    try:
        held: dict[str, object] = {}
        for name, value in given.items():
            attribute = attributes[name]
            if value is not None:
                if cast("object", attribute.converter) is str and type(value) is not str:
                    return None
                held[attribute.name] = value
        return cls(**held)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


@cache
def _attributes(cls: type[Record]) -> "dict[str, Attribute[object]]":
    return {file_name(attribute.name): attribute for attribute in fields(cls)}


@cache
def _needed(cls: type[Record]) -> tuple[str, ...]:
    """The fields, as named in files, that a record cannot do without."""
    return tuple(name for name, attribute in _attributes(cls).items() if attribute.default is NOTHING)


@frozen
class _Fault:
    """What is wrong with a value, before anybody asks where it stands."""

    code: str
    message: str
    hint: str


def _convert(attribute: "Attribute[object]", value: object, values: dict[str, object]) -> _Fault | None:
    try:
        values[attribute.name] = converted(attribute.converter, value)
    except UnknownUnitError as fault:
        return _Fault("M05", fault.message, fault.hint)
    except FieldError as fault:
        return _Fault("F04", fault.message, fault.hint)
    except (TypeError, ValueError, AttributeError) as fault:
        return _Fault("F04", message("cannot be read: %(value)s", value=repr(value)), str(fault))
    return None


def assemble(
    programme: Programme,
    records: Iterable[Record],
    locate: Locate = in_code,
    faults: Sequence[Finding] = (),
    lost: Collection[str] = (),
) -> tuple[Programme, tuple[Record, ...], tuple[Finding, ...]]:
    """Fit a programme and records together.

    Args:
        programme: the programme.
        records: all other records, in authored order.
        locate: where each stands.
        faults: what was already found wrong; reported together with the rest.
        lost: ids of records that could not be made, which is a fault already; naming them is no second one.

    Returns:
        The programme and the records, with values named and texts in the default language, and findings about data that
        could not be read.

    Raises:
        InvalidModelError: if ids are used twice or not defined, or records contradict each other; it holds every fault.
    """
    spoken = _default(programme, programme.language)
    locations: dict[int, Record] = {id(spoken): programme}
    finished = list(_finished(list(records), programme.language, locations))
    by_id: dict[str, Record] = {programme.id: spoken}
    found, gone = list(faults), frozenset(lost)

    def place(record: Record, field: str = "") -> Place:
        return locate(locations.get(id(record), record), field)

    for record in finished:
        if record.id in by_id:
            said = message("the id %(id)s is used twice", id=repr(record.id))
            hint = message("one of the two needs another id; the other stands in %(section)s", section=repr(by_id[record.id].section))
            found.append(Finding("M01", Severity.ERROR, place(record, "id"), said, hint))
        by_id.setdefault(record.id, record)
    named = [(record, tuple(references(record))) for record in (spoken, *finished)]
    for record, named_by_it in named:
        found += _reference_faults(record, [one for one in named_by_it if one.id in by_id or one.id not in gone], by_id, place)
        found += _contradictions(record, by_id, place)
    found += _circles(named, by_id, place)
    found += _mixed_units(finished, by_id, place)
    errors = in_order(found)
    if errors:
        raise InvalidModelError(errors, f"the model {programme.id!r}")
    return spoken, tuple(finished), in_order(_unreadable(finished, place))


def _finished(records: list[Record], language: str, origin: dict[int, Record]) -> Iterator[Record]:
    """Records with texts in the default language, results in words as such, and values with ids of their own."""
    worded = {record.id: record for record in records if isinstance(record, Indicator) and record.kind in _IN_WORDS}
    suffixes = _suffixes(records)
    for record in records:
        changes = _in_default_language(record, language)
        if isinstance(record, ValueFields):
            indicator = worded.get(record.indicator)
            if indicator is not None and record.figure.missing is Missing.NOT_READABLE and _speaks(record.figure.printed, indicator):
                changes["figure"] = Figure.in_words(record.figure.printed, source=record.figure.source)
            if id(record) in suffixes:
                changes["id"] = record.id + suffixes[id(record)]
        finished = evolve(record, **changes) if changes else record
        origin[id(finished)] = record
        yield finished


def _in_default_language(held: object, language: str) -> dict[str, object]:
    """The fields of a record, or of a part of one, whose texts name the default language, with these texts as defaults."""
    changes: dict[str, object] = {}
    for name in _text_fields(type(held)):
        before: object = getattr(held, name)
        after = _default(before, language)
        if after is not before:
            changes[name] = after
    return changes


def _default(held: T, language: str) -> T:
    if isinstance(held, Text):
        return held.with_default(language)
    if isinstance(held, tuple):
        items = tuple(_default(item, language) for item in held)
        return cast("T", items) if any(one is not other for one, other in zip(items, held, strict=True)) else held
    changes = _in_default_language(held, language)
    return evolve(held, **changes) if changes else held  # type: ignore[type-var]


@cache
def _text_fields(cls: type) -> tuple[str, ...]:
    """The fields of a class that hold texts, themselves or in their parts."""
    return tuple(attribute.name for attribute in fields(cls) if _holds_text(attribute.type)) if has(cls) else ()


@cache
def _holds_text(kind: object) -> bool:
    """Whether what is annotated so may hold a text."""
    if isinstance(kind, type) and has(kind):
        return kind is Text or any(_holds_text(attribute.type) for attribute in fields(kind))
    return isinstance(kind, str) or any(map(_holds_text, get_args(kind)))


_IN_WORDS = frozenset({IndicatorKind.TEXT, IndicatorKind.MILESTONE, IndicatorKind.RATING})


def _speaks(printed: str, indicator: Indicator) -> bool:
    """Whether words are a result of the indicator: of a rating with a scale, only its levels are."""
    levels = {level.name.strip().casefold() for level in indicator.scale}
    return indicator.kind is not IndicatorKind.RATING or not levels or printed.strip().casefold() in levels


def _suffixes(records: list[Record]) -> dict[int, str]:
    """What tells values of the same indicator, period and slice apart; it depends on what they say, not on their order."""
    alike: dict[str, list[ValueFields]] = defaultdict(list)
    for record in records:
        if isinstance(record, ValueFields):
            alike[record.id].append(record)
    suffixes: dict[int, str] = {}
    for values in (held for held in alike.values() if len(held) > 1):
        unnamed = [value for value in values if value.id == own_name(value)]
        for number, value in enumerate(sorted(unnamed, key=_content)[1:], start=2):
            suffixes[id(value)] = f"#{number}"
    return suffixes


def own_name(value: ValueFields) -> str:
    """The id that a value gets from its indicator, period and slice."""
    name: str = fields(type(value)).id.default.factory(value)
    return name


def _content(value: ValueFields) -> tuple[str, ...]:
    when = (str(value.reported or ""), f"{value.sequence or 0:09d}", str(value.measured or "")) if isinstance(value, Actual) else ()
    return (*when, value.figure.printed, repr(value))


def _reference_faults(record: Record, named_by_it: Iterable[Reference], by_id: Mapping[str, Record], place: Locate) -> Iterator[Finding]:
    for reference in named_by_it:
        named = by_id.get(reference.id)
        if named is None:
            alike = [id for id, other in by_id.items() if isinstance(other, reference.kinds)]
            said = message("no %(kind)s has the id %(id)s", kind=Term(kind_name(reference.kinds)), id=repr(reference.id))
            yield Finding("M02", Severity.ERROR, place(record, reference.field), said, nearest(reference.id, alike))
        elif not isinstance(named, reference.kinds):
            said = message(
                "%(id)s is no %(kind)s but an element of the list %(section)s",
                id=repr(reference.id),
                kind=Term(kind_name(reference.kinds)),
                section=repr(type(named).section),
            )
            yield Finding("M03", Severity.ERROR, place(record, reference.field), said)


def _contradictions(record: Record, by_id: Mapping[str, Record], place: Locate) -> Iterator[Finding]:
    if isinstance(record, ValueFields):
        yield from _value_faults(record, by_id, place)
    elif isinstance(record, CausalPackage):
        for id in record.links:
            link = by_id.get(id)
            if isinstance(link, Link) and link.to != record.node:
                said = message("the link %(id)s leads to %(to)s, not to %(node)s", id=repr(id), to=repr(link.to), node=repr(record.node))
                yield Finding(
                    "M04", Severity.ERROR, place(record, "links"), said, message("a package holds only links that lead to its own node")
                )
    elif isinstance(record, RubricRating):
        rubric = by_id.get(record.rubric)
        if isinstance(rubric, Rubric):
            yield from _rating_faults(record, rubric, place(record, "levels"))
    elif isinstance(record, Dimension):
        yield from _category_faults(record, place)


def _value_faults(value: ValueFields, by_id: Mapping[str, Record], place: Locate) -> Iterator[Finding]:
    indicator = by_id.get(value.indicator)
    if isinstance(indicator, Indicator):
        yield from _unit_fault(value, indicator, place)
        yield from _slice_faults(value, indicator, by_id, place)
    replaced = by_id.get(value.supersedes or "")
    if isinstance(replaced, ValueFields) and replaced.indicator != value.indicator:
        said = message(
            "%(supersedes)s belongs to another indicator, %(indicator)s",
            supersedes=repr(value.supersedes),
            indicator=repr(replaced.indicator),
        )
        yield Finding("M07", Severity.ERROR, place(value, "supersedes"), said)


def _category_faults(dimension: Dimension, place: Locate) -> Iterator[Finding]:
    known = [category.id for category in dimension.categories]
    for twice in sorted({id for id in known if known.count(id) > 1}):
        said = message("the category %(twice)s stands twice", twice=repr(twice))
        yield Finding("M01", Severity.ERROR, place(dimension, "categories"), said, message("one of the two needs another id"))
    for category in dimension.categories:
        for member in category.members:
            if member not in known or member == category.id:
                said = message(
                    "%(id)s is made of %(member)s, which is no other category of %(dimension)s",
                    id=repr(category.id),
                    member=repr(member),
                    dimension=repr(dimension.id),
                )
                yield Finding("M06", Severity.ERROR, place(dimension, "categories"), said, nearest(member, set(known) - {category.id}))


_CHAINED = {
    "supersedes": message("it would be replaced by itself"),
    "derived": message("it would be calculated from itself"),
    "part_of": message("it would be part of itself"),
}


def _circles(named: Iterable[tuple[Record, Sequence[Reference]]], by_id: Mapping[str, Record], place: Locate) -> Iterator[Finding]:
    """Values that replace each other in a circle, and likewise indicators derived from, and sessions part of, each other."""
    steps = [
        (record.id, reference.id, reference.field)
        for record, named_by_it in named
        for reference in named_by_it
        if reference.field in _CHAINED
    ]
    if not steps:
        return
    import networkx as nx

    fields_of = {from_: field for from_, _, field in steps}
    graph: nx.DiGraph[str] = nx.DiGraph([(from_, to) for from_, to, _ in steps])
    for component in nx.strongly_connected_components(graph):
        first = min(component)
        if len(component) > 1 or graph.has_edge(first, first):
            said = message("%(ids)s: %(why)s", ids=tuple(map(repr, sorted(component))), why=_CHAINED[fields_of[first]])
            yield Finding("M09", Severity.ERROR, place(by_id[first], fields_of[first]), said, message("take one of the steps out"))


def _rating_faults(rating: RubricRating, rubric: Rubric, place: Place) -> Iterator[Finding]:
    for item in rating.levels:
        try:
            rubric.check(item)
        except FieldError as fault:
            yield Finding("M10", Severity.ERROR, place, fault.message, fault.hint)


def _unit_fault(value: ValueFields, indicator: Indicator, place: Locate) -> Iterator[Finding]:
    if value.figure.unit is None or indicator.unit is None or (isinstance(value, Target) and value.change is Change.PERCENT):
        return
    if isinstance(value, Target) and value.in_points_of(indicator.unit):
        return
    try:
        factor(value.figure.unit, indicator.unit)
    except FieldError as fault:
        hint = message("the indicator %(id)s is in %(unit)s", id=repr(indicator.id), unit=Term(indicator.unit))
        yield Finding("M05", Severity.ERROR, place(value, "figure"), fault.message, hint)


def _mixed_units(records: Iterable[Record], by_id: Mapping[str, Record], place: Locate) -> Iterator[Finding]:
    """Indicators that state no unit and have figures in several: people and cases could be added unnoticed."""
    units: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if isinstance(record, ValueFields) and record.figure.unit is not None:
            units[record.indicator].add(record.figure.unit)
    for id, found in units.items():
        indicator = by_id.get(id)
        if len(found) > 1 and isinstance(indicator, Indicator) and indicator.unit is None:
            said = message("the figures of %(id)s are in %(units)s", id=repr(id), units=All(map(Term, sorted(found))))
            yield Finding("M05", Severity.ERROR, place(indicator, "unit"), said, message("state the unit of the indicator"))


def _slice_faults(value: ValueFields, indicator: Indicator, by_id: Mapping[str, Record], place: Locate) -> Iterator[Finding]:
    known = [breakdown.dimension for breakdown in indicator.by]
    for dimension, category in value.slice:
        declared = by_id.get(dimension)
        if dimension not in known:
            said = message("the indicator %(id)s is not broken down by %(dimension)s", id=repr(indicator.id), dimension=repr(dimension))
            yield Finding(
                "M06", Severity.ERROR, place(value, "slice"), said, nearest(dimension, known) or message("name the dimension in its 'by'")
            )
        elif isinstance(declared, Dimension) and declared.categories:
            categories = [item.id for item in declared.categories]
            if category not in categories:
                said = message(
                    "the dimension %(dimension)s has no category %(category)s", dimension=repr(dimension), category=repr(category)
                )
                yield Finding("M06", Severity.ERROR, place(value, "slice"), said, nearest(category, categories))


def _unreadable(records: Sequence[Record], place: Locate) -> Iterator[Finding]:
    titles = {record.id: record.title for record in records if isinstance(record, Indicator)}
    for record in records:
        if isinstance(record, ValueFields) and record.figure.missing is Missing.NOT_READABLE:
            measured = titles.get(record.indicator) or record.indicator
            said = message(
                "the %(kind)s of “%(measured)s” cannot be read and counts as missing: %(why)s",
                kind=Term(record.kind),
                measured=measured,
                why=record.figure.not_readable,
            )
            yield Finding(UNREADABLE, Severity.WARNING, place(record, "figure"), said)
