"""What a revision changed: elements added, removed and changed, in the field's words."""

from collections.abc import Iterator, Mapping

from attrs import fields, frozen

from tocmodel.errors import DifferenceDoesNotFitError
from tocmodel.figures import Figure
from tocmodel.figures.display import apart, shown
from tocmodel.messages import Message, Term, message, messages
from tocmodel.model import (
    Evidence,
    Link,
    Node,
    Programme,
    Record,
    Source,
    Target,
    Text,
    TheoryOfChange,
    Value,
)
from tocmodel.model.assembly import file_name
from tocmodel.model.plain import plain_value
from tocmodel.model.record import Titled
from tocmodel.model.references import REFERENCES, kind_name
from tocmodel.model.theory import list_name
from tocmodel.tables import Column, Table
from tocmodel.words import Word


class How(Word):
    """What happened to an element."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen
class FieldChange:
    """A field that holds something else than before.

    Attributes:
        name: the field's name, as in files.
        old: what it held.
        new: what it holds.
    """

    name: str
    old: object
    new: object

    def __str__(self) -> str:
        return message("%(name)s: %(value)s", name=self.name.replace("_", " "), value=_way(self.old, self.new))


@frozen
class Change:
    """What happened to one element.

    Attributes:
        how: added, removed or changed.
        section: the list of the model that it belongs to.
        id: its id, the new one where it was renamed.
        old: the element before; None where it was added.
        new: the element after; None where it was removed.
        fields: the fields that changed.
        sentence: what happened, in the field's words.
    """

    how: How
    section: str
    id: str
    old: Record | None
    new: Record | None
    fields: tuple[FieldChange, ...]
    sentence: str

    def record(self) -> dict[str, object]:
        """The change as one flat record."""
        return {
            "how": self.how.value,
            "section": self.section,
            "id": self.id,
            "fields": " ".join(item.name for item in self.fields),
            "change": self.sentence,
        }


COLUMNS: tuple[Column[Change], ...] = (
    Column(message("in"), lambda change: change.section.replace("_", " ")),
    Column(message("element"), lambda change: change.id),
    Column(message("what changed"), lambda change: change.sentence),
)


@frozen(repr=False)
class Difference(Table[Change]):
    """Everything that a revision changed, section by section; empty if nothing did."""

    @property
    def footer(self) -> tuple[str, ...]:
        """How many elements were added, removed and changed, and the notes."""
        if not self.rows:
            return (message("nothing changed"), *self.notes)
        added, removed, changed = (sum(change.how is how for change in self.rows) for how in How)
        counts = (
            messages("%(num)s added", "%(num)s added", added),
            messages("%(num)s removed", "%(num)s removed", removed),
            messages("%(num)s changed", "%(num)s changed", changed),
        )
        return (message("%(value)s", value=counts), *self.notes)


def diff(old: TheoryOfChange, new: TheoryOfChange) -> Difference:
    """Compare two versions of a model, element by element.

    Elements are the same if they have the same id, or if the new one names the old id in ``formerly``.

    Args:
        old: the model before.
        new: the model after.

    Example:
        >>> from tocmodel.model import TheoryOfChange
        >>> def plan(target):
        ...     draft = TheoryOfChange.build("clubs", "Reading clubs")
        ...     clubs = draft.activity("clubs-meet", "Clubs meet")
        ...     _ = draft.target(draft.indicator("pupils", "Pupils in clubs", of=clubs, unit="person"), target)
        ...     return draft.done()
        >>> print(diff(plan(100), plan(120)).one().sentence)
        target of “Pupils in clubs” revised: 100 → 120
    """
    before, after = _by_id(old), _by_id(new)
    renamed = successors(old, new)
    changes: list[Change] = []
    if old.programme != new.programme:
        changes.append(_change(How.CHANGED, old.programme, new.programme, new))
    for id, record in before.items():
        successor = after.get(renamed.get(id, id))
        if successor is None:
            changes.append(_change(How.REMOVED, record, None, old))
        elif successor != record:
            changes.append(_change(How.CHANGED, record, successor, new))
    known = {renamed.get(id, id) for id in before}
    changes += [_change(How.ADDED, None, record, new) for id, record in after.items() if id not in known]
    order = [list_name(kind) for kind in REFERENCES]
    rows = tuple(sorted(changes, key=lambda change: order.index(change.section)))
    return Difference(
        rows, COLUMNS, message("What changed in %(programme)s", programme=new.programme.title or new.programme.id), new.programme.notices
    )


def apply(difference: Difference, model: TheoryOfChange) -> TheoryOfChange:
    """The model with the changes of a difference: ``apply(diff(old, new), old)`` equals ``new``.

    Args:
        difference: what changed.
        model: the model that it is put on; every changed or removed element must stand in it as it did before.

    Raises:
        DifferenceDoesNotFitError: if an element is not as it was; the message names every one.
        InvalidModelError: if the result does not fit together.
    """
    standing = _by_id(model)
    misfits = [change.id for change in difference if not _fits(change, model.programme, standing)]
    if misfits:
        raise DifferenceDoesNotFitError(misfits)
    was = {change.old.id: change.new for change in difference if change.old is not None and not isinstance(change.old, Programme)}
    kept = [was.get(id, record) for id, record in standing.items()]
    added = [change.new for change in difference if change.old is None]
    programme = next((change.new for change in difference if isinstance(change.new, Programme)), model.programme)
    return TheoryOfChange.of(programme, [record for record in (*kept, *added) if record is not None])


def successors(old: TheoryOfChange, new: TheoryOfChange) -> dict[str, str]:
    """The new ids of elements that name their old one in ``formerly``: each old id has one successor, each new element one predecessor."""
    before, after = _by_id(old), _by_id(new)
    renamed: dict[str, str] = {}
    for record in after.values():
        gone = [former for former in record.formerly if former in before and former not in after and former not in renamed]
        if gone and record.id not in before:
            renamed[gone[0]] = record.id
    return renamed


def _by_id(model: TheoryOfChange) -> dict[str, Record]:
    """Every record by its id, without the programme, which is the same element whatever its id."""
    return {record.id: record for record in model.records()}


def _fits(change: Change, programme: Programme, standing: Mapping[str, Record]) -> bool:
    """Whether an element stands in a model as it did before, and a new one finds its id free."""
    if isinstance(change.old, Programme):
        return programme == change.old
    if change.old is not None and standing.get(change.old.id) != change.old:
        return False
    return change.new is None or change.new.id not in standing or (change.old is not None and change.old.id == change.new.id)


def _change(how: How, old: Record | None, new: Record | None, model: TheoryOfChange) -> Change:
    record = new if new is not None else old
    assert record is not None
    changed = tuple(_fields(old, new)) if old is not None and new is not None else ()
    name = _name(record, model)
    sentence = _said(record, name, changed) if how is How.CHANGED else _come_or_gone(how, name, _content(record))
    return Change(how, list_name(type(record)), record.id, old, new, changed, sentence)


def _come_or_gone(how: How, name: Message, content: str | Text) -> Message:
    if how is How.ADDED:
        return message("%(name)s added: %(content)s", name=name, content=content) if content else message("%(name)s added", name=name)
    return message("%(name)s removed: %(content)s", name=name, content=content) if content else message("%(name)s removed", name=name)


def _fields(old: Record, new: Record) -> Iterator[FieldChange]:
    if type(old) is not type(new):
        yield FieldChange("kind", kind_name((type(old),)), kind_name((type(new),)))
    names = [attribute.name for attribute in fields(type(new))]
    for name in (*names, *(attribute.name for attribute in fields(type(old)) if attribute.name not in names)):
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before != after:
            yield FieldChange(file_name(name), before, after)


def _name(record: Record, model: TheoryOfChange) -> Message:
    """What an element is called in a sentence."""
    kind = Term(kind_name((type(record),)))
    if isinstance(record, Link):
        return message("link from “%(start)s” to “%(end)s”", start=_title(model, record.from_), end=_title(model, record.to))
    if isinstance(record, Value):
        named = message("%(kind)s of “%(title)s”", kind=Term(record.kind), title=_title(model, record.indicator))
        named = message("%(value)s, %(part)s", value=named, part=str(record.slice)) if record.slice else named
        return message("%(value)s in %(period)s", value=named, period=record.period) if record.period else named
    if isinstance(record, Titled):
        return message(
            "%(kind)s “%(title)s”", kind=Term(record.kind) if isinstance(record, Node) else kind, title=record.title or record.id
        )
    return message("%(kind)s %(id)s", kind=kind, id=record.id)


def _title(model: TheoryOfChange, id: str) -> str | Text:
    record = model.by_id.get(id)
    return record.title if isinstance(record, Titled) and record.title else id


def _content(record: Record) -> str | Text:
    if isinstance(record, Value):
        return shown(record.figure)
    return record.statement if isinstance(record, Evidence) else ""


def _said(record: Record, name: Message, changed: tuple[FieldChange, ...]) -> Message:
    """A changed element in a sentence: figures first, then every other field."""
    by_name = {change.name: change for change in changed}
    if "title" in by_name and isinstance(record, Node | Source) and len(changed) == 1:
        return message("“%(old)s” now reads “%(new)s”", old=by_name["title"].old, new=record.title)
    figure = by_name.get("figure")
    others = [str(change) for change in changed if change is not figure]
    if figure is None or not isinstance(record, Value):
        return message("%(name)s: %(value)s", name=name, value=apart(others))
    value = apart([_way(figure.old, figure.new), *others])
    alike = _words(figure.old) == _words(figure.new) and getattr(figure.old, "bounds", None) == getattr(figure.new, "bounds", None)
    if alike:
        return message("%(name)s: %(value)s", name=name, value=value)
    if isinstance(record, Target):
        return message("%(name)s revised: %(value)s", name=name, value=value)
    return message("%(name)s corrected: %(value)s", name=name, value=value)


def _way(old: object, new: object) -> str:
    """From what to what; where two figures read alike, what else is different."""
    if not isinstance(old, Figure) or not isinstance(new, Figure) or _words(old) != _words(new):
        return message("%(old)s → %(new)s", old=_words(old), new=_words(new))
    told: list[str] = []
    if old.bounds != new.bounds:
        told.append(message("bounds %(old)s → %(new)s", old=str(old.bounds), new=str(new.bounds)))
    if old.unit != new.unit:
        told.append(message("unit %(old)s → %(new)s", old=_words(old.unit), new=_words(new.unit)))
    if old.printed != new.printed:
        ends = {"old": _quoted(old), "new": _quoted(new)}
        if told:
            told.append(message("written %(old)s → %(new)s", **ends))
        elif old.bounds is not None:
            told.append(message("written differently, the same value: %(old)s → %(new)s", **ends))
        else:
            told.append(message("written differently, missing as before: %(old)s → %(new)s", **ends))
    if old.source != new.source:
        told.append(message("source %(old)s → %(new)s", old=old.source or _NOTHING, new=new.source or _NOTHING))
    return message("%(value)s", value=tuple(told))


_NOTHING = message("nothing")


def _quoted(figure: Figure) -> str:
    return message("“%(title)s”", title=figure.printed) if figure.printed else _NOTHING


def _words(value: object) -> str:
    """A value of a field for people."""
    if value is None or value == () or value == Text():
        return _NOTHING
    if isinstance(value, Figure):
        return shown(value)
    if isinstance(value, tuple):
        return ", ".join(map(_words, value))
    held = plain_value(value, "")
    if isinstance(held, dict):
        return ", ".join(f"{key or 'text'} {text}" for key, text in held.items())
    return str(held)
