"""IATI activities as models: one activity is one programme. Dirty data are read leniently, and every oddity is a finding.

What the standard has no element for comes from elements of our own namespace, if tocmodel wrote the file; what the model has no
place for is kept as it stands under ``extensions: {iati: …}`` and written back.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from tocmodel.errors import UnreadableFileError, nearest
from tocmodel.figures import Figure
from tocmodel.findings import Finding, Place, Severity, in_order
from tocmodel.formats.iati.parsing import activities, lxml
from tocmodel.messages import Term, and_more, message
from tocmodel.model import (
    Actual,
    Baseline,
    Indicator,
    Node,
    Objective,
    OtherResult,
    Outcome,
    Output,
    Programme,
    Record,
    Target,
    TheoryOfChange,
    Value,
)
from tocmodel.model.assembly import make
from tocmodel.model.plain import plain_fields
from tocmodel.model.references import SECTIONS
from tocmodel.units import known_units

if TYPE_CHECKING:
    from lxml.etree import _Element  # pyright: ignore[reportPrivateUsage] — lxml has no public name for it

    Element: TypeAlias = _Element

OWN = "urn:tocmodel:iati:1"
"""The namespace of what IATI has no element for."""
Given: TypeAlias = dict[str, object]

_RESULTS: dict[str, tuple[type[Record], Given]] = {
    "1": (Output, {}), "2": (Outcome, {}), "3": (Objective, {"level": "overall"}), "9": (OtherResult, {}),
    "output": (Output, {}), "outcome": (Outcome, {}), "impact": (Objective, {"level": "overall"}), "other": (OtherResult, {}),
}  # fmt: skip
_MEASURES: dict[str, Given] = {
    "1": {"kind": "count"}, "2": {"kind": "percentage", "unit": "percent"}, "3": {"kind": "rating"}, "4": {"kind": "rating"}, "5": {"kind": "text"},
    "unit": {"kind": "count"}, "percentage": {"kind": "percentage", "unit": "percent"}, "nominal": {"kind": "rating"},
    "ordinal": {"kind": "rating"}, "qualitative": {"kind": "text"},
}  # fmt: skip
_RISING = {"1": "increase", "true": "increase", "0": "decrease", "false": "decrease"}
_LISTED = 10
"""How many programmes of a file are listed where one must be named."""
_RELATIONS = {"1": "parent", "2": "child", "3": "sibling", "4": "co-funded", "5": "third party"}


@frozen
class Seen:
    """A record as the elements of the standard say it.

    Attributes:
        element: the element.
        cls: the class of the record.
        given: its fields as loose values, without the element's own-namespace fields.
    """

    element: "Element"
    cls: type[Record]
    given: Given


def programmes(path: Path) -> Iterator[TheoryOfChange]:
    """Every programme of a file, one by one; memory holds one activity at a time.

    Raises:
        UnreadableFileError: if the file is no well-formed XML of IATI activities.
    """
    for element in activities(path):
        yield model_of(element, path.name)


def read(path: Path, programme: str | None = None) -> TheoryOfChange:
    """One programme of a file.

    Args:
        path: the file.
        programme: its id, as in ``model.programme.id``, or its IATI identifier; it may be left out where the file holds one only.

    Raises:
        UnreadableFileError: if the file cannot be read, holds several programmes and none is asked for, or not the one asked for.
    """
    found: dict[str, str] = {}
    chosen: TheoryOfChange | None = None
    for element in activities(path):
        identifier, id = _line(element, "iati-identifier"), identified(element)
        found.setdefault(id, identifier)
        if programme in {None, id, identifier} and chosen is None:
            chosen = model_of(element, path.name)
    if chosen is None or (programme is None and len(found) > 1):
        raise _not_one(path, programme, found)
    return chosen


def _not_one(path: Path, programme: str | None, found: Mapping[str, str]) -> UnreadableFileError:
    listed = and_more(found, _LISTED)
    if not found:
        said, hint = message("it holds no activity"), ""
    elif programme is None:
        said, hint = (
            message("it holds %(count)s programmes", count=len(found)),
            message("name one of them with programme=… or --programme: %(listed)s", listed=listed),
        )
    else:
        said, hint = (
            message("it holds no programme %(programme)s", programme=repr(programme)),
            nearest(programme, found) or message("known: %(names)s", names=listed),
        )
    return UnreadableFileError([Finding("F01", Severity.ERROR, Place("", path.name), said, hint)], path.name)


def model_of(element: "Element", file: str = "") -> TheoryOfChange:
    """The model of one activity element.

    Args:
        element: the ``iati-activity``.
        file: the file's name, for the places of findings.
    """
    return _Reader(element, file).model()


class _Reader:
    """Reads one activity, remembers where each record stands, and collects what is odd."""

    def __init__(self, activity: "Element", file: str) -> None:
        self._activity, self._tree = activity, activity.getroottree()
        self._id = identified(activity)
        self._file = file
        self._findings: list[Finding] = []
        self._lines: dict[int, int | None] = {}

    def model(self) -> TheoryOfChange:
        programme, *records = [self._finished(seen) for seen in seen_in(self._activity, self._note)]
        assert isinstance(programme, Programme)
        own = [record for element in self._activity.iterfind(f"{{{OWN}}}record") if (record := self._own(element)) is not None]
        model = TheoryOfChange.of(programme, [*_with_breakdowns(records), *own], locate=self._locate)
        return evolve(model, findings=in_order([*model.findings, *self._findings]))

    def _finished(self, seen: Seen) -> Record:
        """The record of an element, with what our own namespace adds to it."""
        record = self._made(seen.element, seen.cls, seen.given)
        assert record is not None  # what the standard says always makes one
        element = seen.element.find(f"{{{OWN}}}fields")
        if element is not None:
            record = self._with_fields(record, seen, element)
        self._lines[id(record)] = seen.element.sourceline
        return record

    def _with_fields(self, record: Record, seen: Seen, element: "Element") -> Record:
        """The record with the fields that our own namespace states; as it is where they cannot be read."""
        cls, fields = SECTIONS.get(element.get("section", ""), seen.cls), self._fields(element)
        if fields is None or (cls is not seen.cls and not (issubclass(cls, Node) and issubclass(seen.cls, Node))):
            return record
        plain = record if cls is seen.cls else self._made(seen.element, cls, seen.given)
        merged: Given = {**plain_fields(plain or record, ""), **fields}
        return self._made(seen.element, cls, {key: value for key, value in merged.items() if value is not None}) or record

    def _own(self, element: "Element") -> Record | None:
        """A record that IATI has no element for; None where it cannot be read."""
        cls, fields = SECTIONS.get(element.get("section", "")), self._fields(element)
        if cls is None:
            self._note(
                "I09",
                Severity.WARNING,
                element,
                message("no section of a model: %(section)s", section=repr(element.get("section", ""))),
                message("it is passed over"),
            )
        return None if cls is None or fields is None else self._made(element, cls, fields)

    def _fields(self, element: "Element") -> Given | None:
        """The fields in an element of our own namespace; None where it holds something else."""
        try:
            held: object = json.loads(element.text or "{}")
        except (ValueError, RecursionError):
            held = None
        if isinstance(held, dict):
            return held
        self._note("I09", Severity.WARNING, element, message("an element of tocmodel that holds no fields"), message("it is passed over"))
        return None

    def _made(self, element: "Element", cls: type[Record], given: Given) -> Record | None:
        record, faults = make(cls, given, lambda field: self._place(element, field))
        self._findings += faults
        return record

    def _place(self, element: "Element", field: str = "") -> Place:
        inside = self._tree.getpath(element).split("/", 3)[3:]  # the file's other activities are counted nowhere
        return Place(" ".join(filter(None, ("/".join((self._id, *inside)), field))), self._file, element.sourceline)

    def _locate(self, record: Record, field: str) -> Place:
        return Place.of(record.id, field, self._file, self._lines.get(id(record)))

    def _note(self, code: str, severity: Severity, element: "Element", said: str, hint: str = "") -> None:
        self._findings.append(Finding(code, severity, self._place(element), said, hint))


Note: TypeAlias = Callable[..., None]


def seen_in(activity: "Element", note: Note) -> Iterator[Seen]:
    """What the standard's own elements of an activity say: the programme first, then results, indicators and values in order.

    Args:
        activity: the ``iati-activity``.
        note: called with code, severity, element, message and hint for everything odd.
    """
    root = activity.getparent()
    version = "" if root is None else root.get("version", "")
    legacy = version.startswith("1")
    yield Seen(activity, Programme, _programme(activity))
    for number, result in enumerate(activity.iterfind("result"), start=1):
        yield from _result(result, f"result-{number}", note, legacy=legacy, written=_written(activity))


def _written(activity: "Element") -> date | None:
    """When the data were written: the latest of the dates that the file, the activity, or a collector of files states."""
    root = activity.getparent()
    stated = {**({} if root is None else root.attrib), **activity.attrib}
    days = [_day(str(value)) for name, value in stated.items() if str(name).endswith(("generated-datetime", "last-updated-datetime"))]
    return max((day for day in days if day is not None), default=None)


def identified(activity: "Element") -> str:
    """The id of an activity's programme: its identifier without blanks, slashes and control characters."""
    return _safe(_line(activity, "iati-identifier")) or "programme"


def _programme(activity: "Element") -> Given:
    identifier = _line(activity, "iati-identifier")
    dates = {element.get("type", ""): _day(element.get("iso-date", "")) for element in activity.iterfind("activity-date")}
    start = dates.get("2") or dates.get("start-actual") or dates.get("1") or dates.get("start-planned")
    end = dates.get("4") or dates.get("end-actual") or dates.get("3") or dates.get("end-planned")
    language = activity.get(LANG, "").lower()
    currency = activity.get("default-currency", "")
    return {
        "id": identified(activity),
        "title": _texts(activity.find("title")),
        "description": _texts(activity.find("description")),
        "language": language or None,
        "period": f"{start}/{end}" if start and end and start <= end else None,
        "currency": currency.upper() if currency.upper() in known_units() else None,
        "related": [
            {"ref": element.get("ref", ""), "relation": _RELATIONS.get(element.get("type", ""), element.get("type", ""))}
            for element in activity.iterfind("related-activity")
        ],
        "extensions": {"iati": {"identifier": identifier, "activity": _without_results(activity)}},
    }


def _result(element: "Element", id: str, note: Note, *, legacy: bool, written: date | None) -> Iterator[Seen]:
    kind = element.get("type", "").strip().lower()
    cls, fields = _RESULTS.get(kind, (OtherResult, {}))
    if kind not in _RESULTS:
        note(
            "I01",
            Severity.WARNING,
            element,
            message("unknown type of result: %(kind)s", kind=repr(kind)),
            message("it is read as a result of another kind"),
        )
    kept = _kept(element, {"type"}, {"title", "description", "indicator"})
    given: Given = {"id": id, "title": _texts(element.find("title")), "description": _texts(element.find("description")), **fields}
    yield Seen(element, cls, {**given, **kept})
    for number, indicator in enumerate(element.iterfind("indicator"), start=1):
        yield from _indicator(indicator, f"{id}.{number}", id, note, legacy=legacy, written=written)


def _indicator(element: "Element", id: str, of: str, note: Note, *, legacy: bool, written: date | None) -> Iterator[Seen]:
    measure = element.get("measure", "").strip().lower()
    fields = _MEASURES.get(measure, {"kind": "count"})
    if measure not in _MEASURES:
        note(
            "I02",
            Severity.WARNING,
            element,
            message("unknown or missing measure: %(measure)s", measure=repr(measure)),
            message("it is read as a count"),
        )
    rising = element.get("ascending", "").strip().lower()
    codes = [
        {"vocabulary": reference.get("vocabulary", ""), "code": reference.get("code", ""), "uri": reference.get("indicator-uri", "")}
        for reference in element.iterfind("reference")
    ]
    periods = list(element.iterfind("period"))
    ends = [_ends(period) for period in periods]
    repeated = {pair for pair in ends if ends.count(pair) > 1}
    kept = _kept(element, {"measure", "ascending"}, {"title", "description", "reference", "baseline", "period"})
    if repeated or any(period.find("target") is None and period.find("actual") is None for period in periods):
        _extend(kept, periods=[list(pair) for pair in ends])  # periods without figures would be lost otherwise
    yield Seen(
        element,
        Indicator,
        {
            "id": id,
            "of": of,
            "title": _texts(element.find("title")),
            "definition": _texts(element.find("description")),
            "direction": _RISING.get(rising, "increase" if legacy else "unknown"),
            "codes": codes,
            **fields,
            **kept,
        },
    )
    text = fields["kind"] == "text"
    units = _units(element, str(fields.get("unit", "")))
    for baseline in element.iterfind("baseline"):
        yield Seen(baseline, Baseline, {**_value(baseline, id, note, units, words=text), "period": _baseline_period(baseline)})
    for number, period in enumerate(periods, start=1):
        covered = _period(period, note)
        coming = covered is not None and written is not None and covered.split("/")[0] > str(written)
        for tag, cls in (("target", Target), ("actual", Actual)):
            for value in period.iterfind(tag):
                given = _value(value, id, note, units, words=text)
                if coming and cls is Actual and given.get("figure") == "0":
                    given["figure"] = {"printed": "0", "missing": "not_due"}
                    note(
                        "I05",
                        Severity.NOTE,
                        value,
                        message("a zero for a period that had not begun when the file was written"),
                        message("it counts as not due, not as a result"),
                    )
                if _ends(period) in repeated:
                    _extend(given, period=number)
                yield Seen(value, cls, {**given, "period": covered})


def _units(indicator: "Element", unit: str) -> frozenset[str]:
    """The units that the figures of an indicator may carry: its own, or the one that all of them carry where it has none."""
    if unit:
        return frozenset({unit})
    printed = {found for value in indicator.iter("baseline", "target", "actual") if (found := _printed_unit(value.get("value", "")))}
    return frozenset(printed if len(printed) == 1 else ())


def _printed_unit(text: str) -> str | None:
    """The unit that stands beside a number, such as % or the code of a currency."""
    return Figure.read(text).unit if re.search(r"[^\W\d_]|[%‰]", text) else None


def _value(element: "Element", indicator: str, note: Note, units: frozenset[str], *, words: bool) -> Given:
    """The fields that baselines, targets and actuals have alike."""
    printed = element.get("value")
    comment = _texts(element.find("comment"))
    pairs = _slice(element, note)
    if printed is None and any(_numeric(category) for category in pairs.values()):
        note(
            "I06",
            Severity.WARNING,
            element,
            message("the number seems to stand in a dimension"),
            message("a value belongs into @value; nothing was moved"),
        )
    figure: object = "" if printed is None else printed
    if (unit := _printed_unit(printed or "")) and unit not in units:
        note(
            "I08",
            Severity.WARNING,
            element,
            message(
                "%(printed)s is in %(unit)s, and other figures of the indicator are in another unit", printed=repr(printed), unit=Term(unit)
            ),
            message("it counts as not readable"),
        )
        figure = {"printed": printed, "missing": "not_readable"}
    if words and (printed or comment):
        figure = {"words": printed or " ".join(comment.values())}
    given: Given = {"indicator": indicator, "figure": figure, "note": comment, "slice": pairs}
    return {**given, **_kept(element, {"value"}, {"comment", "dimension", "location"})}


def _slice(element: "Element", note: Note) -> dict[str, str]:
    """Dimensions are a conjunction; several locations are a union of places, a category of its own."""
    pairs: dict[str, str] = {}
    for dimension in element.iterfind("dimension"):
        name = _safe(dimension.get("name", "")) or "unnamed"
        if name in pairs:
            note(
                "I07",
                Severity.WARNING,
                dimension,
                message("the dimension %(name)s stands twice on one value", name=repr(name)),
                message("the second is kept under another name"),
            )
            name = next(other for number in count(2) if (other := f"{name}#{number}") not in pairs)
        pairs[name] = dimension.get("value", "")
    places = [location.get("ref", "") for location in element.iterfind("location")]
    if places:
        pairs["location"] = " + ".join(places)
    return pairs


def _baseline_period(element: "Element") -> str | None:
    """When a baseline was measured: its day, else its year; neither where they are no dates, such as the year 9999."""
    year, day = element.get("year", "").strip(), _day(element.get("iso-date", ""))
    if day is not None:
        return str(day)
    return year if re.fullmatch(r"(1[89]|20|21)\d\d", year) else None


def _ends(period: "Element") -> tuple[str, str]:
    """The two dates of a period as they are printed."""
    start, end = period.find("period-start"), period.find("period-end")
    return "" if start is None else start.get("iso-date", "").strip(), "" if end is None else end.get("iso-date", "").strip()


def _period(period: "Element", note: Note) -> str | None:
    start, end = map(_day, _ends(period))
    if start is None or end is None:
        note(
            "I03",
            Severity.WARNING,
            period,
            message("a period that lacks its first day or its last"),
            message("its figures count for the whole programme only"),
        )
        return None
    if end < start:
        note(
            "I04",
            Severity.ERROR,
            period,
            message("the period ends (%(end)s) before it starts (%(start)s)", end=end, start=start),
            message("the dates are read the other way round"),
        )
        start, end = end, start
    return f"{start}/{end}"


def _with_breakdowns(records: list[Record]) -> Iterator[Record]:
    """Indicators with all dimensions that their values use; IATI does not say whether the categories make up the whole."""
    used: dict[str, dict[str, None]] = {}
    for record in records:
        if isinstance(record, Value):
            used.setdefault(record.indicator, {}).update(dict.fromkeys(record.slice.dimensions))
    for record in records:
        if isinstance(record, Indicator):
            known = {breakdown.dimension for breakdown in record.by}
            more = [{"dimension": name, "coverage": "partial"} for name in used.get(record.id, ()) if name not in known]
            yield evolve(record, by=[*record.by, *more]) if more else record
        else:
            yield record


LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _texts(element: "Element | None") -> dict[str, str]:
    """Narratives by language, the default under ""; in 1.x the text stands in the element itself."""
    if element is None:
        return {}
    found: dict[str, str] = {}
    for narrative in element.iterfind("narrative"):
        text = (narrative.text or "").strip()
        language = narrative.get(LANG, "").lower()
        if text:
            found[language] = f"{found[language]}\n{text}" if language in found else text
    plain = (element.text or "").strip()
    return found or ({element.get(LANG, "").lower(): plain} if plain else {})


def _line(element: "Element", tag: str) -> str:
    child = element.find(tag)
    return "" if child is None else (child.text or "").strip()


def _safe(name: str) -> str:
    """A name as an id: blanks, slashes and control characters become underscores."""
    return "".join(sign if sign.isprintable() and sign not in " /" else "_" for sign in name.strip())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _numeric(text: str) -> bool:
    return re.fullmatch(r"\s*\d[\d,. ]*\s*", text) is not None


def _kept(element: "Element", attributes: set[str], children: set[str]) -> Given:
    """What the model has no place for, as it stands: attributes as printed, and other elements as XML."""
    own = {name: value for name, value in element.attrib.items() if name not in attributes or value not in _PLAIN}
    others = [xml(child) for child in element.iterchildren("*") if child.tag not in children and not _own(child)]
    held = {key: value for key, value in (("attributes", own), ("elements", others)) if value}
    return {"extensions": {"iati": held}} if held else {}


_PLAIN = {"1", "2", "3", "4", "5", "9", "0"}
"""What the writer would write for the attributes that the model holds; whatever else was printed is kept."""


def _extend(given: Given, **added: object) -> None:
    """Keep something more with a record."""
    extensions = given.setdefault("extensions", {"iati": {}})
    assert isinstance(extensions, dict)
    extensions["iati"].update(added)


def _own(element: "Element") -> bool:
    return str(element.tag).startswith(f"{{{OWN}}}")


def xml(element: "Element") -> str:
    """An element as text, without what follows it and without namespaces that it does not use."""
    etree = lxml()
    alone = deepcopy(element)
    alone.tail = None
    etree.cleanup_namespaces(alone)
    text: str = etree.tostring(alone, encoding="unicode")
    return text


def _without_results(activity: "Element") -> str:
    """The activity as text, with one mark in the place of its results and without our own elements."""
    etree = lxml()
    copied = deepcopy(activity)
    for number, result in enumerate(copied.findall("result")):
        if number == 0:
            copied.replace(result, etree.ProcessingInstruction("tocmodel", "results"))
        else:
            copied.remove(result)
    for own in [child for child in copied if _own(child)]:
        copied.remove(own)
    return xml(copied)
