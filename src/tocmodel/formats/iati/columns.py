"""The figures of IATI files as columns, for files too large for one model: no object for each figure, one row for each.

A figure here is what is printed; nothing is read into it. `tocmodel.formats.iati.reading` makes models.
"""

import gc
import mmap
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from tocmodel.errors import MissingExtraError
from tocmodel.formats.iati.parsing import SAFE, activities, check_faults, lxml, opened

if TYPE_CHECKING:
    import pyarrow as pa

    from tocmodel.formats.iati.parsing import Element

Columns: TypeAlias = tuple[list[Any], ...]

NAMES = ("activity", "result", "indicator", "kind", "period_start", "period_end", "value", "dimensions", "locations")
_TAGS = (
    "iati-activity", "iati-identifier", "result", "indicator", "baseline", "period-start", "period-end", "target", "actual", "dimension",
    "location",
)  # fmt: skip
_GROUP = 8 * 2**20
"""How many bytes of activities are parsed at once."""
_END = b"</iati-activity>"


def figures(path: Path, *, workers: int = 1) -> "pa.Table":
    """Every baseline, target and actual of a file as one row of an Arrow table.

    Args:
        path: the file.
        workers: how many processes read it.

    Returns:
        Columns ``activity`` (the IATI identifier), ``result`` and ``indicator`` (their positions, from 1), ``kind``,
        ``period_start`` and ``period_end`` (of a baseline both are its date or year), ``value`` (as printed; None where there
        is none), ``dimensions`` (``name=value`` joined with a bar) and ``locations`` (refs joined with a bar).

    Raises:
        UnreadableFileError: if the file is no well-formed XML of IATI activities.
        MissingExtraError: if lxml or pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ModuleNotFoundError:
        raise MissingExtraError("pyarrow", "frames") from None
    groups = _groups(path)
    if groups is None:
        parts = [columns(activity) for activity in activities(path)]
    elif workers == 1 or len(groups) == 1:
        parts = [_group(path, *group) for group in groups]
    else:
        with ProcessPoolExecutor(workers) as pool:
            parts = list(pool.map(_group, [path] * len(groups), *zip(*groups, strict=True)))
    schema = pa.schema([(name, pa.int32() if name in {"result", "indicator"} else pa.string()) for name in NAMES])
    return pa.concat_tables([pa.table(dict(zip(NAMES, part, strict=True)), schema) for part in parts] or [schema.empty_table()])


def _groups(path: Path) -> list[tuple[int, int]] | None:
    """Where groups of whole activities begin and end, to be parsed on their own; None where a file cannot be cut safely.

    A comment or a CDATA section may hold the end tag as text, a document type may declare entities, and another encoding may
    write the tag in other bytes: such files are read from beginning to end.
    """
    with opened(path) as file:
        if file.seek(0, 2) == 0:
            return None
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            head = text[:200].lower()
            utf8 = b"encoding" not in head or b"utf-8" in head
            if not utf8 or any(text.find(mark) >= 0 for mark in (b"<!DOCTYPE", b"<![CDATA[", b"<!--")):
                return None
            first = re.search(rb"<iati-activity[\s>]", text)
            if first is None or text.find(b"<iati-activities", 0, first.start()) < 0:
                return None
            groups: list[tuple[int, int]] = []
            start, last = first.start(), text.rfind(_END)
            while start < last:
                end = text.find(_END, min(start + _GROUP, last)) + len(_END)
                groups.append((start, end))
                start = end
            return groups


def _group(path: Path, start: int, end: int) -> Columns:
    """The columns of the activities between two positions of a file."""
    etree = lxml()
    parser = etree.XMLPullParser(events=(), **SAFE)
    with opened(path) as file:
        file.seek(start)
        parser.feed(b"<iati-activities>")
        parser.feed(file.read(end - start))
        parser.feed(b"</iati-activities>")
    root = parser.close()
    check_faults(path, parser.error_log)
    collecting = gc.isenabled()
    gc.disable()  # a million live strings would make the collector the slowest part
    try:
        return columns(root)
    finally:
        if collecting:
            gc.enable()


def columns(root: "Element") -> Columns:
    """The figures below an element as columns, in the order of `NAMES`."""
    activity, start, finish = "", None, None
    result = indicator = 0
    held: Columns = ([], [], [], [], [], [], [], [], [])
    add_activity, add_result, add_indicator, add_kind, add_start, add_end, add_value, add_dimensions, add_locations = (
        column.append for column in held
    )
    dimensions, locations = held[7], held[8]
    inside = False
    for element in root.iter(*_TAGS):
        tag = element.tag
        if tag == "dimension":
            if inside:
                pair = f"{element.get('name', '')}={element.get('value', '')}"
                dimensions[-1] = pair if dimensions[-1] is None else f"{dimensions[-1]}|{pair}"
        elif tag in {"target", "actual", "baseline"}:
            inside = True
            add_activity(activity)
            add_result(result)
            add_indicator(indicator)
            add_kind(tag)
            day = (element.get("iso-date") or element.get("year")) if tag == "baseline" else None
            add_start(day if tag == "baseline" else start)
            add_end(day if tag == "baseline" else finish)
            add_value(element.get("value"))
            add_dimensions(None)
            add_locations(None)
        elif tag == "location":
            if inside:  # the places of the activity itself stand before its results
                ref = element.get("ref", "")
                locations[-1] = ref if locations[-1] is None else f"{locations[-1]}|{ref}"
        elif tag == "period-start":
            start = element.get("iso-date")
        elif tag == "period-end":
            finish = element.get("iso-date")
        elif tag == "indicator":
            indicator += 1
        elif tag == "result":
            result, indicator = result + 1, 0
        elif tag == "iati-identifier":
            activity = (element.text or "").strip()
        else:
            activity, result, indicator, inside = "", 0, 0, False
    return held
