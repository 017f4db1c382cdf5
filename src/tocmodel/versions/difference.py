"""What a revision changed: elements added, removed and changed, in the field's words."""

from collections.abc import Iterator, Mapping

from attrs import fields, frozen

from tocmodel.errors import DifferenceDoesNotFitError
from tocmodel.figures import Figure
from tocmodel.figures.display import shown
from tocmodel.model import (
    Actual,
    Baseline,
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
        return f"{self.name.replace('_', ' ')}: {_way(self.old, self.new)}"


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
    Column("in", lambda change: change.section.replace("_", " ")),
    Column("element", lambda change: change.id),
    Column("what changed", lambda change: change.sentence),
)


@frozen(repr=False)
class Difference(Table[Change]):
    """Everything that a revision changed, section by section; empty if nothing did."""

    @property
    def footer(self) -> tuple[str, ...]:
        """How many elements were added, removed and changed, and the notes."""
        counts = ", ".join(f"{sum(change.how is how for change in self.rows)} {how}" for how in How)
        return (counts if self.rows else "nothing changed", *self.notes)


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
    return Difference(rows, COLUMNS, f"What changed in {new.programme.title or new.programme.id}", new.programme.notices)


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
    sentence = _said(record, name, changed) if how is How.CHANGED else f"{name} {how}{_content(record)}"
    return Change(how, list_name(type(record)), record.id, old, new, changed, sentence)


def _fields(old: Record, new: Record) -> Iterator[FieldChange]:
    if type(old) is not type(new):
        yield FieldChange("kind", kind_name((type(old),)), kind_name((type(new),)))
    names = [attribute.name for attribute in fields(type(new))]
    for name in (*names, *(attribute.name for attribute in fields(type(old)) if attribute.name not in names)):
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before != after:
            yield FieldChange(file_name(name), before, after)


def _name(record: Record, model: TheoryOfChange) -> str:
    """What an element is called in a sentence."""
    kind = kind_name((type(record),))
    if isinstance(record, Link):
        return f"link from “{_title(model, record.from_)}” to “{_title(model, record.to)}”"
    if isinstance(record, Value):
        part = f", {record.slice}" if record.slice else ""
        period = f" in {record.period}" if record.period else ""
        return f"{record.kind} of “{_title(model, record.indicator)}”{part}{period}"
    if isinstance(record, Titled):
        return f"{record.kind if isinstance(record, Node) else kind} “{record.title or record.id}”"
    return f"{kind} {record.id}"


def _title(model: TheoryOfChange, id: str) -> str:
    record = model.by_id.get(id)
    return str(record.title) if isinstance(record, Titled) and record.title else id


def _content(record: Record) -> str:
    if isinstance(record, Value):
        return f": {shown(record.figure)}"
    if isinstance(record, Evidence) and record.statement:
        return f": {record.statement}"
    return ""


_VERBS: dict[type[Record], str] = {Target: "revised", Actual: "corrected", Baseline: "corrected"}


def _said(record: Record, name: str, changed: tuple[FieldChange, ...]) -> str:
    """A changed element in a sentence: figures first, then every other field."""
    by_name = {change.name: change for change in changed}
    if "title" in by_name and isinstance(record, Node | Source) and len(changed) == 1:
        return f"“{by_name['title'].old}” now reads “{record.title}”"
    figure = by_name.get("figure")
    if figure is None or not isinstance(record, Value):
        return f"{name}: {'; '.join(map(str, changed))}"
    others = "".join(f"; {change}" for change in changed if change is not figure)
    alike = _words(figure.old) == _words(figure.new) and getattr(figure.old, "bounds", None) == getattr(figure.new, "bounds", None)
    verb = "" if alike else f" {_VERBS[type(record)]}"
    return f"{name}{verb}: {_way(figure.old, figure.new)}{others}"


def _way(old: object, new: object) -> str:
    """From what to what; where two figures read alike, what else is different."""
    if not isinstance(old, Figure) or not isinstance(new, Figure) or _words(old) != _words(new):
        return f"{_words(old)} → {_words(new)}"
    told: list[str] = []
    if old.bounds != new.bounds:
        told.append(f"bounds {old.bounds} → {new.bounds}")
    if old.unit != new.unit:
        told.append(f"unit {_words(old.unit)} → {_words(new.unit)}")
    if old.printed != new.printed:
        same = "written differently, the same value" if old.bounds is not None else "written differently, missing as before"
        told.append(f"{'written' if told else f'{same}:'} {_quoted(old)} → {_quoted(new)}")
    if old.source != new.source:
        told.append(f"source {old.source or 'nothing'} → {new.source or 'nothing'}")
    return ", ".join(told)


def _quoted(figure: Figure) -> str:
    return f"“{figure.printed}”" if figure.printed else "nothing"


def _words(value: object) -> str:
    """A value of a field for people."""
    if value is None or value == () or value == Text():
        return "nothing"
    if isinstance(value, Figure):
        return shown(value)
    if isinstance(value, tuple):
        return ", ".join(map(_words, value))
    held = plain_value(value, "")
    if isinstance(held, dict):
        return ", ".join(f"{key or 'text'} {text}" for key, text in held.items())
    return str(held)
