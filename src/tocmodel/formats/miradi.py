"""Miradi projects (``.xmpz2``) as models: strategies and activities, results, targets, their links, indicators and measurements.

The theory is what the diagrams draw between strategies, results and targets, and which activities belong to a strategy. The analysis of the situation (threats and what
is behind them) says of no arrow whether it helps or hinders, so it is no theory of change; it is kept as it stands under
``extensions: {miradi: …}`` of the programme. What is read nowhere, such as work plans and people's addresses, is listed.
"""

import lzma
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from tocmodel.errors import UnitMismatchError, UnknownUnitError, UnreadableFileError
from tocmodel.figures.display import ENGLISH
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.formats.iati.parsing import SAFE, check_faults, lxml, opened
from tocmodel.messages import message, messages
from tocmodel.model import Activity, Actual, Indicator, Link, Objective, Outcome, Programme, Record, Target, TheoryOfChange
from tocmodel.model.assembly import make
from tocmodel.units import known_units, to_unit

if TYPE_CHECKING:
    from lxml.etree import _Element  # pyright: ignore[reportPrivateUsage] — lxml has no public name for it

    Element: TypeAlias = _Element

Given: TypeAlias = dict[str, object]
Key: TypeAlias = tuple[str, str]
"""An object of a project: its type and its number."""

MOST = 200_000_000
"""The most bytes that a project may unpack to; the largest published ones have one or two million."""
SCHEMA = "248"
"""The version of the schema that the reader was written for."""
_NAMESPACE = "http://xml.miradi.org/schema/ConservationProject/"
_NODES: dict[str, tuple[type[Record], Given]] = {
    "Strategy": (Activity, {}),
    "Task": (Activity, {}),
    "IntermediateResult": (Outcome, {}),
    "ThreatReductionResult": (Outcome, {}),
    "BiophysicalResult": (Outcome, {}),
    "BiodiversityTarget": (Objective, {"level": "overall"}),
    "HumanWellbeingTarget": (Objective, {"level": "overall"}),
}
_KEPT = {
    "Cause", "BiophysicalFactor", "Stress", "KeyEcologicalAttribute", "SubTarget",
    "Objective", "Goal", "Indicator", "Measurement", "FutureStatus", "Method", "Assumption", "SubAssumption",
}  # fmt: skip
"""What is kept as it stands where it is not read: the analysis of the situation, and what belongs to nothing that is read."""
_SHOWN = {"ConceptualModel", "ResultsChain"}
"""The diagrams, of which names, details and the nodes that they show are kept."""
_WHY = {
    "DiagramFactor": message("where boxes stand and how they look; which diagram shows them is kept"),
    "Resource": message("names and addresses of people are not taken over"),
    "Organization": message("names and addresses of people are not taken over"),
}
"""Why something is not read."""
_MOST_PAIRS = 1000
"""A link between boxes that would be more links than this is no drawing that anybody can read; it is listed and left out."""
_ENDS = {"from": "FromDiagramFactorId", "to": "ToDiagramFactorId"}


def read(path: Path, programme: str | None = None) -> TheoryOfChange:
    """The model of a project; a programme that is asked for must be the one it holds.

    Raises:
        UnreadableFileError: if it is no zip with a ``project.xml``, this is larger than 200 million bytes, no well-formed XML,
            declares a document type, or holds something else than a Miradi project.
        MissingExtraError: if lxml is not installed.
    """
    model = _Project(_root(path), path.name).model()
    if programme not in {None, model.programme.id}:
        raise _unreadable(
            path,
            message("it holds no programme %(programme)s", programme=repr(programme)),
            message("it holds %(id)s", id=repr(model.programme.id)),
        )
    return model


def _root(path: Path) -> "Element":
    etree = lxml()
    parser = etree.XMLParser(**SAFE)
    try:
        root = etree.parse(BytesIO(_unpacked(path)), parser).getroot()
    except etree.XMLSyntaxError as fault:
        raise _unreadable(path, message("not well-formed XML: %(fault)s", fault=fault.msg), line=fault.lineno) from None
    check_faults(path, parser.error_log)
    if root.getroottree().docinfo.doctype:
        raise _unreadable(path, message("it declares a document type, which Miradi does not use"), message("take the DOCTYPE out"), 1)
    if not str(root.tag).startswith(f"{{{_NAMESPACE}") or _name(root) != "ConservationProject":
        raise _unreadable(
            path,
            message("no Miradi project: its root is %(tag)s", tag=repr(str(root.tag))),
            message("expected ConservationProject"),
            root.sourceline,
        )
    return root


def _unpacked(path: Path) -> bytes:
    """The project inside the zip; no more is unpacked than may be, whatever the zip says of its size."""
    with opened(path) as file:
        try:
            with zipfile.ZipFile(file) as archive, archive.open("project.xml") as member:
                text = member.read(MOST + 1)
        except KeyError:
            raise _unreadable(path, message("a zip without project.xml"), message("a Miradi project is exported as .xmpz2")) from None
        except RuntimeError:
            raise _unreadable(path, message("project.xml is locked with a password"), message("export the project without one")) from None
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError, ValueError) as fault:
            raise _unreadable(path, message("no zip, or a damaged one: %(fault)s", fault=str(fault))) from None
    if len(text) > MOST:
        raise _unreadable(path, message("project.xml unpacks to more than %(most)s bytes", most=ENGLISH.number(Decimal(MOST))))
    return text


class _Project:
    """Reads one project, and collects what is odd and what is not read."""

    def __init__(self, root: "Element", file: str) -> None:
        self._root = root
        self._file = file
        self._findings: list[Finding] = []
        self._objects: dict[Key, Element] = {}
        for pool in (part for part in root.iterchildren("*") if _name(part).endswith("Pool")):
            for item in pool.iterchildren("*"):
                key = _name(item), item.get("Id", f"without a number {len(self._objects)}")
                if key in self._objects:
                    self._note(
                        "X06", Severity.WARNING, " ".join(key), message("it stands twice in the file"), message("the first is taken")
                    )
                self._objects.setdefault(key, item)
        self._factors = {
            id: _reference(self._object(item, "WrappedFactorId")) for (kind, id), item in self._objects.items() if kind == "DiagramFactor"
        }
        self._taken: set[Key] = set()

    def model(self) -> TheoryOfChange:
        version = str(self._root.tag)[1:].partition("}")[0].removeprefix(_NAMESPACE)
        if version != SCHEMA:
            self._note(
                "X07",
                Severity.NOTE,
                "ConservationProject",
                message("written in version %(version)s of the format", version=version),
                message("the reader was made for %(schema)s", schema=SCHEMA),
            )
        nodes = [self._node(key) for key in self._of(*_NODES)]
        records = [*nodes, *self._links(), *self._measured()]
        programme = self._programme()  # last, since it keeps what was not read
        model = TheoryOfChange.of(programme, [record for record in records if record is not None], locate=self._place)
        return evolve(model, findings=in_order([*model.findings, *self._findings]))

    # Programme

    def _programme(self) -> Programme:
        parts = {_name(part): part for part in self._root.iterchildren("*") if not _name(part).endswith("Pool")}
        summary, planning = parts.get("ProjectSummary"), parts.get("ProjectPlanning")
        title = _text(self._object(summary, "ProjectName"))
        start, end = (_text(self._object(planning, name)) for name in ("StartDate", "ExpectedEndDate"))
        currency = _text(self._object(planning, "CurrencyType")).upper()
        kept = {name: held for name, part in parts.items() if (held := _plain(part))}
        programme = self._made(
            "ProjectSummary",
            Programme,
            {
                "id": re.sub(r"\W+", "-", title.casefold()).strip("-") or "project",
                "title": title,
                "description": _text(self._object(summary, "ProjectDescription")),
                # und: the file does not say which language it is in
                "language": _text(self._object(summary, "ProjectLanguage")).lower() or "und",
                "period": f"{start}/{end}" if start and end and start <= end else None,
                "currency": currency if currency in known_units() else None,
                "extensions": {"miradi": {**kept, "diagrams": self._diagrams(), "not_read": self._not_read()}},
            },
        )
        assert isinstance(programme, Programme)
        return programme

    def _diagrams(self) -> list[object]:
        """The diagrams, with the nodes that each of them shows."""
        found: list[object] = []
        for key in self._of("ConceptualModel", "ResultsChain"):
            element = self._objects[key]
            shown = dict.fromkeys(id for child in self._children(element, "DiagramFactorIds") for id in self._inside(_text(child)))
            words = {name.lower(): text for name in ("Name", "Details") if (text := self._words(element, name))}
            found.append({"type": key[0], "Id": key[1], **words, "nodes": list(shown)})
        return found

    def _not_read(self) -> dict[str, object]:
        """What was not read, as it stands as far as somebody may miss it; everything is listed, by type."""
        held: dict[str, list[object]] = {}
        counts: Counter[str] = Counter()
        for (kind, id), element in self._objects.items():
            if (kind, id) in self._taken or kind in _SHOWN:
                continue
            counts[kind] += 1
            if kind == "DiagramLink":
                ends = {name: " ".join(self._end(element, field)) for name, field in _ENDS.items()}
                held.setdefault(kind, []).append({"Id": id, **ends, "annotation": self._words(element, "Annotation")})
            elif kind in _KEPT:
                held.setdefault(kind, []).append({"Id": id} | _dict(_plain(element)))
        for kind, count in sorted(counts.items()):
            hint = message("kept under extensions: not_read") if kind in held else _WHY.get(kind, message("the model has no place for it"))
            self._note("X01", Severity.NOTE, kind, messages("%(num)s not read", "%(num)s not read", count), hint)
        return dict(held)

    # Nodes

    def _node(self, key: Key) -> Record | None:
        element = self._taking(key)
        cls, fields = _NODES[key[0]]
        statements = [self._statement(other) for name in ("ObjectiveIds", "GoalIds") for other in self._named(element, name)]
        return self._made(
            _about(element),
            cls,
            {
                "id": _id(key),
                "title": self._words(element, "Name"),
                "description": self._words(element, "Details"),
                "narrative": _lines(statements),
                "note": self._words(element, "Comments"),
                **fields,
                **_kept(element, {"Name", "Details", "Comments"}),
            },
        )

    def _statement(self, key: Key) -> str:
        """What an objective or goal says of the node that it is set for."""
        element = self._taking(key)
        name = ": ".join(filter(None, (self._words(element, "Identifier"), self._words(element, "Name"))))
        return _lines((name, self._words(element, "Details")))

    # Links

    def _links(self) -> Iterator[Record | None]:
        drawn: dict[tuple[str, str], list[Element]] = {}
        for key in self._of("DiagramLink"):
            element = self._objects[key]
            starts, ends = (self._inside(_reference(self._object(element, field))[1]) for field in _ENDS.values())
            if not 0 < len(starts) * len(ends) <= _MOST_PAIRS:
                continue
            pairs = [(start, end) for start in starts for end in ends]
            self._taking(key)
            if len(pairs) > 1:
                self._note(
                    "X05",
                    Severity.NOTE,
                    _about(element),
                    message("a link at a box of several"),
                    message("read as a link at each thing in the box"),
                )
            if self._words(element, "IsBidirectionalLink") == "true":
                pairs += [(end, start) for start, end in pairs]
            for pair in pairs:
                if pair[0] == pair[1]:
                    self._note(
                        "X04",
                        Severity.WARNING,
                        _about(element),
                        message("a link from %(id)s to itself", id=pair[0]),
                        message("it is left out"),
                    )
                else:
                    drawn.setdefault(pair, []).append(element)
        for (start, end), elements in drawn.items():
            yield self._link(start, end, elements)
        for start, end in self._parts():
            if (start, end) not in drawn:
                given: Given = {"from": start, "to": end, "rationale": "an activity of this strategy"}
                yield self._made(f"{start} → {end}", Link, given)

    def _link(self, start: str, end: str, elements: list["Element"]) -> Record | None:
        notes = [self._words(element, "Annotation") for element in elements]
        if any(self._words(element, "IsUncertainLink") == "true" for element in elements):
            notes.append("drawn as uncertain")
        kept = {"DiagramLink": [element.get("Id", "") for element in elements]}
        given: Given = {"from": start, "to": end, "note": _lines(notes), "extensions": {"miradi": kept}}
        return self._made(_about(elements[0]), Link, given)

    def _parts(self) -> dict[tuple[str, str], None]:
        """Activities lead to the strategy that they are part of; diagrams do not draw that, and the project says it."""
        strategies = ((key, self._named(self._objects[key], "OrderedActivityIds")) for key in self._of("Strategy"))
        return {(_id(activity), _id(strategy)): None for strategy, activities in strategies for activity in activities}

    def _end(self, link: "Element", field: str) -> Key:
        """What stands at an end of a link: the type and number of the thing in the box."""
        factor = _reference(self._object(link, field))
        return self._factors.get(factor[1], factor)

    def _inside(self, factor: str) -> list[str]:
        """The nodes in a box of a diagram: one, or those of all boxes inside it, each once."""
        found: dict[str, None] = {}
        seen, waiting = {factor}, [factor]
        while waiting:
            at = waiting.pop()
            wrapped = self._factors.get(at, ("", ""))
            if wrapped[0] in _NODES and wrapped in self._objects:
                found[_id(wrapped)] = None
            elif wrapped[0] == "GroupBox":
                inside = [_text(child) for child in self._children(self._objects["DiagramFactor", at], "GroupBoxChildrenIds")]
                waiting += [child for child in reversed(inside) if child not in seen]
                seen.update(inside)
        return list(found)

    # Indicators

    def _measured(self) -> Iterator[Record | None]:
        owners = self._owners()
        for key in self._of("Indicator"):
            element, of = self._objects[key], owners.get(key)
            if of is None:
                said = message("the indicator “%(words)s” belongs to nothing that is read", words=self._words(element, "Name"))
                self._note("X03", Severity.WARNING, _about(element), said, message("kept under extensions: not_read"))
                continue
            yield self._indicator(key, of)
            for field, made in (("MeasurementIds", self._actual), ("FutureStatusIds", self._target)):
                for value in self._named(element, field):
                    if value in self._taken:
                        self._note(
                            "X06",
                            Severity.WARNING,
                            " ".join(value),
                            message("it belongs to two indicators"),
                            message("it counts for the first only"),
                        )
                    else:
                        yield made(value, _id(key))

    def _owners(self) -> dict[Key, str]:
        """The node that each indicator is of: directly, through a key attribute, or through an objective or goal."""
        owners: dict[Key, str] = {}
        nodes = self._of(*_NODES)
        for node in nodes:
            attributes = self._named(self._objects[node], "KeyEcologicalAttributeIds")
            for holder in (node, *attributes):
                for indicator in self._named(self._objects[holder], "IndicatorIds"):
                    owners.setdefault(indicator, _id(node))
        for node in nodes:
            for name in ("ObjectiveIds", "GoalIds"):
                for statement in self._named(self._objects[node], name):
                    for indicator in self._named(self._objects[statement], "RelevantIndicatorIds"):
                        owners.setdefault(indicator, _id(node))
        return owners

    def _indicator(self, key: Key, of: str) -> Record | None:
        element = self._taking(key)
        title, unit = self._words(element, "Name"), self._words(element, "Unit")
        share = title.startswith("%") or unit.startswith("%")
        methods = [self._words(self._taking(method), "Name") for method in self._named(element, "OrderedMethodIds")]
        return self._made(
            _about(element),
            Indicator,
            {
                "id": _id(key),
                "title": title,
                "of": of,
                "kind": "percentage" if share else "count",
                "unit": "percent" if share else self._unit(element, unit),
                "definition": self._words(element, "Details"),
                "note": self._words(element, "Comments"),
                "collection_method": "; ".join(filter(None, methods)),
                **_kept(element, {"Name", "Details", "Comments"}),
            },
        )

    def _unit(self, element: "Element", text: str) -> str | None:
        if not text:
            return None
        try:
            return to_unit(text)
        except (UnknownUnitError, UnitMismatchError):
            self._note(
                "X08",
                Severity.NOTE,
                _about(element),
                message("%(text)s is no known unit", text=repr(text)),
                message("its figures have none; the words are kept"),
            )
            return None

    def _actual(self, key: Key, indicator: str) -> Record | None:
        element = self._taking(key)
        confidence = self._words(element, "EvidenceConfidence")
        given: Given = {
            "id": _id(key),
            "indicator": indicator,
            "figure": self._words(element, "MeasurementValue"),
            "measured": self._words(element, "Date") or None,
            "quality": f"confidence: {confidence}" if confidence else "",
            "note": self._noted(element, "Detail", "Comments"),
        }
        return self._made(
            _about(element), Actual, {**given, **_kept(element, {"MeasurementValue", "Date", "EvidenceConfidence", "Detail", "Comments"})}
        )

    def _target(self, key: Key, indicator: str) -> Record | None:
        element = self._taking(key)
        given: Given = {
            "id": _id(key),
            "indicator": indicator,
            "figure": self._words(element, "Summary"),
            "period": self._words(element, "Date") or None,
            "note": self._noted(element, "Details", "Comments"),
        }
        return self._made(_about(element), Target, {**given, **_kept(element, {"Summary", "Date", "Details", "Comments"})})

    # Parts of all

    def _object(self, element: "Element | None", field: str) -> "Element | None":
        """A field of an object; its name begins with that of the object's type."""
        wanted = "" if element is None else f"{_name(element)}{field}"
        return next((child for child in _children(element) if _name(child) == wanted), None)

    def _children(self, element: "Element", field: str) -> list["Element"]:
        return _children(self._object(element, field))

    def _words(self, element: "Element", field: str) -> str:
        return _text(self._object(element, field))

    def _noted(self, element: "Element", *fields: str) -> str:
        return _lines(self._words(element, field) for field in fields)

    def _named(self, element: "Element", field: str) -> list[Key]:
        """The objects that a field of references names, as far as there are such objects."""
        found: list[Key] = []
        for child in self._children(element, field):
            key = _reference(child)
            if key in self._objects:
                found.append(key)
            else:
                said = message("it names %(key)s, which is not in the file", key=" ".join(key))
                self._note("X06", Severity.WARNING, _about(element), said, message("it is left out"))
        return found

    def _of(self, *kinds: str) -> list[Key]:
        """The objects of these types, in the order of the file."""
        return [key for key in self._objects if key[0] in kinds]

    def _taking(self, key: Key) -> "Element":
        self._taken.add(key)
        return self._objects[key]

    def _made(self, about: str, cls: type[Record], given: Given) -> Record | None:
        record, faults = make(cls, given, lambda field: Place(f"{about} {field}".strip(), self._file))
        self._findings += faults
        return record

    def _place(self, record: Record, field: str) -> Place:
        return Place.of(record.id, field, self._file)

    def _note(self, code: str, severity: Severity, about: str, said: str, hint: str = "") -> None:
        self._findings.append(Finding(code, severity, Place(about, self._file), said, hint))


def _about(element: "Element") -> str:
    """What an object is called in findings, as in the file: ``Strategy 139``."""
    return f"{_name(element)} {element.get('Id', '')}".strip()


def _name(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: "Element | None") -> list["Element"]:
    return [] if element is None else list(element.iterchildren("*"))


def _reference(element: "Element | None") -> Key:
    """The object that a reference names: ``StrategyId`` with the number 139 inside; wrappers around it are passed over."""
    while element is not None and (inner := _children(element)):
        element = inner[0]
    if element is None:
        return "", ""
    kind = _name(element).removesuffix("Id")
    return "Task" if kind == "Activity" else kind, _text(element)


def _id(key: Key) -> str:
    """An id in our words: ``intermediate-result-12``."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", "Activity" if key[0] == "Task" else key[0]).lower()
    return f"{words}-{re.sub(r'[^0-9A-Za-z_.-]', '_', key[1])}"


_BREAKS = {"div", "p", "br", "li", "ul", "ol"}


def _text(element: "Element | None") -> str:
    """The text of an element, formatted or not, on as many lines as it has."""
    if element is None:
        return ""
    return _lines(" ".join(line.split()) for line in "".join(_pieces(element)).split("\n"))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _pieces(element: "Element") -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren("*"):
        broken = "\n" if _name(child) in _BREAKS else ""
        yield broken
        yield from _pieces(child)
        yield broken + (child.tail or "")


def _plain(element: "Element") -> object:
    """An element as plain data: text, a list of like parts, or a mapping of parts; None where it is empty."""
    parts = _children(element)
    if not parts or any(not str(part.tag).startswith("{") for part in parts):  # formatted text has no namespace
        return _text(element) or (dict(element.attrib) if element.attrib and element.get("Id") is None else None)
    held: dict[str, list[object]] = {}
    for part in parts:
        inner = _plain(part)
        if inner is not None:
            held.setdefault(_name(part), []).append(inner)
    return {name: values[0] if len(values) == 1 else values for name, values in held.items()} or None


def _dict(held: object) -> dict[str, object]:
    return held if isinstance(held, dict) else {}


def _kept(element: "Element", taken: Iterable[str]) -> Given:
    """Everything of an object that no field of the model holds, as it stands."""
    names = {f"{_name(element)}{field}" for field in taken}
    held = {name: value for name, value in _dict(_plain(element)).items() if name not in names}
    return {"extensions": {"miradi": held}} if held else {}


def _unreadable(path: Path, said: str, hint: str = "", line: int | None = None) -> UnreadableFileError:
    return UnreadableFileError([Finding("F01", Severity.ERROR, Place("", path.name, line), said, hint)], path.name)
