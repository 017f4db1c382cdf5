"""Files: which format a path has, and the module that reads and writes it."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from tocmodel.errors import UnreadableFileError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats import native
from tocmodel.model import TheoryOfChange

__all__ = ["read", "write"]

_READERS: dict[str, Callable[[Path], TheoryOfChange]] = {
    ".yaml": native.read_yaml,
    ".yml": native.read_yaml,
    ".json": native.read_json,
}
_WRITERS: dict[str, Callable[[TheoryOfChange, Path], None]] = {
    ".yaml": native.write_yaml,
    ".yml": native.write_yaml,
    ".json": native.write_json,
}


def read(path: str | PathLike[str]) -> TheoryOfChange:
    """Read the model in a file; the name's ending tells the format: ``.yaml``, ``.yml`` or ``.json``.

    Returns:
        The model. What could not be read in it, such as a figure that is no number, stands in its ``findings``.

    Raises:
        UnreadableFileError: if it is not there, not of its format, or its structure is at fault; every fault has its place.
    """
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None and not file.is_dir():
        raise _unknown_ending(file, "read", list(_READERS))
    return (reader or native.read_yaml)(file)


def write(model: TheoryOfChange, path: str | PathLike[str]) -> Path:
    """Write a model to a file; the name's ending tells the format. Reading it again gives an equal model.

    Returns:
        The path written to.

    Raises:
        UnreadableFileError: if no format has this ending.
    """
    file = Path(path)
    writer = _WRITERS.get(file.suffix.lower())
    if writer is None:
        raise _unknown_ending(file, "written", list(_WRITERS))
    writer(model, file)
    return file


def _unknown_ending(file: Path, done: str, known: list[str]) -> UnreadableFileError:
    message = f"a file ending in {file.suffix!r} cannot be {done}"
    return UnreadableFileError(
        [Finding("F01", Severity.ERROR, Place("", file.name), message, f"known endings: {', '.join(known)}")], file.name
    )
