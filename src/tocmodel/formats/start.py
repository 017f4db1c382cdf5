"""A small starting model with remarks, as a text file or as a workbook to fill in."""

from importlib.resources import files
from pathlib import Path

from tocmodel.errors import UnreadableFileError
from tocmodel.findings import Finding, Place, Severity
from tocmodel.formats import native
from tocmodel.formats.workbook import write

_TEXTS = (".yaml", ".yml")


def start(path: Path, *, workbook: bool = False) -> Path:
    """Write the starting model.

    Args:
        path: where to: ``.yaml``, or ``.xlsx`` for a workbook.
        workbook: whether to write a workbook, with every sheet, the example in its first rows.

    Raises:
        UnreadableFileError: if the ending does not fit.
        MissingExtraError: if XlsxWriter is not installed, for a workbook.
    """
    endings = (".xlsx",) if workbook else _TEXTS
    if path.suffix.lower() not in endings:
        what = "workbook" if workbook else "model"
        message = f"a starting {what} does not end in {path.suffix!r}" if path.suffix else f"the name of a starting {what} needs an ending"
        hint = f"end its name in {endings[0]}" + ("" if workbook else ", or ask for --workbook")
        raise UnreadableFileError([Finding("F01", Severity.ERROR, Place("", path.name), message, hint)], path.name)
    example = Path(str(files("tocmodel.formats").joinpath("start.yaml")))
    if workbook:
        write(native.read_yaml(example), path, every_sheet=True)
    else:
        path.write_bytes(example.read_bytes())
    return path
