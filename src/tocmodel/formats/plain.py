"""Records as plain data for text files, and back: the shape that YAML and JSON share.

A file is one mapping: ``tocmodel`` with the format's version, ``programme``, and a list for each kind of record. Baselines,
targets and actuals stand under their indicator.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeAlias, TypeVar

from tocmodel.errors import InvalidModelError, UnreadableFileError, nearest
from tocmodel.figures import Figure
from tocmodel.findings import Finding, Place, Severity
from tocmodel.messages import message
from tocmodel.model import (
    Baseline,
    Indicator,
    Programme,
    Record,
    Target,
    TheoryOfChange,
)
from tocmodel.model.assembly import id_given, make, own_name
from tocmodel.model.indicators import Actual, ValueFields
from tocmodel.model.plain import plain_fields
from tocmodel.model.references import SECTIONS

VERSION = 1
"""The version of the format that this library writes, and the newest that it reads."""

R = TypeVar("R", bound=Record)
PathInFile: TypeAlias = tuple[str | int, ...]
LineOf: TypeAlias = Callable[[PathInFile], int | None]

_LONGEST_VERSION = 9  # digits

VALUES: dict[str, type[ValueFields]] = {"baselines": Baseline, "targets": Target, "actuals": Actual}
"""The lists that stand under an indicator."""
MIGRATIONS: dict[int, Callable[[dict[str, object]], dict[str, object]]] = {}
"""For every older version, the step that makes it one version newer."""


def to_plain(model: TheoryOfChange) -> dict[str, object]:
    """A model as plain data, the content of a model file: mappings and lists that any JSON library writes.

    Numbers of the model are text, so that none loses a digit. `from_plain` is the way back: it gives an equal model.

    Example:
        >>> import json
        >>> from tocmodel import TheoryOfChange
        >>> draft = TheoryOfChange.build("clubs", "Clubs in schools")
        >>> clubs = draft.activity("clubs-meet", "Clubs meet")
        >>> json.dumps(to_plain(draft.done())["activities"])
        '[{"id": "clubs-meet", "title": "Clubs meet"}]'
    """
    language = model.programme.language
    document: dict[str, object] = {"tocmodel": VERSION, "programme": _record(model.programme, language)}
    values: dict[str, dict[str, list[object]]] = {}
    for name, held in (("baselines", model.baselines), ("targets", model.targets), ("actuals", model.actuals)):
        for value in held:
            values.setdefault(value.indicator, {}).setdefault(name, []).append(_record(value, language))
    for name, cls in SECTIONS.items():
        records = [record for record in _list_of(model, cls) if type(record) is cls]
        if not records or name in VALUES:
            continue
        document[name] = [
            {**_record(record, language), **(values.get(record.id, {}) if isinstance(record, Indicator) else {})} for record in records
        ]
    return document


def _list_of(model: TheoryOfChange, cls: type[Record]) -> tuple[Record, ...]:
    held: tuple[Record, ...] = getattr(model, cls.section, model.nodes)
    return held


def _record(record: Record, language: str) -> dict[str, object]:
    written = plain_fields(record, language)
    if isinstance(record, ValueFields):
        written.pop("indicator")
        if record.id == own_name(record):
            written.pop("id")
        if record.figure == Figure.gap() and record.numerator is not None and record.denominator is not None:
            written.pop("figure")
    elif written.get("id") == f"{written.get('from')}->{written.get('to')}":
        written.pop("id")
    return written


def from_plain(document: object, *, file: str = "", line_of: LineOf = lambda _: None, lost: Collection[str] = ()) -> TheoryOfChange:
    """The model that plain data describe, such as the body of a request: the content of a model file.

    Args:
        document: what `to_plain` gives, or what a JSON library reads.
        file: the file's name, for messages.
        line_of: the line of a path in the file, for messages.
        lost: ids of what the caller found at fault and left out of the document; naming them is no fault.

    Returns:
        The model. What could not be read in it, such as a figure that is no number, stands in its ``findings``.

    Raises:
        UnreadableFileError: with every fault and its place.

    Example:
        >>> from_plain({"tocmodel": 1, "programme": {"id": "clubs", "title": "Clubs in schools"}})
        <TheoryOfChange 'clubs': empty>
        >>> try:
        ...     from_plain({"tocmodel": 1, "programme": {"id": "clubs", "title": "Clubs", "period": "2022/2021"}, "outputs": [{"id": "o"}]})
        ... except UnreadableFileError as fault:
        ...     print([(finding.where.record, finding.where.field) for finding in fault.findings])
        [('outputs[0]', 'title'), ('programme', 'period')]
    """
    reader = _Reader(file, line_of, lost)
    if not isinstance(document, Mapping):
        raise reader.failure("F01", (), message("not a model: expected a mapping with 'tocmodel' and 'programme'"))
    return reader.model(_current({str(key): value for key, value in document.items()}, reader))


class _Reader:
    """Makes records of plain data, remembers where each stands, and collects every fault."""

    def __init__(self, file: str, line_of: LineOf, lost: Collection[str]) -> None:
        self._file = file
        self._line_of = line_of
        self._faults: list[Finding] = []
        self._paths: dict[int, PathInFile] = {}
        self._records: list[Record] = []
        self._lost = set(lost)

    def place(self, path: PathInFile, field: str = "") -> Place:
        return Place.of(path_text(path), field, self._file, self._line_of((*path, field) if field else path))

    def failure(self, code: str, path: PathInFile, said: str, hint: str = "") -> UnreadableFileError:
        return UnreadableFileError([Finding(code, Severity.ERROR, self.place(path), said, hint)], self._file or "the document")

    def model(self, content: dict[str, object]) -> TheoryOfChange:
        programme = self._programme(content)
        for name, held in content.items():
            self._check_section(name, held)
        for name, cls in SECTIONS.items():
            if name not in VALUES:
                for path, given in self._items(content.get(name), (name,)):
                    self._add(cls, given, path)
        try:
            return TheoryOfChange.of(programme, self._records, locate=self._locate, faults=self._faults, lost=self._lost)
        except InvalidModelError as fault:
            raise UnreadableFileError(fault.findings, self._file or "the document") from None

    def _programme(self, content: dict[str, object]) -> Programme:
        if "programme" in content:
            made = self._make(Programme, content.pop("programme"), ("programme",))
        else:
            made = None
            hint = message("write programme: {id: …, title: …}")
            self._faults.append(
                Finding("F03", Severity.ERROR, self.place(()), message("%(name)s is missing", name=repr("programme")), hint)
            )
        return made or Programme(id="programme", title="")

    def _check_section(self, name: str, held: object) -> None:
        if name in VALUES:
            said, hint = message("%(name)s stand under their indicator", name=repr(name)), message("move this list there")
        elif name not in SECTIONS:
            said, hint = (
                message("unknown key: %(name)s", name=repr(name)),
                nearest(name, [*(known for known in SECTIONS if known not in VALUES), "programme"], most=None),
            )
        else:
            return
        self._faults.append(Finding("F02", Severity.ERROR, self.place((name,)), said, hint))
        self._lost |= {id_given(item) for item in held if isinstance(item, Mapping)} if isinstance(held, list) else set()

    def _add(self, cls: type[Record], given: object, path: PathInFile) -> None:
        if cls is Indicator and isinstance(given, Mapping):
            lists = {name: given[name] for name in VALUES if name in given}
            given = {key: value for key, value in given.items() if key not in lists}
            made = self._make(cls, given, path)
            id = made.id if made is not None else path_text(path)  # its values are read all the same, for their own faults
            self._lost |= {id} if made is None else set()
            for name, held in lists.items():
                for value_path, value in self._items(held, (*path, name)):
                    whole = {**value, "indicator": id} if isinstance(value, Mapping) else value
                    self._make(VALUES[name], whole, value_path)
        else:
            self._make(cls, given, path)

    def _make(self, cls: type[R], given: object, path: PathInFile) -> R | None:
        if not isinstance(given, Mapping):
            said = message("expected a mapping of fields, found %(given)s", given=repr(given))
            self._faults.append(Finding("F04", Severity.ERROR, self.place(path), said, message("write 'id: …' and so on")))
            return None
        fields_given = {str(key): value for key, value in given.items()}
        record, faults = make(cls, fields_given, lambda name: self.place(path, name), beside=VALUES if cls is Indicator else ())
        self._faults += faults
        if record is None:
            self._lost.add(id_given(fields_given))
        else:
            self._paths[id(record)] = path
            self._records += [] if isinstance(record, Programme) else [record]
        return record

    def _items(self, held: object, path: PathInFile) -> Iterator[tuple[PathInFile, object]]:
        if isinstance(held, list):
            yield from (((*path, index), item) for index, item in enumerate(held))
        elif held is not None:
            said = message("expected a list, found %(held)s", held=repr(held))
            self._faults.append(Finding("F04", Severity.ERROR, self.place(path), said, message("start each item with '- '")))

    def _locate(self, record: Record, field: str) -> Place:
        path = self._paths.get(id(record), ("programme",))
        return self.place(path, field)


def _current(content: dict[str, object], reader: _Reader) -> dict[str, object]:
    """The content in the newest version of the format."""
    stated = content.pop("tocmodel", None)
    if stated is None:
        raise reader.failure(
            "F06", (), message("the format version is missing"), message("write 'tocmodel: %(version)s' on the first line", version=VERSION)
        )
    digits = str(stated)
    version = int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_VERSION else 0
    if version < 1:
        raise reader.failure(
            "F06",
            ("tocmodel",),
            message("not a format version: %(digits)s", digits=repr(digits[:40])),
            message("the newest is %(version)s", version=VERSION),
        )
    if version > VERSION:
        said = message(
            "the file has format version %(version)s, this library reads up to version %(newest)s", version=version, newest=VERSION
        )
        raise reader.failure("F06", ("tocmodel",), said, message("install a newer tocmodel"))
    for step in range(version, VERSION):
        content = MIGRATIONS[step](content)
    return content


def path_text(path: PathInFile) -> str:
    """A path as people write it: ``links[3].assumptions``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
