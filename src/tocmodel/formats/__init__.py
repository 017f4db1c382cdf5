"""Files: which format a path has, and the module that reads and writes it."""

import json
from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from pathlib import Path

from tocmodel.errors import InvalidModelError, UnreadableFileError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats import graphs, iati, layouts, miradi, native, outline, workbook
from tocmodel.formats.plain import from_plain, to_plain
from tocmodel.messages import Message, message
from tocmodel.model import TheoryOfChange
from tocmodel.model.plain import plain_fields
from tocmodel.model.texts import is_whole

__all__ = ["from_plain", "iter_programmes", "read", "to_plain", "validate", "write"]


def _workbook_or_table(path: Path, programme: str | None = None) -> TheoryOfChange:
    """The model in our workbook; any other workbook is read as a table."""
    book = workbook.opened(path)
    return workbook.read(path, book, programme) if workbook.is_native(book) else layouts.read(path, programme)


_READERS: dict[str, Callable[[Path, str | None], TheoryOfChange]] = {
    ".yaml": native.read_yaml,
    ".yml": native.read_yaml,
    ".json": native.read_json,
    ".xml": iati.read,
    ".xmpz2": miradi.read,
    ".xlsx": _workbook_or_table,
    ".csv": layouts.read,
    ".graphml": graphs.read_graphml,
    ".outline": outline.read_outline,
    ".txt": outline.read_outline,
}
_WRITERS: dict[str, Callable[[TheoryOfChange, Path], None]] = {
    ".yaml": native.write_yaml,
    ".yml": native.write_yaml,
    ".json": native.write_json,
    ".xml": iati.write,
    ".xlsx": workbook.write,
    ".mmd": graphs.write_mermaid,
    ".dot": graphs.write_dot,
    ".gv": graphs.write_dot,
    ".graphml": graphs.write_graphml,
    ".outline": outline.write_outline,
    ".txt": outline.write_outline,
}
_ELSEWHERE = {
    ".csv": message("for every table as CSV, write a folder with --as tables, tocmodel.formats.exports.export in Python"),
    **dict.fromkeys((".html", ".htm", ".docx"), message("for a page or a Word document, tocmodel report")),
    **dict.fromkeys((".svg", ".png"), message("for a picture, tocmodel picture")),
}
"""What writes other files, by their ending."""
ENDINGS = frozenset({*_READERS, *_WRITERS, *_ELSEWHERE})
"""The endings of files: those that models are read from and written to, and those of other results."""


def read(path: str | PathLike[str], programme: str | None = None) -> TheoryOfChange:
    """Read the model in a file; the name's ending tells the format.

    ``.yaml``, ``.yml`` and ``.json`` are the model file; ``.xlsx`` is the workbook, or a table that is recognised by its headings, as
    is ``.csv``; ``.xml`` is IATI; ``.xmpz2`` is Miradi; ``.graphml`` holds nodes and links; ``.outline`` and ``.txt`` are outlines.

    Args:
        path: the file.
        programme: which programme, where the file holds several, as IATI files do: its id or IATI identifier.

    Returns:
        The model. What could not be read in it, such as a figure that is no number, stands in its ``findings``.

    Raises:
        UnreadableFileError: if it is not there, not of its format, or its structure is at fault; every fault has its place. Also
            if it holds several programmes and none, or another, is asked for; the message lists them.
        MissingExtraError: if the format's library is not installed.
    """
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None and file.exists() and not file.is_dir():
        raise _unknown_ending(file, message("a file ending in %(suffix)s cannot be read", suffix=repr(file.suffix)), _READERS)
    return (reader or native.read_yaml)(file, programme)


def iter_programmes(path: str | PathLike[str]) -> Iterator[TheoryOfChange]:
    """Read the models in a file one by one; memory holds one at a time, however large an IATI file is.

    Raises:
        UnreadableFileError: as `read`, where the fault is reached.
    """
    file = Path(path)
    if file.suffix.lower() == ".xml":
        yield from iati.programmes(file)
    else:
        yield read(file)


def validate(path: str | PathLike[str]) -> tuple[Finding, ...]:
    """What in a file breaks the standard of its format: for IATI the schema of its version and the official rules.

    Returns:
        Findings with their lines; none for formats without a standard of their own.

    Raises:
        UnreadableFileError: if it cannot be read at all.
    """
    file = Path(path)
    return iati.validate(file) if file.suffix.lower() == ".xml" else ()


def write(model: TheoryOfChange, path: str | PathLike[str]) -> Path:
    """Write a model to a file; the name's ending tells the format.

    ``.yaml``, ``.json``, ``.xlsx`` and ``.xml`` hold everything: reading them again gives an equal model. ``.mmd`` (Mermaid), ``.dot``,
    ``.graphml`` and ``.outline`` are for other tools and hold nodes and links only.

    Returns:
        The path written to.

    Raises:
        UnreadableFileError: if no format has this ending.
        InvalidModelError: if a text of the model is none that a file can hold.
        FileNotFoundError: if the folder is not there; none is made. Other faults of the disk are an OSError too.
    """
    file = Path(path)
    writer = _WRITERS.get(file.suffix.lower())
    if writer is None:
        said = message("a file ending in %(suffix)s cannot be written", suffix=repr(file.suffix))
        raise _unknown_ending(file, said, _WRITERS, _ELSEWHERE.get(file.suffix.lower(), ""))
    try:
        writer(model, file)
    except UnicodeEncodeError:
        raise InvalidModelError(_half_signs(model), f"the model {model.programme.id!a}") from None
    return file


def _half_signs(model: TheoryOfChange) -> Iterator[Finding]:
    """Every field that holds half of a surrogate pair, which no file can hold."""
    said, hint = message("half of a surrogate pair, which is no text"), message("write the sign itself, or both halves")
    for record in model.by_id.values():
        for name, held in plain_fields(record, model.programme.language).items():
            if not is_whole(json.dumps(held, ensure_ascii=False, default=str)):
                yield Finding("F04", Severity.ERROR, Place.of(record.id, name), said, hint)


def _unknown_ending(file: Path, said: Message, known: Iterable[str], elsewhere: str = "") -> UnreadableFileError:
    said = said if file.suffix else message("the name has no ending, which tells the format")
    hint = message("known endings: %(endings)s", endings=tuple(known))
    hint = message("%(elsewhere)s; %(endings)s", elsewhere=elsewhere, endings=hint) if elsewhere else hint
    return UnreadableFileError([Finding("F01", Severity.ERROR, Place("", file.name), said, hint)], file.name)
