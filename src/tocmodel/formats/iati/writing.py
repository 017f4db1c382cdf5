"""Models as IATI 2.03: results, indicators and figures in the standard's own elements, everything else in ours.

What a reader would not find again in the standard's elements stands beside them in our own namespace, so that reading a written
file gives an equal model, and a tool that ignores our elements loses only them.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from tocmodel.figures import Figure, plain
from tocmodel.findings import Place
from tocmodel.formats.iati.parsing import lxml
from tocmodel.formats.iati.reading import LANG, OWN, Given, seen_in
from tocmodel.measurement.actuals import in_force
from tocmodel.model import (
    Actual,
    Baseline,
    Direction,
    Indicator,
    IndicatorKind,
    Level,
    Node,
    Objective,
    OtherResult,
    Outcome,
    Output,
    Record,
    Target,
    Text,
    TheoryOfChange,
    Value,
)
from tocmodel.model.assembly import make
from tocmodel.model.plain import plain_fields
from tocmodel.periods import Period

if TYPE_CHECKING:
    from lxml.etree import _Element  # pyright: ignore[reportPrivateUsage] — lxml has no public name for it

    Element: TypeAlias = _Element

_TYPES: dict[type[Record], str] = {Output: "1", Outcome: "2", Objective: "2", OtherResult: "9"}
_MEASURES = {
    IndicatorKind.COUNT: "1", IndicatorKind.PERCENTAGE: "2", IndicatorKind.RATIO: "1", IndicatorKind.RATING: "4",
    IndicatorKind.MILESTONE: "5", IndicatorKind.TEXT: "5",
}  # fmt: skip
_ASCENDING = {Direction.INCREASE: "1", Direction.DECREASE: "0"}
_RELATIONS = {"parent": "1", "child": "2", "sibling": "3", "co-funded": "4", "third party": "5"}
_LAST = ("crs-add", "fss")
"""The elements of an activity that stand behind its results."""


def write(model: TheoryOfChange, path: Path) -> None:
    """Write a model as a file with one IATI activity.

    Results are the outputs, outcomes, objectives and other results that have an indicator. Figures that are exact stand in
    ``@value``; bounds such as "over 1550" stand in the comment, since a bound is no number. Drafts, replaced and missing
    figures are not published as figures.
    """
    etree = lxml()
    root = etree.Element("iati-activities", version="2.03", nsmap={"toc": OWN})
    placed = _activity(model, root)
    _add_fields(model, root[0], placed)
    written = {record.id for record in placed.values()}
    for record in model.records():
        if record.id not in written:
            own = etree.SubElement(root[0], f"{{{OWN}}}record", section=record.section)
            own.text = _json(plain_fields(record, ""))
    fresh = "activity" not in _kept(model.programme)  # what was read keeps its own line breaks
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=fresh))


def _json(fields: Mapping[str, object]) -> str:
    """Fields as JSON; every sign that XML cannot hold is escaped."""
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def _add_fields(model: TheoryOfChange, activity: "Element", placed: "Mapping[Element, Record]") -> None:
    """Beside every element what a reader would not find in it: the fields of its record that the element does not give."""
    for seen in list(seen_in(activity, lambda *_: None)):
        record = placed[seen.element]
        found, _ = make(type(record), seen.given, lambda _: Place())
        wanted = plain_fields(record, "")
        given: Given = {} if found is None else plain_fields(found, "")
        differing = {key: wanted.get(key) for key in {**given, **wanted} if wanted.get(key) != given.get(key)}
        other = type(record) is not seen.cls  # a specific objective is an outcome to IATI
        if differing or other or record is model.programme:
            own = lxml().Element(f"{{{OWN}}}fields", {"section": record.section} if other else {})
            own.text = _json(differing)
            seen.element.append(own)


def _activity(model: TheoryOfChange, root: "Element") -> "dict[Element, Record]":
    """Build the activity with the standard's own elements; which record each of them stands for."""
    etree = lxml()
    kept = _kept(model.programme)
    raw = kept.get("activity")
    activity = _parsed(str(raw)) if raw else _minimal(model)
    root.append(activity)
    placed: dict[Element, Record] = {activity: model.programme}
    mark = next((child for child in activity if child.tag is etree.PI and getattr(child, "target", "") == "tocmodel"), None)
    results = [result for node in model.nodes if (result := _result(model, node, placed)) is not None]
    if mark is not None:
        position = activity.index(mark)
        activity.remove(mark)
    else:
        last = [child for child in activity if child.tag in _LAST]
        position = activity.index(last[0]) if last else len(activity)
    activity[position:position] = results
    return placed


def _parsed(text: str) -> "Element":
    parser = lxml().XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    element: Element = lxml().fromstring(text.encode("utf-8"), parser)
    return element


def _minimal(model: TheoryOfChange) -> "Element":
    """What the standard asks of every activity, as far as the model says it; nothing is invented."""
    etree = lxml()
    programme = model.programme
    kept = _kept(programme)
    activity = etree.Element("iati-activity", {LANG: programme.language})
    if programme.currency:
        activity.set("default-currency", programme.currency)
    etree.SubElement(activity, "iati-identifier").text = str(kept.get("identifier") or programme.id)
    partners = [model[id] for id in programme.partners]
    reporting = _mapping(kept.get("reporting-org"))
    element = etree.SubElement(activity, "reporting-org", ref=str(reporting.get("ref", "")), type=str(reporting.get("type", "")))
    _narratives(element, Text.read(reporting.get("name") or (getattr(partners[0], "title", "") if partners else "")))
    _texts(activity, "title", programme.title)
    _texts(activity, "description", programme.description or programme.title)
    for partner in partners:
        _texts(activity, "participating-org", getattr(partner, "title", Text()), role="4")
    etree.SubElement(activity, "activity-status", code=str(kept.get("activity-status", "")))
    if programme.period is not None:
        for code, day in (("1", programme.period.start), ("3", programme.period.end)):
            etree.SubElement(activity, "activity-date", {"type": code, "iso-date": day.isoformat()})
    for related in programme.related:
        etree.SubElement(activity, "related-activity", ref=related.ref, type=_RELATIONS.get(related.relation, ""))
    return activity


def _result(model: TheoryOfChange, node: Node, placed: "dict[Element, Record]") -> "Element | None":
    indicators = [indicator for indicator in model.indicators if indicator.of == node.id]
    if type(node) not in _TYPES or not indicators:
        return None
    kept = _kept(node)
    overall = isinstance(node, Objective) and node.level is Level.OVERALL
    result = lxml().Element("result", type="3" if overall else _TYPES[type(node)])
    _attributes(result, kept)
    _texts(result, "title", node.title, needed=True)
    _texts(result, "description", node.description)
    _others(result, kept, ("document-link", "reference"))
    result.extend([_indicator(model, indicator, placed) for indicator in indicators])
    _others(result, kept, (), rest=("document-link", "reference"))
    placed[result] = node
    return result


def _indicator(model: TheoryOfChange, indicator: Indicator, placed: "dict[Element, Record]") -> "Element":
    etree = lxml()
    kept = _kept(indicator)
    element = etree.Element("indicator", measure=_MEASURES[indicator.kind])
    if indicator.direction in _ASCENDING:
        element.set("ascending", _ASCENDING[indicator.direction])
    _attributes(element, kept)
    _texts(element, "title", indicator.title, needed=True)
    _texts(element, "description", indicator.definition)
    _others(element, kept, ("document-link",))
    for code in indicator.codes:
        reference = etree.SubElement(element, "reference", vocabulary=_clean(code.vocabulary), code=_clean(code.code))
        if code.uri:
            reference.set("indicator-uri", _clean(code.uri))
    for baseline in in_force(model.baselines_of(indicator.id)):
        if baseline.period is not None and _published(baseline.figure):
            placed[_baseline(model, element, indicator, baseline)] = baseline
    _periods(model, element, indicator, placed)
    _others(element, kept, (), rest=("document-link",))
    placed[element] = indicator
    return element


def _baseline(model: TheoryOfChange, parent: "Element", indicator: Indicator, baseline: Baseline) -> "Element":
    assert baseline.period is not None
    element = lxml().SubElement(parent, "baseline", year=str(baseline.period.end.year))
    if baseline.period.days == 1:
        element.set("iso-date", baseline.period.end.isoformat())
    kept = _kept(baseline)
    _attributes(element, kept)
    _content(model, element, indicator, baseline)
    _others(element, kept, ("document-link",))
    _comment(element, indicator, baseline)
    _others(element, kept, (), rest=("document-link",))
    return element


def _periods(model: TheoryOfChange, parent: "Element", indicator: Indicator, placed: "dict[Element, Record]") -> None:
    """The periods of an indicator in the order in which they were read, or else of their dates, with targets before actuals."""
    etree = lxml()
    values = [
        value
        for value in (*in_force(model.targets_of(indicator.id)), *in_force(model.actuals_of(indicator.id)))
        if _published(value.figure) and (value.period or model.programme.period) is not None
    ]
    by_place: dict[tuple[int, str, str], list[Target | Actual]] = {}
    for number, ends in enumerate(_read_periods(indicator), start=1):
        by_place.setdefault((number, *ends), [])
    for value in values:
        period = value.period or model.programme.period
        assert period is not None
        by_place.setdefault(_place(value, period, list(by_place)), []).append(value)
    ordered = by_place if _read_periods(indicator) else dict(sorted(by_place.items(), key=lambda item: item[0][1:]))
    for (_, start, end), held in ordered.items():
        element = etree.SubElement(parent, "period")
        etree.SubElement(element, "period-start", {"iso-date": start})
        etree.SubElement(element, "period-end", {"iso-date": end})
        for value in sorted(held, key=lambda value: isinstance(value, Actual)):
            kept = _kept(value)
            child = etree.SubElement(element, value.kind)
            _attributes(child, kept)
            _content(model, child, indicator, value)
            _comment(child, indicator, value)
            _others(child, kept, ())
            placed[child] = value


def _read_periods(indicator: Indicator) -> list[tuple[str, str]]:
    """The periods that an indicator had when it was read, those without figures among them."""
    held = _kept(indicator).get("periods")
    return [(str(pair[0]), str(pair[1])) for pair in held] if isinstance(held, tuple | list) else []


def _place(value: Target | Actual, period: Period, known: list[tuple[int, str, str]]) -> tuple[int, str, str]:
    number = _kept(value).get("period")
    ends = (period.start.isoformat(), period.end.isoformat())
    for place in known:
        if place[0] == number or (number is None and place[1:] in {ends, ends[::-1]}):
            return place
    return (0, *ends)


def _content(model: TheoryOfChange, element: "Element", indicator: Indicator, value: Value) -> None:
    """A figure and the slice it speaks of."""
    etree = lxml()
    if value.figure.value is not None and _MEASURES[indicator.kind] != "5":
        element.set("value", _exact(value.figure))
    elif value.figure.missing is not None and value.figure.printed:
        element.set("value", _clean(value.figure.printed))
    kept_places = "activity" in _kept(model.programme)
    for dimension, category in value.slice:
        if dimension == "location" and kept_places:
            for ref in category.split(" + "):
                etree.SubElement(element, "location", ref=_clean(ref))
    declared = {item.id: item for item in model.dimensions}
    for dimension, category in value.slice:
        if dimension != "location" or not kept_places:
            known = declared.get(dimension)
            titles = {item.id: str(item.title) for item in known.categories} if known else {}
            name = str(known.title) if known and known.title else dimension
            etree.SubElement(element, "dimension", name=_clean(name), value=_clean(titles.get(category) or category))


def _exact(figure: Figure) -> str:
    """An exact figure: as printed where that is a plain number, else in digits."""
    assert figure.value is not None
    return figure.printed if re.fullmatch(r"-?\d+(\.\d+)?", figure.printed) else plain(figure.value)


def _comment(element: "Element", indicator: Indicator, value: Value) -> None:
    """The remark on a figure; a figure that is no number, such as a bound or words, leads it."""
    words = value.figure.words or _MEASURES[indicator.kind] == "5"
    bound = value.figure.bounds is not None and value.figure.value is None
    if words or bound:
        said = value.figure.printed or str(value.figure)
        _texts(element, "comment", Text.read(f"{said}. {value.note}" if value.note else said))
    else:
        _texts(element, "comment", value.note)


def _published(figure: Figure) -> bool:
    """Whether a figure can stand in a file for the public: a number, a bound, words, or what was printed and could not be read."""
    return figure.missing is None or bool(figure.printed)


def _texts(parent: "Element", tag: str, text: Text, *, needed: bool = False, **attributes: str) -> None:
    if text or needed:
        _narratives(lxml().SubElement(parent, tag, attributes), text, needed=needed)


def _narratives(element: "Element", text: Text, *, needed: bool = False) -> None:
    for language, words in text.entries or ((("", ""),) if needed else ()):
        narrative = lxml().SubElement(element, "narrative", {LANG: language} if language else {})
        narrative.text = _clean(words)


def _kept(record: Record) -> Mapping[str, Any]:
    """What was kept of the IATI element that a record was read from."""
    return _mapping(record.extensions.get("iati"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _attributes(element: "Element", kept: Mapping[str, Any]) -> None:
    for name, value in _mapping(kept.get("attributes")).items():
        if element.tag not in {"target", "actual"} or not name.startswith("{"):  # these two take no attributes of others
            element.set(name, _clean(str(value)))


def _others(element: "Element", kept: Mapping[str, Any], tags: tuple[str, ...], *, rest: tuple[str, ...] | None = None) -> None:
    """Elements that were kept as they stood: those with these tags, or with ``rest`` all others."""
    for text in kept.get("elements", ()):
        child = _parsed(str(text))
        if child.tag in tags if rest is None else child.tag not in rest:
            element.append(child)


def _clean(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
