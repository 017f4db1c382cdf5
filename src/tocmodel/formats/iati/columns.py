"""The figures of IATI files as columns, for files too large for one model: no object for each figure, one row for each.

A figure here is what is printed; nothing is read into it. `tocmodel.formats.iati.reading` makes models.
"""

import mmap
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from tocmodel.errors import MissingExtraError, UnreadableFileError
from tocmodel.formats.iati.parsing import activities, lxml, opened, parsed_text, unreadable
from tocmodel.messages import message

if TYPE_CHECKING:
    import pyarrow as pa
    from lxml.etree import XSLT

NAMES = ("activity", "result", "indicator", "period_start", "period_end", "kind", "value", "dimensions", "locations")
_BATCH, _PIECE = 8 * 2**20, 2**16
"""How many bytes of activities one process turns into columns at once, and how many of them are parsed at once: trees that
stay in the processor's cache are built twice as fast."""
_ACTIVITY, _ENDS_ACTIVITY, _ENDS = re.compile(rb"<iati-activity[\s>]"), b"</iati-activity>", b"</iati-activities>"
_LONGEST_HEAD = 2**14
_BREAKS = re.compile(rb"&#(?:x0*[9aAdD]|0*(?:9|10|13));")
"""Tabs and ends of lines in an attribute, which would break a line of text; written plainly, the parser makes them blanks."""


def figures(path: Path, *, workers: int = 1) -> "pa.Table":
    """Every baseline, target and actual of a file as one row of an Arrow table.

    Args:
        path: the file.
        workers: how many processes read it.

    Returns:
        Columns ``activity`` (the IATI identifier), ``result`` and ``indicator`` (their positions, from 1), ``period_start`` and
        ``period_end`` (of a baseline both are its date or year), ``kind``, ``value`` (as printed), ``dimensions``
        (``name=value`` joined with a bar) and ``locations`` (refs joined with a bar). What is not there is null, also an empty value.

    Raises:
        UnreadableFileError: if the file is no well-formed XML of IATI activities.
        MissingExtraError: if lxml or pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ModuleNotFoundError:
        raise MissingExtraError("pyarrow", "frames") from None
    cuts = _cuts(path)
    try:
        if workers == 1 or len(cuts) < 2:
            parts = [_batch(path, cut) for cut in cuts]
        else:
            with ProcessPoolExecutor(workers) as pool:
                parts = list(pool.map(_batch, [path] * len(cuts), cuts))
    except UnreadableFileError:
        parts = []  # it is read as a whole, which says the right line or knows better
    return pa.concat_tables(parts or [_table(_rows(path, piece) for piece in _alone(path))])


@frozen
class _Cut:
    """Whole activities of a file, from one position to another, which are well-formed together with the file's head."""

    head: bytes
    start: int
    end: int


def _cuts(path: Path) -> list[_Cut]:
    """Where batches of activities begin and end; empty where a file cannot be cut."""
    with opened(path) as file:
        if file.seek(0, 2) == 0:
            return []
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            first, end = _ACTIVITY.search(text, 0, _LONGEST_HEAD), text.rfind(_ENDS)
            if first is None or end < first.start() or text[end + len(_ENDS) :].strip():
                return []
            head = text[: first.start()]
            if b"encoding" in head.lower() and b"utf-8" not in head.lower():
                return []  # the tags may be written in other bytes
            return [_Cut(head, *places) for places in _pieces(text, len(head), end, _BATCH)]


def _pieces(text: "bytes | mmap.mmap", start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Where pieces of at least this size that end with an activity begin and end; the last one ends where the text does."""
    while start < end:
        found = text.find(_ENDS_ACTIVITY, min(start + size, end), end)
        stop = end if found < 0 else found + len(_ENDS_ACTIVITY)
        yield start, stop
        start = stop


def _batch(path: Path, cut: _Cut) -> "pa.Table":
    with opened(path) as file:
        file.seek(cut.start)
        text = file.read(cut.end - cut.start)
    if any(sign in text and b"<" + sign in text for sign in (b"!", b"?")):  # one byte is looked for much faster than two
        raise unreadable(path, message("a comment, a CDATA section or an instruction may hold the end tag as text"))
    pieces = (text[start:end] for start, end in _pieces(text, 0, len(text), _PIECE))
    return _table(_rows(path, b"".join((cut.head, piece, _ENDS))) for piece in pieces)


def _alone(path: Path) -> Iterator[bytes]:
    """Every activity of a file as a document of its own."""
    for activity in activities(path):
        yield b"".join((b"<iati-activities>", lxml().tostring(activity, encoding="utf-8", xml_declaration=False, with_tail=False), _ENDS))


def _rows(path: Path, text: bytes) -> bytes:
    """The figures of a small document as lines of text."""
    return bytes(_stylesheet()(parsed_text(path, _BREAKS.sub(b" ", text))))


@cache
def _stylesheet() -> "XSLT":
    etree = lxml()
    text = files("tocmodel.formats.iati").joinpath("columns.xsl").read_bytes()
    return etree.XSLT(etree.fromstring(text), access_control=etree.XSLTAccessControl.DENY_ALL)


def _table(lines: Iterable[bytes]) -> "pa.Table":
    """Lines of text as a table."""
    import pyarrow as pa
    from pyarrow import compute, csv

    schema = pa.schema([(name, pa.int32() if name in {"result", "indicator"} else pa.string()) for name in NAMES])
    text = b"".join(lines)
    if not text:
        return schema.empty_table()
    table = csv.read_csv(
        pa.BufferReader(text),
        csv.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=list(NAMES)),
        csv.ParseOptions(delimiter="\t", quote_char=False),
        csv.ConvertOptions(column_types=schema, strings_can_be_null=True, null_values=[""]),
    )
    for name in ("dimensions", "locations"):
        bare = compute.utf8_slice_codeunits(table[name], 1)  # pyright: ignore[reportAttributeAccessIssue] — made when pyarrow loads
        table = table.set_column(NAMES.index(name), name, bare)  # without the first bar
    return table
